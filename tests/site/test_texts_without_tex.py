"""Where no formula is set (results, cards, marks, names of buttons) a paper's texts are shown without their TeX."""

from __future__ import annotations

import re

import pytest
from awkward_papers import PAPERS
from page_kinds import KINDS
from paper_digest.text.tex.convert import to_unicode
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

(PAPER,) = (paper for paper in PAPERS if paper.id == "arxiv:2603.00003")
TITLE = to_unicode(PAPER.title)
TEX = re.compile(r"[$\\]")
ROW = ".pd-list li:has(a[href*='2603.00003'])"


def open_result(page: Page, address: str) -> None:
    """Search for the paper with formulas, and wait until its record has come."""
    page.goto(f"{address}search/?q=kin+spinner")
    expect(page.locator(f"{ROW} .pd-blurb")).to_contain_text("x₇⁷")
    expect(page.locator(f"{ROW} .pd-actions").get_by_text("PDF")).to_be_attached()


def test_a_result_shows_no_tex(reader: Page, address: str) -> None:
    open_result(reader, address)
    row = reader.locator(ROW)
    assert not TEX.search(row.inner_text())
    names = row.locator("[aria-label]").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert [name for name in names if TEX.search(name)] == []
    assert f"PDF: {TITLE}" in names


def test_a_result_without_a_title_goes_by_its_id(reader: Page, address: str) -> None:
    reader.goto(f"{address}search/?q=this+abstract+ends+middle")
    title = reader.locator(".pd-list li .pd-title:has(a[href*='2603.00006'])")
    expect(title).to_have_text("arXiv:2603.00006 withdrawn")


def test_the_box_shows_no_tex(reader: Page, address: str) -> None:
    reader.goto(address)
    reader.keyboard.press("/")
    reader.keyboard.type("spinner kin")
    results = reader.locator(".md-search-result__list")
    expect(results).to_contain_text("and its kin")
    assert not TEX.search(results.inner_text())


def test_a_card_shows_no_tex(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["rtl"])
    reader.locator(".pd-prev-next a[href*='2603.00003']").hover()
    card = reader.locator(".pd-card")
    expect(card).to_contain_text("x₇⁷")
    assert TITLE in card.inner_text()
    assert not TEX.search(card.inner_text())


@pytest.mark.parametrize("leave", ["Escape", "window"])
def test_a_card_that_nobody_waits_for_any_more_stays_away(
    reader: Page, address: str, leave: str
) -> None:
    """It comes once, then a second is left while its record is on the way."""
    reader.goto(address + KINDS["rtl"])
    link = reader.locator(".pd-prev-next a[href*='2603.00003']")
    card = reader.locator(".pd-card")

    def leave_it() -> None:
        if leave == "Escape":
            reader.keyboard.press("Escape")
        else:
            reader.evaluate(
                "document.documentElement.dispatchEvent(new PointerEvent('pointerleave'))"
            )

    def answer(route: Route) -> None:
        leave_it()
        route.continue_()

    reader.route("**/api/papers/2603.00003.json", answer)
    with reader.expect_response("**/api/papers/2603.00003.json"):
        link.hover()
    reader.wait_for_timeout(300)
    expect(card).to_be_hidden()
    reader.mouse.move(1, 1)
    # Two moves at one time are one to the browser, which then never left the link.
    reader.wait_for_function("!document.querySelector('.pd-prev-next a:hover')")
    link.hover()
    expect(card).to_be_visible()
    assert "2026-03" not in card.inner_text()
    leave_it()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("where", ["list", "paper", "search"])
def test_a_mark_remembers_the_title_without_its_tex(reader: Page, address: str, where: str) -> None:
    if where == "search":
        open_result(reader, address)
    else:
        reader.goto(address + KINDS["formula" if where == "paper" else "month"])
    star = reader.locator("[data-action=star]" if where == "paper" else f"{ROW} [data-action=star]")
    star.first.click()
    reader.goto(address + KINDS["starred"])
    expect(reader.locator(".pd-list .pd-title a")).to_have_text(TITLE)


def test_a_list_that_was_sent_names_papers_without_tex(reader: Page, address: str) -> None:
    reader.goto(f"{address}{KINDS['starred']}#list=2603.00003")
    expect(reader.locator("a[href*='2603.00003']")).to_have_text(TITLE)
