"""What a screen scrolls is whole on paper, where nothing can be scrolled."""

from __future__ import annotations

import pytest
from page_kinds import KINDS
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

#: The width between the usual margins of A4, upright.
A4_PX = 718

#: What is cut off, or fades out, with its class.
_CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const isShown = one.checkVisibility() && one.clientWidth > 1; // not what is for ears alone
  const isCut = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return isShown && (isCut || style.maskImage.includes("gradient"));
}).map((one) => `${one.tagName} ${one.getAttribute("class")}`)"""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_is_cut_off(reader: Page, address: str, kind: str) -> None:
    reader.set_viewport_size({"width": A4_PX, "height": 900})
    reader.goto(address + KINDS[kind])
    reader.emulate_media(media="print")
    assert reader.evaluate(_CUT) == []


def test_a_year_has_twelve_months_on_paper(reader: Page, address: str) -> None:
    reader.set_viewport_size({"width": A4_PX, "height": 900})
    reader.goto(address + KINDS["year"])
    reader.emulate_media(media="print")
    ends = reader.locator(".pd-heatmap > *").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect().right)"
    )
    assert max(ends) <= A4_PX
    days = reader.locator(".pd-heatmap :is(a, i)")
    assert days.evaluate_all("(all) => Math.min(...all.map((e) => e.clientWidth))") > 5
