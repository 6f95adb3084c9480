"""The search page on a real site, with our own frame: what a reader sees of its results."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from page_checks import axe_violations, wider
from playwright.sync_api import Browser, Page, expect

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


def test_a_star_on_a_result_is_listed_among_the_starred(browser: Browser, search: str) -> None:
    page = browser.new_page()
    found(page, f"{search}?q=attention")
    page.locator(".pd-list li").first.locator("[data-action=star]").click()
    page.goto(search.removesuffix("search/") + "starred/")
    expect(page.get_by_role("link", name="Attention Is All You Need")).to_be_visible()
    page.close()


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


@pytest.mark.parametrize("lost", ["**/bundle.*.js", "**/worker.js", "**/engine-*.js"])
def test_the_box_gets_over_a_missing_script(browser: Browser, search: str, lost: str) -> None:
    page = browser.new_page()
    page.goto(search.removesuffix("search/"))
    page.context.route(lost, lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("attention")
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")
    page.context.unroute(lost)
    page.keyboard.type(" is")
    box_finds(page)
    page.close()
