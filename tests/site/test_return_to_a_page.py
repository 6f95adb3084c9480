"""A page that slept while the reader chose otherwise elsewhere, as Back brings it, shows what holds now."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from page_kinds import KINDS
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

ROWS = ".pd-list > ul > li"
SEARCH = "search/?q=model"


@pytest.fixture
def slept(browser: Browser) -> Iterator[Page]:
    """Give a page of a reader; `wake` brings it back."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def wake(page: Page) -> None:
    """Bring a page back as the browser's cache of pages does, which tests of Playwright switch off."""
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")


def elsewhere(page: Page, address: str) -> Page:
    """Open another page of the same reader."""
    other = page.context.new_page()
    other.goto(address)
    return other


def set_words(other: Page, muted: str, highlighted: str) -> None:
    other.locator("summary", has_text="Muted").click()
    fill_words(other, muted, highlighted)


def fill_words(other: Page, muted: str, highlighted: str) -> None:
    """Choose words, and wait until the pages of other processes know, which Chromium tells them some time later."""
    other.get_by_label("Muted: words").fill(muted)
    other.get_by_label("Highlighted: the same").fill(highlighted)
    words = """Object.entries(localStorage).find(([key]) => key.startsWith("pd-words"))?.[1]"""
    chosen = other.evaluate(words)
    for page in other.context.pages:
        page.wait_for_function(f"(chosen) => {words} === chosen", arg=chosen)


@pytest.mark.parametrize("kind", ["day", "month", "home"])
def test_words_chosen_elsewhere_hold(slept: Page, address: str, kind: str) -> None:
    slept.goto(address + KINDS[kind])
    rows = slept.locator(ROWS)
    # The letters of a formula are words of other papers, too.
    row = rows.filter(has_not=slept.locator("math")).nth(1)
    title = row.locator(".pd-title a")
    words = title.inner_text()
    other = elsewhere(slept, address + "starred/")
    set_words(other, words, rows.first.locator(".pd-title a").inner_text())
    wake(slept)
    expect(row).to_be_hidden()
    expect(rows.first).to_have_class(re.compile("is-highlighted"))
    expect(slept.get_by_role("button", name="1 hidden")).to_be_visible()
    fill_words(other, "", "")
    wake(slept)
    expect(row).to_be_visible()
    expect(rows.first).not_to_have_class(re.compile("is-highlighted"))
    expect(slept.get_by_role("button", name="1 hidden")).to_be_hidden()


def test_words_that_no_row_prints_hold_too(slept: Page, address: str) -> None:
    slept.goto(address + KINDS["day"])
    slept.get_by_role("button", name="Abstract", exact=False).first.click()
    abstract = slept.locator(".pd-abstract p").first.inner_text()
    set_words(
        elsewhere(slept, address + "starred/"), abstract.split(".")[0][-30:].split(" ", 1)[1], ""
    )
    wake(slept)
    expect(slept.locator(ROWS).first).to_have_attribute("data-muted", "late")


def test_choices_made_elsewhere_hold(slept: Page, address: str) -> None:
    slept.goto(address + KINDS["day"])
    slept.keyboard.press("?")
    slept.keyboard.press("Escape")
    other = elsewhere(slept, address + KINDS["month"])
    other.locator(".pd-scheme").click()
    other.get_by_role("button", name="Read as passed").click()
    other.get_by_label("View").select_option("titles")
    for key in "jr":
        other.keyboard.press(key)
    other.get_by_role("button", name="Hide read").click()
    other.keyboard.press("?")
    other.get_by_label("Key: next paper").fill("w")
    other.get_by_label("Single keys are on").uncheck()
    wake(slept)
    html = slept.locator("html")
    expect(html).to_have_attribute("data-scheme", re.compile("dark|light"))
    expect(html).to_have_attribute("data-view", "titles")
    expect(html).to_have_attribute("data-hide-read", "1")
    expect(slept.get_by_label("View")).to_have_value("titles")
    pressed = slept.get_by_role("button", name="Read as passed")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    slept.locator(".pd-help-button").click()
    expect(slept.get_by_label("Key: next paper")).to_have_value("w")
    expect(slept.get_by_label("Single keys are on")).not_to_be_checked()


def test_a_view_in_the_address_stays(slept: Page, address: str) -> None:
    slept.goto(address + KINDS["day"] + "?view=cards")
    elsewhere(slept, address + KINDS["month"]).get_by_label("View").select_option("titles")
    wake(slept)
    expect(slept.locator("html")).to_have_attribute("data-view", "cards")


def test_searches_saved_elsewhere_are_listed(slept: Page, address: str) -> None:
    slept.goto(address + "search/?q=vision")
    expect(slept.get_by_role("status")).to_contain_text("of")
    other = elsewhere(slept, address + SEARCH)
    other.get_by_role("button", name="Save this search").click()
    wake(slept)
    expect(slept.get_by_role("button", name="Forget model")).to_be_visible()
