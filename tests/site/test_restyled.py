"""What a key costs: browsers style a few elements anew, however long the list is that it is pressed on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

#: Elements: the dialog of the keys and the search box have so many of their own.
MAX_RESTYLED = 150
MARKS = {
    "an abstract unfolded": "e",
    "a star": "s",
    "read": "r",
    "hidden": "x",
    "the next paper": "j",
}


@contextmanager
def restyled(page: Page) -> Iterator[list[int]]:
    """Count the elements that are styled anew meanwhile, by each time that styles are computed."""
    session = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    counts: list[int] = []
    ends: list[object] = []
    session.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    session.on("Tracing.tracingComplete", lambda data: ends.extend([data]))
    session.send(
        "Tracing.start", {"transferMode": "ReportEvents", "categories": "devtools.timeline"}
    )
    yield counts
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    session.send("Tracing.end")
    while not ends:
        page.wait_for_timeout(20)
    counts += [e["args"]["elementCount"] for e in events if e["name"] == "UpdateLayoutTree"]
    session.detach()


def open_long_list(page: Page, address: str) -> None:
    """Open a page of many elements, with the focus on its first paper."""
    page.goto(address + KINDS["topic"])
    page.locator("[data-action=star]").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("*").count() > 4 * MAX_RESTYLED
    page.keyboard.press("j")


def test_what_restyles_a_page_is_counted(reader: Page, address: str) -> None:
    open_long_list(reader, address)
    with restyled(reader) as counts:
        reader.evaluate("document.body.style.color = 'red'")
    assert sum(counts) > 2 * MAX_RESTYLED


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_restyles_its_row(reader: Page, address: str, mark: str) -> None:
    open_long_list(reader, address)
    with restyled(reader) as counts:
        reader.keyboard.press(MARKS[mark])
    assert 0 < sum(counts) < MAX_RESTYLED


def test_the_keys_come_and_go_without_the_rest_of_the_page(reader: Page, address: str) -> None:
    open_long_list(reader, address)
    dialog = reader.get_by_role("dialog", name="Keys")
    with restyled(reader) as opening:
        reader.keyboard.press("?")
        expect(dialog).to_be_visible()
    with restyled(reader) as closing:
        reader.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    assert 0 < sum(opening) < MAX_RESTYLED
    assert 0 < sum(closing) < MAX_RESTYLED


def test_a_letter_in_the_search_box_restyles_its_results(reader: Page, address: str) -> None:
    open_long_list(reader, address)
    reader.keyboard.press("/")
    reader.keyboard.type("l")
    reader.locator(".md-search-result__item").first.wait_for()
    with restyled(reader) as counts:
        reader.keyboard.type("o")
    assert max(counts) < MAX_RESTYLED
