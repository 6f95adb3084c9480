"""The search page on a real site, with our own frame: what a reader sees of its results."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from page_checks import axe_violations, wider
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("searching")]


def found(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d+ papers? of"))
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")


def box_finds(page: Page) -> None:
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("Attention Is All You Need")


@pytest.mark.consumers
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, search: str, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    found(page, f"{search}?q=attention")
    assert axe_violations(page) == []
    page.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_its_window_and_its_buttons_stand_once(
    browser: Browser, search: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, has_touch=width < 500)
    found(page, f"{search}?q=attention")
    first = page.locator(".pd-list li").first
    expect(first.locator("[data-action=star]")).to_have_count(1)
    assert wider(page) == []
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_word_longer_than_the_window_is_named_within_it(
    browser: Browser, search: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{search}?q={'loom' * 90}&author={'weaver' * 60}")
    expect(page.get_by_role("status")).to_contain_text("No paper has")
    assert wider(page) == []
    page.close()


@pytest.mark.parametrize(("query", "rows"), [("q=attention", 10), ("order=date", 18)])
def test_a_page_behind_the_last_is_the_last(
    browser: Browser, search: str, query: str, rows: int
) -> None:
    page = browser.new_page()
    page.goto(f"{search}?{query}&page=99999")
    expect(page.locator(".pd-list > ul > li")).to_have_count(rows)
    pages = page.locator(".pd-pager [aria-current]")
    if "date" in query:
        expect(pages).to_have_text("7")
        expect(page).to_have_url(f"{search}?order=date&page=7")
    page.close()


def test_a_star_on_a_result_is_listed_among_the_starred(browser: Browser, search: str) -> None:
    page = browser.new_page()
    found(page, f"{search}?q=attention")
    page.locator(".pd-list li").first.locator("[data-action=star]").click()
    page.goto(search.removesuffix("search/") + "starred/")
    expect(page.get_by_role("link", name="Attention Is All You Need")).to_be_visible()
    page.close()


def test_a_result_shows_what_was_marked_elsewhere_meanwhile(browser: Browser, search: str) -> None:
    context = browser.new_context()
    page, other = context.new_page(), context.new_page()
    found(page, f"{search}?q=attention")
    star = page.locator(".pd-list li").first.locator("[data-action=star]")
    expect(star).to_have_attribute("aria-pressed", "false")
    found(other, f"{search}?q=attention")
    other.locator(".pd-list li").first.locator("[data-action=star]").click()
    expect(star).to_have_attribute("aria-pressed", "true")
    context.close()


def test_the_box_says_how_much_there_is_and_unsays_it(browser: Browser, search: str) -> None:
    page = browser.new_page()
    page.goto(search.removesuffix("search/"))
    page.keyboard.press("/")
    page.keyboard.type("atention")
    said = page.locator(".md-search-result__meta")
    expect(said).to_contain_text("Showing “attention”.")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Backspace")
    expect(said).to_contain_text("Type to search")
    page.close()


def test_the_box_takes_a_paste_and_its_button_clears_it(browser: Browser, search: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(search.removesuffix("search/"))
    page.locator(".pd-search-button").tap()
    box = page.locator(".md-search__input")
    expect(box).to_be_focused()
    said = page.locator(".md-search-result__meta")
    expect(said).to_contain_text("Type to search")
    page.keyboard.insert_text("attention is all you need")  # no key goes down or up
    box_finds(page)
    page.get_by_role("button", name="Clear").tap()
    expect(box).to_have_value("")
    expect(said).to_contain_text("Type to search")
    context.close()


@pytest.mark.parametrize(("before", "after"), [("attention is", ""), ("attention", " is")])
def test_the_box_gets_over_a_missing_connection_with_a_further_key_or_without(
    browser: Browser, search: str, before: str, after: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(search.removesuffix("search/"))
    context.set_offline(True)
    page.keyboard.press("/")
    page.keyboard.type(before)
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")
    context.set_offline(False)
    page.keyboard.type(after)
    box_finds(page)
    context.close()


def answer(body: str) -> Callable[[Route], None]:
    """Give what says that all is well, whatever it brings."""
    return lambda route: route.fulfill(body=body, content_type="text/javascript")


LOSSES: dict[str, Callable[[Route], None]] = {
    "missing": lambda route: route.abort(),
    "empty": answer(""),
    "cut": answer("(() => {"),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("lost", ["**/bundle.*.js", "**/worker.js", "**/engine-*.js"])
def test_the_box_gets_over_a_script_that_does_not_come_whole(
    browser: Browser, search: str, lost: str, loss: str
) -> None:
    page = browser.new_page()
    # Before the page comes: what the browser has fetched by then is asked of no route.
    page.context.route(lost, LOSSES[loss])
    page.goto(search.removesuffix("search/"))
    page.keyboard.press("/")
    page.keyboard.type("attention")
    said = page.locator(".md-search-result__meta")
    expect(said).to_contain_text("could not be loaded")
    expect(said).to_have_css("visibility", "visible")
    page.context.unroute(lost)
    page.keyboard.type(" is")
    box_finds(page)
    expect(said).not_to_contain_text("could not be loaded")
    page.close()


def test_the_box_closes_where_its_script_has_not_come(browser: Browser, search: str) -> None:
    page = browser.new_page()
    page.context.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(search.removesuffix("search/"))
    page.keyboard.press("/")
    said = page.locator(".md-search-result__meta")
    expect(said).to_have_css("visibility", "visible")
    page.keyboard.press("Escape")
    expect(said).to_have_css("visibility", "hidden")
    page.close()


@pytest.mark.parametrize("lost", ["**/worker.js", "**/engine-*.js"])
def test_the_page_gets_over_a_script_that_comes_empty(
    browser: Browser, search: str, lost: str
) -> None:
    page = browser.new_page()
    page.clock.install()
    page.context.route(lost, LOSSES["empty"])
    page.goto(f"{search}?q=attention")
    status = page.get_by_role("status")
    while "could not be loaded" not in (status.text_content() or ""):
        page.clock.run_for(1000)
    page.context.unroute(lost)
    while "papers of" not in (status.text_content() or ""):
        page.clock.run_for(1000)
    page.close()


# The way to it


def test_enter_in_the_box_opens_the_results(browser: Browser, search: str) -> None:
    page = browser.new_page()
    page.goto(search.removesuffix("search/"))
    page.keyboard.press("/")
    page.keyboard.type("attention")
    box_finds(page)
    leads = page.locator(".pd-all-results")
    expect(leads).to_have_text(re.compile(r"^All .*results, filters, export$"))
    expect(leads).to_have_attribute("href", f"{search}?q=attention")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{search}?q=attention")
    expect(page).to_have_title(re.compile("^attention - Search"))
    page.goto(search.removesuffix("search/"))
    page.locator(".pd-footer").get_by_role("link", name="Search").click()
    page.wait_for_url(search)
    page.close()


def test_a_result_has_what_a_row_of_a_list_has(browser: Browser, search: str) -> None:
    page = browser.new_page()
    found(page, f"{search}?q=attention")
    first = page.locator(".pd-list li").first
    expect(first.get_by_role("link", name="PDF")).to_have_attribute(
        "href", "https://arxiv.org/pdf/1706.03762"
    )
    expect(first.get_by_role("link", name="Code")).to_have_count(1)
    expect(first.locator(".pd-meta a")).to_have_attribute("href", re.compile("/topics/"))
    page.close()


def test_every_filter_is_a_chip_that_a_press_removes(browser: Browser, search: str) -> None:
    page = browser.new_page()
    found(page, f"{search}?q=attention+code:yes&author=vaswani&year=2017&topic=language-models")
    for name, gone in (
        ("author: vaswani", "author="),
        ("2017", "year="),
        ("code:yes", "code"),
        ("Language and language models", "topic="),
    ):
        page.get_by_role("link", name=f"Remove filter: {name}").click()
        expect(page).not_to_have_url(re.compile(gone))
    expect(page).to_have_url(f"{search}?q=attention")
    expect(page.locator(".pd-chips a")).to_have_count(0)
    page.close()


def test_an_export_of_many_reads_the_files_of_months(browser: Browser, search: str) -> None:
    page = browser.new_page()
    # The pointer passes over titles on its way, and their cards ask for single papers.
    page.route("**/hover_cards.js", lambda route: route.abort())
    asked: list[str] = []
    page.goto(f"{search}?order=date")
    expect(page.get_by_role("status")).to_contain_text(" of ")
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    count = int(page.get_by_role("status").inner_text().split()[0])
    for form, begins in (("BibTeX", "@"), ("RIS", "TY  - ")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=form, exact=True).click()
        text = Path(saved.value.path()).read_text("utf-8")
        assert len(re.findall(f"^{begins}", text, re.MULTILINE)) == count
    assert count > 16
    assert not [url for url in asked if "/papers/" in url]
    page.close()


def test_back_and_reload_keep_query_filters_order_and_place(browser: Browser, search: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    where = f"{search}?q=learning&code=yes&order=date"
    page.goto(where)
    rows = page.locator(".pd-list li .pd-title")
    expect(rows.first).to_be_visible()
    titles = rows.all_inner_texts()
    rows.nth(4).scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => history.state?.scroll > 0")
    place = page.evaluate("scrollY")
    page.evaluate("document.querySelector('.pd-list li:nth-child(5) a').click()")
    page.wait_for_url("**/papers/**")
    page.go_back()
    for _ in range(2):
        expect(page).to_have_url(where)
        expect(rows).to_have_text(titles)
        page.wait_for_function(f"() => Math.abs(scrollY - {place}) < 2")
        page.reload()
    page.close()


def test_the_search_page_gets_over_a_missing_connection_by_itself(
    browser: Browser, search: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(search)
    status = page.get_by_role("status")
    expect(status).to_contain_text(" of ")
    context.set_offline(True)
    page.get_by_label("Search for").fill("attention")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("There is no connection")
    context.set_offline(False)
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    context.close()


def test_the_search_page_gets_over_a_worker_that_never_came(browser: Browser, search: str) -> None:
    page = browser.new_page()
    page.route("**/worker.js", lambda route: route.abort())
    page.goto(f"{search}?q=attention")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute("**/worker.js")
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    page.close()


def held_back(page: Page, address: str) -> list[Route]:
    """Hold what a page asks of an address back until the test lets it go; returns it as it comes."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def test_the_index_is_asked_before_the_script_of_the_page_came(
    browser: Browser, search: str
) -> None:
    page = browser.new_page()
    held = held_back(page, "**/search-page.js")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_response("**/assets/search/d*.bin"):  # the lines of what was found
        page.goto(f"{search}?q=attention", wait_until="commit")
    assert held
    before = set(asked)
    held[0].continue_()
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    assert not {url for url in {*asked} - before if url.endswith(".bin")}
    page.close()


def test_engine_and_root_come_beside_the_script_of_the_worker(
    browser: Browser, search: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    held = held_back(page, "**/worker.js")
    with page.expect_response("**/engine-*.js"), page.expect_response("**/root.bin"):
        page.goto(f"{search}?q=attention", wait_until="commit")
    assert held
    # What only some questions need does not come with them.
    fetched = {url.rpartition("/")[2].split("-")[0] for url in asked if "/assets/search/" in url}
    assert fetched <= {"engine", "root.bin", "worker.js", "search"}
    held[0].continue_()
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    page.close()


def test_the_worker_has_engine_and_root_from_the_cache(browser: Browser, search: str) -> None:
    page = browser.new_page()  # without a route: routes close the cache
    page.goto(f"{search}?q=attention")
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    [worker] = page.workers
    loaded = worker.evaluate(
        """performance.getEntriesByType("resource").filter(({ name }) => /engine-|root/.test(name))
          .map(({ transferSize, encodedBodySize }) => [transferSize, encodedBodySize])"""
    )
    assert len(loaded) == len(("engine", "root"))
    # What is not fresh any more costs the heads of an answer, for which browsers count 300 bytes.
    assert all(transferred <= 300 for transferred, _ in loaded), loaded
    page.close()


@pytest.mark.parametrize("asked", ["?q=zzyzx+qqfoo&year=2017", "?q=attention&year=1901", "?q=1"])
def test_a_search_without_results_leads_on(browser: Browser, search: str, asked: str) -> None:
    page = browser.new_page()
    page.goto(search + asked)
    expect(page.get_by_role("status")).to_contain_text(" of ")
    if page.locator(".pd-list li").count() == 0:
        expect(page.get_by_role("link", name="Google Scholar")).to_be_visible()
        expect(page.get_by_role("link", name="all papers, the newest first")).to_be_visible()
    page.close()


def test_the_key_of_search_is_for_the_box_of_the_page_that_keeps_the_filters(
    browser: Browser, search: str
) -> None:
    page = browser.new_page()
    found(page, f"{search}?q=attention&year=2017")
    page.keyboard.press("/")
    expect(page.get_by_label("Search for")).to_be_focused()
    page.keyboard.type("attention is")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{search}?q=attention+is&year=2017")
    page.close()


def test_a_source_goes_by_its_title(browser: Browser, search: str) -> None:
    page = browser.new_page()
    page.goto(f"{search}?q=attention&source=huggingface")
    expect(page.locator(".pd-chips a")).to_have_text(re.compile("^Hugging Face "))
    expect(page).to_have_title(re.compile("^attention, Hugging Face - "))
    page.close()
