"""Every kind of page, as a reader's eyes and tools meet it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from page_checks import axe_violations, wider
from page_kinds import KINDS
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]


@pytest.mark.consumers
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, address: str, kind: str) -> None:
    page = browser.new_page(
        color_scheme="light", reduced_motion="reduce", viewport={"width": 1280, "height": 900}
    )
    page.goto(address + KINDS[kind])
    assert axe_violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe_violations(page) == []
    page.close()


@pytest.mark.parametrize("widths", [(320, 390), (1280,)])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways(
    browser: Browser, address: str, kind: str, widths: tuple[int, ...]
) -> None:
    page = browser.new_page(
        viewport={"width": widths[0], "height": 800}, has_touch=max(widths) < 500
    )
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert wider(page) == [], width
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_nobody_else_complains_of_nothing_and_stays_where_it_is(
    reader: Page, address: str, kind: str
) -> None:
    reader.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    reader.goto(address + KINDS[kind])
    reader.wait_for_load_state("networkidle")
    assert reader.title() != "owned"
    assert reader.evaluate("window.moved") < 0.02


@pytest.mark.parametrize("kind", ["home", "day", "topic", "author", "paper"])
def test_a_page_reads_well_without_scripts(browser: Browser, address: str, kind: str) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(address + KINDS[kind])
    expect(page.locator("h1").first).to_have_text(re.compile(r"\w"))
    for link in page.locator(".pd-list .pd-title a").all()[:5]:
        expect(link).to_be_visible()
    if kind == "paper":
        expect(page.get_by_text("A loom is shown that counts")).to_be_visible()
        page.get_by_text("BibTeX", exact=True).click()
        expect(page.locator("code.language-bibtex")).to_be_visible()
    # A button would do nothing.
    expect(page.locator("button:visible")).to_have_count(0)
    page.close()


def test_fingers_find_what_they_aim_at(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    for kind in ("day", "paper"):
        page.goto(address + KINDS[kind])
        page.wait_for_load_state("networkidle")
        for control in page.locator(
            ".pd-nav a, .pd-actions a, .pd-actions button, [data-action=star]"
        ).all():
            box = control.bounding_box()
            if box and control.is_visible():
                assert box["height"] >= 44, control.inner_text()
    context.close()


def test_a_feed_is_shown_to_whom_follows_its_link(reader: Page, address: str) -> None:
    # Chromium shows the source where a host says application/atom+xml.
    reader.route(
        "**/*.atom", lambda route: route.fulfill(response=route.fetch(), content_type="text/xml")
    )
    reader.goto(f"{address}feeds/all.atom")
    expect(reader.locator("entry > title").first).to_have_css("display", "block")
    expect(reader.locator("entry > content").first).to_have_css("display", "none")
    hint = reader.locator("feed").evaluate("(e) => getComputedStyle(e, '::before').content")
    assert "feed reader" in hint


def test_a_paper_prints_on_one_sheet(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + KINDS["paper"])
    page.emulate_media(media="print")
    expect(page.locator(".pd-cite-text")).to_be_visible()
    expect(page.locator(".pd-header")).to_be_hidden()
    sheet = page.pdf(
        format="A4", margin={"top": "1in", "bottom": "1in", "left": "1in", "right": "1in"}
    )
    page.close()
    assert sheet.count(b"/Type /Page\n") == 1


def test_paper_is_white_whatever_scheme_the_reader_chose(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(address + KINDS["day"])
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.emulate_media(media="print", color_scheme="dark")
    # Every colour of ours is a pair of light and dark, and the scheme chooses.
    for part in ("body", ".pd-list .pd-meta", ".pd-list .pd-title a"):
        scheme = page.locator(part).first.evaluate("(e) => getComputedStyle(e).colorScheme")
        assert scheme == "light", part
    page.close()


def test_a_printed_list_has_whole_digests(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 500, "height": 900})
    page.goto(address + KINDS["topic"])
    page.emulate_media(media="print")
    cut = """(all) => all.filter((e) => e.scrollHeight > e.clientHeight + 1).length"""
    blurbs = page.locator(".pd-list .pd-blurb")
    assert blurbs.count() > 5
    assert blurbs.evaluate_all(cut) == 0
    page.close()


def test_a_printed_paper_names_all_its_authors(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + KINDS["crowd"])
    page.emulate_media(media="print")
    rest = page.locator(".pd-authors + .pd-details")
    expect(rest.locator("summary")).to_be_hidden()
    expect(rest.locator("p")).to_be_visible()
    first = page.locator(".pd-authors").first
    ends = [one.bounding_box() for one in (first, rest.locator("p"))]
    assert ends[0]
    assert ends[1]
    assert abs(ends[0]["y"] + ends[0]["height"] - ends[1]["y"]) < 1, "a gap in the list of names"
    assert first.evaluate("(e) => getComputedStyle(e, '::after').content") == '","'
    assert rest.evaluate("(e) => getComputedStyle(e).borderTopWidth") == "0px"
    page.emulate_media(media="screen")
    assert first.evaluate("(e) => getComputedStyle(e, '::after').content") == "none"
    page.close()


def test_a_title_from_right_to_left_reads_its_own_way_where_the_pages_lines_begin(
    reader: Page, address: str
) -> None:
    reader.goto(address + KINDS["rtl"])
    style = "(e) => [getComputedStyle(e).unicodeBidi, getComputedStyle(e).textAlign]"
    assert reader.locator("h1").evaluate(style) == ["isolate", "left"]
    assert reader.locator("h1").evaluate("(e) => getComputedStyle(e).direction") == "rtl"


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_of_a_list_can_be_marked(reader: Page, address: str, kind: str) -> None:
    reader.goto(address + KINDS[kind])
    reader.wait_for_load_state("networkidle")
    rows = reader.locator(".pd-list > ul > li:has(.pd-actions)")
    stars = rows.locator("[data-action=star]")
    expect(stars).to_have_count(rows.count())


@pytest.mark.parametrize("form", ["desk", "phone"])
def test_the_buttons_of_citations_stand_below_each_other(
    browser: Browser, address: str, form: str
) -> None:
    is_phone = form == "phone"
    context = browser.new_context(
        viewport={"width": 390 if is_phone else 1280, "height": 844},
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    page = context.new_page()
    page.goto(address + KINDS["paper"])
    last = page.locator(".pd-cite-format > button:last-of-type")
    expect(last).to_have_count(4)
    boxes = [box for one in last.all() if (box := one.bounding_box())]
    assert len({round(box["x"] + box["width"]) for box in boxes}) == 1
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"] + 1
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_short_words_stay_whole_on_a_phone(browser: Browser, address: str, kind: str) -> None:
    """Badges, dates and years: each is one box, on one line."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + KINDS[kind])
    broken = page.locator("time, .pd-badge, .pd-count, .pd-on-map td:nth-child(3)").evaluate_all(
        """(all) => all.filter((e) => e.checkVisibility()).filter((e) => {
          const text = document.createRange();
          text.selectNodeContents(e);
          return new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
        }).map((e) => e.textContent)"""
    )
    page.close()
    assert broken == []


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_compact_lists_stand_at_their_end(reader: Page, address: str, kind: str) -> None:
    """In a list of one line too, of which Markdown makes no paragraph."""
    reader.goto(address + KINDS[kind])
    reader.wait_for_load_state("networkidle")
    astray = reader.locator(".pd-compact-list li:not(:has(svg)) .pd-count").evaluate_all(
        """(all) => all.filter((e) => e.checkVisibility()
          && getComputedStyle(e.parentElement).display !== "flex").map((e) => e.parentElement.textContent)"""
    )
    assert astray == []
