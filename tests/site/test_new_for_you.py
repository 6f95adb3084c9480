"""New for you: what came since the reader last looked, the same on every page and in every tab."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from page_kinds import KINDS
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

ROWS = ".pd-body > div:not([hidden]) .pd-list > ul > li"
HOME_LINK = '.pd-tools a[href$="new/"]'


def _remember(page: Page, address: str, marks: dict[str, object]) -> None:
    """Give the reader a past: marks as the browser keeps them."""
    page.goto(address + KINDS["about"])
    key = f"pd-own:{urlsplit(address).path}"
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(marks)])


def _arrivals(page: Page, address: str) -> list[tuple[str, str]]:
    days = page.request.get(f"{address}assets/arrivals/days.json").json()["days"]
    return [(one["day"], slug) for one in days for slug in one["slugs"]]


def test_on_the_first_visit_nothing_is_new_and_the_page_ends(reader: Page, address: str) -> None:
    reader.goto(address + "new/")
    expect(reader.get_by_role("status")).to_have_text("0 new papers")
    expect(reader.locator(".pd-body")).to_contain_text("That is all.")
    expect(reader.locator(ROWS)).to_have_count(0)
    reader.get_by_role("button", name="Show what came before").click()
    expect(reader.locator(ROWS).first).to_be_visible()


def test_home_and_page_agree_in_all_tabs_until_all_is_seen(
    context: BrowserContext, reader: Page, address: str
) -> None:
    arrivals = _arrivals(reader, address)
    newest = arrivals[0][0]
    seen = [slug for day, slug in arrivals if day == newest][1:]
    _remember(reader, address, {"papers": {}, "seen": {"day": newest, "slugs": seen}})
    reader.goto(address)
    expect(reader.locator(HOME_LINK)).to_have_text("1 new for you")
    second = context.new_page()
    second.goto(address + "new/")
    expect(second.locator(ROWS)).to_have_count(1)
    expect(second.get_by_role("status")).to_have_text("1 new paper")
    third = context.new_page()
    third.goto(address + "new/")
    expect(third.locator(ROWS)).to_have_count(1)
    second.get_by_role("button", name="Mark all seen").click()
    for tab in (second, third):
        expect(tab.locator(ROWS)).to_have_count(0)
        expect(tab.locator(".pd-body")).to_contain_text("That is all.")
    expect(reader.locator(HOME_LINK)).to_have_text("New for you")
    second.get_by_role("button", name="Undo").click()
    expect(third.locator(ROWS)).to_have_count(1)
    expect(reader.locator(HOME_LINK)).to_have_text("1 new for you")


def test_what_is_muted_is_not_new(reader: Page, address: str) -> None:
    """Any author and topic counts, though a row names three and one."""
    papers = reader.request.get(f"{address}api/papers/2603.00005.json").json()
    fourth = papers["authors"][7]["name"]
    arrivals = _arrivals(reader, address)
    seen = [s for _, s in arrivals if s not in {"2603.00005", "2603.00001"}]
    _remember(reader, address, {"papers": {}, "seen": {"day": "2000-01-01", "slugs": seen}})
    reader.goto(address + "new/")
    expect(reader.locator(ROWS).first).to_be_visible()
    count = int(reader.get_by_role("status").inner_text().split()[0])
    words = json.dumps({"muted": [fourth], "highlighted": ["ada weaver"]})
    key = f"pd-words:{urlsplit(address).path}"
    reader.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, words])
    reader.reload()
    expect(reader.get_by_role("status")).to_have_text(f"{count - 1} new papers")
    reader.goto(address)
    expect(reader.locator(HOME_LINK)).to_have_text(f"{count - 1} new for you")


def test_stars_rank_what_came_and_say_why(reader: Page, address: str) -> None:
    """Off until ten stars; the words that decided stand below each paper."""
    papers = reader.request.get(f"{address}api/topics/language-models.json").json()["papers"]
    slugs = [one["slug"] for one in papers[:12]]
    stars = {slug: {"title": slug, "star": "2026-03-05"} for slug in slugs}
    few = dict(list(stars.items())[:9])
    _remember(reader, address, {"papers": few, "seen": {"day": "2999-01-01", "slugs": []}})
    reader.goto(address + "new/")
    button = reader.locator("[data-action=ranked]")
    expect(button).to_be_disabled()
    expect(button).to_contain_text("9 so far")
    _remember(reader, address, {"papers": stars, "seen": {"day": "2999-01-01", "slugs": []}})
    reader.goto(address + "new/")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    first = reader.locator(ROWS).first
    expect(first.locator(".pd-why")).to_contain_text("Because of: ")
    assert not {*slugs} & {
        link.split("/")[-2]
        for link in reader.locator(f"{ROWS} .pd-title a").evaluate_all(
            "(all) => all.map((a) => a.href)"
        )
    }
