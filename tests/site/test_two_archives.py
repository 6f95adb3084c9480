"""Two archives below one origin, as on github.io: what a reader keeps in one is neither seen nor lost in the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from page_kinds import KINDS
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

ROWS = ".pd-list > ul > li"
SEARCH = "search/?q=model"
#: What an archive of before wrote for all of them, under a name without its address.
FORMER = {
    "paper-digest-searches": json.dumps([{"query": "?q=old", "name": "old search"}]),
    "pd-keys": json.dumps({"off": False, "keys": {"next": "t"}}),
    "pd-scheme": "dark",
    "pd-view": "titles",
    "pd-hide-read": "1",
    "pd-read-passed": "1",
}


@pytest.fixture
def origin(
    reading: Path, tmp_path: Path, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Serve one site at `a/` and `b/site/`; gives the address above them."""
    (tmp_path / "b").mkdir()
    for name in ("a", "b/site"):
        (tmp_path / name).symlink_to(reading)
    with serve(tmp_path) as url:
        yield url


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Give a page that says under which names it stores anything."""
    context.add_init_script(
        """window.stored = [];
        for (const [kind, name] of [[Storage, "setItem"], [CacheStorage, "open"], [IDBFactory, "open"]]) {
          const own = kind.prototype[name];
          kind.prototype[name] = function (key, ...rest) { stored.push(key); return own.call(this, key, ...rest); };
        }"""
    )
    return context.new_page()


def make_all_choices(page: Page, root: str) -> set[str]:
    """Keep in an archive all that a reader can; returns the names under which it was stored."""
    names: set[str] = set()

    def goto(path: str) -> None:
        names.update(page.evaluate("window.stored") or [])
        page.goto(root + path)

    goto(KINDS["day"])
    page.locator(".pd-scheme").click()
    page.get_by_role("button", name="Read as passed").click()
    page.get_by_label("View").select_option("cards")
    for key in "jsrx":
        page.keyboard.press(key)
    page.get_by_role("button", name="Hide read").click()
    page.keyboard.press("?")
    page.get_by_label("Key: next paper").fill("w")
    goto(KINDS["paper"])
    page.locator("summary", has_text="Note").click()
    page.get_by_role("textbox", name="Note").fill("mine")
    goto("starred/")
    page.locator("summary", has_text="Muted").click()
    page.get_by_label("Muted: words").fill("loom")
    page.get_by_label("Highlighted: the same").fill("kite")
    goto(KINDS["month"])
    page.wait_for_load_state("networkidle")
    goto("new/")
    page.wait_for_load_state("networkidle")
    goto(SEARCH)
    page.get_by_role("button", name="Save this search").click()
    goto("")
    return names


def stored(page: Page) -> dict[str, str]:
    """Return all that the storage of the origin has."""
    kept: dict[str, str] = page.evaluate("({ ...localStorage })")
    return kept


def test_whatever_a_reader_keeps_is_of_one_archive(page: Page, origin: str) -> None:
    names = make_all_choices(page, origin + "a/")
    assert len(names) >= 9, names
    assert [name for name in names if not name.endswith(":/a/")] == []
    first = stored(page)
    page.goto(origin + "b/site/" + SEARCH)
    expect(page.get_by_role("status")).to_contain_text("of")
    expect(page.get_by_role("heading", name="Saved searches")).to_have_count(0)
    page.goto(origin + "b/site/" + KINDS["day"])
    html = page.locator("html")
    assert html.get_attribute("data-scheme") is None
    assert html.get_attribute("data-hide-read") is None
    assert html.get_attribute("data-view") is None
    page.keyboard.press("j")
    expect(page.locator(f"{ROWS} .pd-title a").first).to_be_focused()
    make_all_choices(page, origin + "b/site/")
    both = stored(page)
    assert {name: both[name] for name in first} == first
    assert len(both) == 2 * len(first)


def test_what_was_stored_for_all_archives_goes_on_in_each(page: Page, origin: str) -> None:
    page.goto(origin + "a/")
    page.evaluate("(former) => Object.assign(localStorage, former)", FORMER)
    page.goto(origin + "a/" + SEARCH)
    page.get_by_role("button", name="Save this search").click()
    page.get_by_role("button", name="Forget old search").click()
    expect(page.get_by_role("button", name="Forget model")).to_be_visible()
    page.goto(origin + "b/site/" + SEARCH)
    expect(page.get_by_role("link", name="old search")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Forget"))).to_have_count(1)
    page.goto(origin + "a/" + SEARCH)
    expect(page.get_by_role("link", name="old search")).to_have_count(0)
    for root in ("a/", "b/site/"):
        page.goto(origin + root + KINDS["day"])
        html = page.locator("html")
        expect(html).to_have_attribute("data-scheme", "dark")
        expect(html).to_have_attribute("data-view", "titles")
        expect(html).to_have_attribute("data-hide-read", "1")
        pressed = page.get_by_role("button", name="Read as passed")
        expect(pressed).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("t")
        expect(page.locator(f"{ROWS} .pd-title a").first).to_be_focused()
    assert FORMER.items() <= stored(page).items()
