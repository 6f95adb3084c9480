"""What a reader wrote stands on paper as text, and no box of the screen does."""

from __future__ import annotations

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

NOTE = "Weft before warp.\n\n<b>Twice</b>, see page 4."


@pytest.mark.parametrize("media", ["print", "screen"])
def test_notes_and_tags_are_printed_as_text(reader: Page, address: str, media: str) -> None:
    is_printed = media == "print"
    reader.goto(address + KINDS["paper"])
    reader.emulate_media(media=media)  # type: ignore[arg-type]
    lines = reader.locator(".pd-print")
    expect(lines.locator("visible=true")).to_have_count(0)
    reader.emulate_media(media="screen")
    reader.locator(".pd-user-marks [data-action=star]").click()
    reader.get_by_label("Tags of this star").fill("looms, <i>")
    reader.locator("summary", has_text="Your note").click()
    reader.get_by_label("Your note on this paper").fill(NOTE)
    reader.emulate_media(media=media)  # type: ignore[arg-type]
    for wanted in ("Tags: looms, <i>", f"Your note: {NOTE}"):
        line = lines.filter(has_text=wanted[:9])
        expect(line).to_be_visible(visible=is_printed)
        assert line.evaluate("(e) => e.textContent") == wanted
    expect(reader.get_by_label("Tags of this star")).to_be_visible(visible=not is_printed)
    reader.goto(address + "starred/")
    reader.emulate_media(media=media)  # type: ignore[arg-type]
    line = reader.locator(".pd-print")
    expect(line).to_have_text("Tags: looms, <i>")
    expect(line).to_be_visible(visible=is_printed)
    expect(reader.locator(".pd-bookmarks input[type=text]")).to_be_visible(visible=not is_printed)
    expect(reader.locator(".pd-bookmarks input[type=search]")).to_be_visible(visible=not is_printed)


#: Headings that would be printed with nothing before the next one, or below them in their column.
_BARE = """() => {
  const isShown = (one) => one.getClientRects().length > 0;
  return [...document.querySelectorAll("h1, h2")].filter(isShown).filter((heading) => {
    const all = [...heading.closest(".pd-side, article").querySelectorAll("*")].filter(isShown);
    const next = all.slice(all.indexOf(heading)).find((one) => !heading.contains(one));
    return !next || next.tagName === heading.tagName;
  }).map((heading) => heading.textContent);
}"""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_heading_is_printed_above_nothing(reader: Page, address: str, kind: str) -> None:
    reader.goto(address + KINDS[kind])
    reader.emulate_media(media="print")
    assert reader.evaluate(_BARE) == []


def test_no_heading_of_a_filter_or_saved_search_is_printed(reader: Page, address: str) -> None:
    """They come after the page: the lists below them are for the screen."""
    reader.goto(f"{address}search/?q=loom")
    filters = reader.get_by_role("heading", name="Year")
    expect(filters).to_be_visible()
    reader.get_by_role("button", name="Save this search").click()
    saved = reader.get_by_role("heading", name="Saved searches")
    expect(saved).to_be_visible()
    reader.emulate_media(media="print")
    expect(filters).to_be_hidden()
    expect(saved).to_be_hidden()
    assert reader.evaluate(_BARE) == []


def test_indexes_of_names_are_printed_with_their_names(reader: Page, address: str) -> None:
    reader.goto(f"{address}authors/")
    reader.emulate_media(media="print")
    expect(reader.locator(".pd-name-list").first).to_be_visible()
