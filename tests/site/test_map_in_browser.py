"""The map as a reader uses it on a phone: by keys, narrowed by year, to a paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]


def test_a_paper_is_chosen_by_keys_and_the_years_are_narrowed(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(address + "map/")
    canvas = reader.get_by_role("application")
    count = reader.locator(".pd-map-tools [role=status]")
    expect(count).to_have_text(re.compile(r"^\d+ papers shown$"))
    whole = int(count.inner_text().split()[0])
    last = reader.get_by_label("To year")
    last.focus()
    last.press("Home")
    expect(count).not_to_have_text(f"{whole} papers shown")
    expect(count).to_have_text(re.compile(r"^\d+ papers? shown$"))
    canvas.focus()
    for key in ("+", "ArrowLeft", "ArrowDown", "Enter"):
        canvas.press(key)
    chosen = reader.locator(".pd-map-chosen")
    expect(chosen).to_contain_text(last.input_value())
    title = chosen.get_by_role("link").inner_text()
    chosen.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
