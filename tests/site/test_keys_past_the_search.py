"""Who goes through a page by keys passes the search box without a stop at what a closed one holds."""

from __future__ import annotations

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

_IS_SEEN = """() => document.activeElement.checkVisibility(
  { opacityProperty: true, visibilityProperty: true })"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("", []),
        ("attention", []),
        ("attention", ["Escape"]),
        ("attention", ["ArrowDown", "Escape"]),
    ],
)
def test_a_closed_search_has_no_stops(
    reader: Page, address: str, words: str, keys: list[str], width: int
) -> None:
    """2.4.7: after the box comes what the page shows next, whatever was searched for and however it was left."""
    reader.set_viewport_size({"width": width, "height": 700})
    reader.goto(address + KINDS["paper"])
    reader.keyboard.press("/")
    search = reader.locator("#__search")
    expect(search).to_be_checked()
    if words:
        reader.keyboard.type(words)
        expect(reader.locator(".md-search-result__item").first).to_be_visible()
    for key in keys:
        reader.keyboard.press(key)
    reader.keyboard.press("Tab")
    expect(search).not_to_be_checked()
    assert reader.evaluate("document.activeElement.classList.contains('pd-scheme')")
    for _ in range(5):
        assert reader.evaluate(_IS_SEEN)
        reader.keyboard.press("Tab")
