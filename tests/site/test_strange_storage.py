"""A browser's storage that holds what nobody of ours wrote, and addresses that nobody of ours made."""

from __future__ import annotations

import json

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

PAGES = ("starred", "day", "paper", "new", "search")

#: A storage that answers each name, whatever it is, with one value until another is stored under it.
ANSWERS_ALL = """const written = new Map();
const methods = { setItem: (name, text) => written.set(name, text), getItem: (name) => written.get(name) ?? %(value)s };
const storage = new Proxy({}, { get: (_, name) => methods[name] ?? methods.getItem(name) });
Object.defineProperty(window, "localStorage", { value: storage });"""

STRANGE_MARK = {"title": {"toString": 1}, "star": 5, "read": "x", "hide": [], "note": {}, "tags": 7}
VALUES = {
    "no JSON": "{",
    "a list": json.dumps([None, 7, {"query": 5}]),
    "marks": json.dumps(
        {
            "papers": {"2603.00001": STRANGE_MARK, "2603.00002": None, "x": "star"},
            "seen": {"day": 5, "slugs": 7},
            "muted": [None, {"toString": 1}],
            "keys": {"star": [1]},
        }
    ),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_page_breaks_whatever_the_storage_holds(reader: Page, address: str, value: str) -> None:
    reader.add_init_script(ANSWERS_ALL % {"value": json.dumps(value)})
    for kind in PAGES:
        reader.goto(address + KINDS[kind])
        reader.wait_for_load_state("networkidle")
        expect(reader.locator("[data-action=star], [data-action=import]").first).to_be_attached()
    reader.goto(address + KINDS["starred"])
    expect(reader.locator(".pd-bookmarks")).to_contain_text("Nothing is marked yet")


def test_a_strange_mark_takes_no_other_with_it(reader: Page, address: str) -> None:
    reader.goto(address + KINDS["starred"])
    marks = {"papers": {"bad": STRANGE_MARK, "2603.00002": {"title": "B", "star": "2026-01-01"}}}
    reader.evaluate("text => localStorage.setItem('pd-own:/', text)", json.dumps(marks))
    reader.goto(address + KINDS["day"])
    reader.locator("[data-action=star][aria-pressed=false]").first.click()
    reader.goto(address + KINDS["starred"])
    expect(reader.locator("#star + .pd-list li")).to_have_count(2)


@pytest.mark.parametrize("name", ["__proto__", "constructor", "nobody"])
def test_a_list_whose_address_asks_for_what_there_is_not_is_as_it_was_listed(
    reader: Page, address: str, name: str
) -> None:
    reader.goto(f"{address}{KINDS['day']}?sort={name}&view={name}")
    expect(reader.get_by_label("Sort")).to_have_value("given")
    expect(reader.get_by_label("View")).to_have_value("compact")
    expect(reader.locator(".pd-list [data-action=star]")).to_have_count(2)


def test_a_choice_that_is_none_of_ours_is_no_choice(reader: Page, address: str) -> None:
    reader.emulate_media(color_scheme="dark")
    reader.goto(address + KINDS["day"])
    reader.evaluate("localStorage['pd-view:/'] = localStorage['pd-scheme:/'] = 'nobody'")
    reader.reload()
    expect(reader.get_by_label("View")).to_have_value("compact")
    reader.locator(".pd-scheme").click()
    expect(reader.locator(":root")).to_have_attribute("data-scheme", "light")
