"""Readers who do not wait: presses that come twice, or before what they need has come, and answers that never come."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from page_kinds import KINDS
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

ROWS = ".pd-list > ul > li"
SLOW_MS = 400
OUTCOME_MS = 3500  # after which a button has its own name again, twice over
#: A page that holds a button which says how it went: the page, and the button on it.
OUTCOMES = {
    "cite on a paper": ("paper", ".pd-user-marks [data-action=cite]"),
    "copy BibTeX": ("paper", ".pd-cite-format button >> nth=0"),
    "save RIS": ("paper", ".pd-cite-format button >> nth=3"),
    "cite in a list": ("day", f"{ROWS} [data-action=cite] >> nth=1"),
    "export all marks": ("starred", "[data-action=export]"),
}


def _slowly(page: Page) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        page.wait_for_timeout(SLOW_MS)
        route.continue_()

    return answer


def _name(button: Locator) -> tuple[str, str | None]:
    return button.inner_text(), button.get_attribute("aria-label")


@pytest.mark.parametrize("case", list(OUTCOMES))
def test_a_button_has_its_name_again_however_often_it_is_pressed(
    reader: Page, address: str, case: str
) -> None:
    kind, selector = OUTCOMES[case]
    reader.goto(address + KINDS["day"])
    reader.locator("[data-action=star]").first.click()
    reader.goto(address + KINDS[kind])
    button = reader.locator(selector)
    own = _name(button)
    for _ in range(2):
        button.dispatch_event("click")
        expect(button).not_to_have_text(own[0])
    button.dispatch_event("click")
    button.dispatch_event("click")
    reader.wait_for_timeout(OUTCOME_MS)
    assert _name(button) == own


def test_a_button_that_says_how_it_went_has_the_focus_still(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["day"])
    cite = reader.locator(f"{ROWS} [data-action=cite]").first
    cite.focus()
    reader.keyboard.press("Enter")
    expect(cite).to_have_text("Copied")
    expect(cite).to_be_focused()
    reader.keyboard.press("j")
    expect(reader.locator(f"{ROWS} .pd-title a").nth(1)).to_be_focused()


def test_a_sent_list_is_taken_whole_before_its_titles_have_come(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.route("**/api/papers/2603.00003.json", _slowly(page))
    page.route("**/api/papers/2603.00004.json", lambda route: route.abort())
    page.route("**/api/papers/2603.00005.json", _slowly(page))
    sent = "2603.00001:2603.00003:2603.00004:2603.99999:2603.00005"
    page.goto(f"{address}{KINDS['starred']}#list={sent}")
    page.get_by_role("button", name="Star them all").click()
    expect(page.locator(".pd-toast")).to_have_text("4 papers starred.")
    titles = page.locator("#star + .pd-list .pd-title a")
    expect(titles).to_have_count(4)
    expect(titles.nth(0)).to_contain_text("Looms that count")
    expect(titles.nth(2)).to_have_text("2603.00004")


def test_only_a_paper_that_the_archive_lacks_is_said_to_be_lacking(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.route("**/api/papers/2603.00004.json", lambda route: route.abort())
    page.goto(f"{address}{KINDS['starred']}#list=2603.00004:2603.99999")
    lines = page.locator(".pd-banner li")
    expect(lines.nth(1)).to_have_text("2603.99999 (not in this archive)")
    expect(lines.nth(0)).to_have_text("2603.00004")


def _with_all_new(page: Page, address: str) -> None:
    page.goto(address + KINDS["about"])
    past = json.dumps({"papers": {}, "seen": {"day": "2000-01-01", "slugs": []}})
    page.evaluate("(past) => localStorage.setItem(`pd-own:/`, past)", past)
    page.goto(address + KINDS["new"])


def test_more_new_papers_come_once_and_the_focus_goes_on_at_the_first(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.route(
        "**/javascripts/new_papers.js",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace("MORE_PAPERS = 50", "MORE_PAPERS = 3"),
        ),
    )
    _with_all_new(page, address)
    rows = page.locator(f".pd-body > div:not([hidden]) {ROWS}")
    expect(rows).to_have_count(3)
    more = page.locator(".pd-pager button")
    more.focus()
    more.evaluate("(button) => { button.click(); button.click(); }")
    expect(rows).to_have_count(6)
    expect(rows.nth(3).locator(".pd-title a")).to_be_focused()
    slugs = rows.locator(".pd-title a").evaluate_all("(all) => all.map((one) => one.href)")
    assert len(set(slugs)) == 6


def test_an_order_that_cannot_be_loaded_is_said_and_the_list_stays(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    _with_all_new(page, address)
    rows = page.locator(f".pd-body > div:not([hidden]) {ROWS}")
    expect(rows.first).to_be_visible()
    shown = rows.count()
    page.route("**/for_you.js", lambda route: route.abort())
    ranked = page.locator("[data-action=ranked]")
    ranked.evaluate("(button) => { button.disabled = false; button.click(); }")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    expect(rows).to_have_count(shown)
    expect(page.locator("[data-action=arrival]")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("key", ["?", "y"])
def test_a_key_whose_work_fails_says_so(context: BrowserContext, address: str, key: str) -> None:
    page = context.new_page()
    page.goto(address + KINDS["paper"])
    page.route("**/keys_dialog.js", lambda route: route.abort())
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.keyboard.press(key)
    expect(page.locator(".pd-toast")).to_have_text("Failed")
    if key == "?":
        page.unroute("**/keys_dialog.js")
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_dialog_of_keys_calls_nobody_back_who_went_on(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(address + KINDS["paper"])
    page.route("**/keys_dialog.js", _slowly(page))
    page.locator(".pd-help-button").click()
    page.locator(".md-search__input").focus()
    page.wait_for_timeout(2 * SLOW_MS)
    expect(page.locator("dialog.pd-help")).to_have_count(0)
    expect(page.locator(".md-search__input")).to_be_focused()


def test_a_code_that_cannot_be_drawn_is_said(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + KINDS["day"])
    page.locator("[data-action=star]").first.click()
    page.goto(address + KINDS["starred"])
    page.route("**/qr_code.js", lambda route: route.abort())
    code = page.get_by_role("button", name="QR code")
    code.click()
    expect(page.locator(".pd-toast")).to_have_text("Failed")
    expect(code).to_have_attribute("aria-pressed", "false")
    page.unroute("**/qr_code.js")
    code.click()
    expect(page.locator(".pd-qr svg")).to_be_visible()
    expect(code).to_have_attribute("aria-pressed", "true")


def test_a_message_is_written_into_a_region_that_was_there(reader: Page, address: str) -> None:
    """Screen readers say what changes in a region, and not what it holds when it comes."""
    reader.goto(address + KINDS["day"])
    reader.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes) {
              for (const node of addedNodes) {
                const name = node.className ?? "text";
                if (`${name} ${target.className}`.includes("pd-toast")) seen.push([name, target.className]);
              }
            }
            seen.push("task");
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    hide = reader.locator(f"{ROWS} [data-action=hide]")
    hide.first.dispatch_event("click")
    expect(reader.locator(".pd-toast")).to_contain_text("Hidden.")
    seen = reader.evaluate("window.seen")
    region = next(at for at, one in enumerate(seen) if one[0] == "pd-toast")
    words = next(at for at, one in enumerate(seen) if one[1] == "pd-toast")
    assert "task" in seen[region:words]
    hide.last.dispatch_event("click")
    reader.wait_for_timeout(300)
    assert sum(one[0] == "pd-toast" for one in reader.evaluate("window.seen")) == 1


@pytest.mark.parametrize("file", ["**/assets/search/worker.js", "**/javascripts/bundle.*"])
def test_a_page_in_the_place_of_the_searchs_script_is_said_and_tried_again(
    context: BrowserContext, address: str, file: str
) -> None:
    """A network that wants a password answers for any file with a page, and says that all is well."""
    page = context.new_page()
    page.route(file, lambda route: route.fulfill(body="<h1>Log in</h1>", content_type="text/html"))
    page.goto(address + KINDS["paper"])
    page.locator(".md-search__input").click()
    page.keyboard.type("looms")
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")
    page.unroute(file)
    expect(page.locator(".md-search-result__item").first).to_contain_text("Looms", timeout=15_000)
