"""Where the reader forces colours, as Windows does for high contrast, all that pages say is still seen."""

from __future__ import annotations

from typing import Literal

import pytest
from page_checks import CONTRAST
from page_kinds import KINDS
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]


def test_icons_are_seen_in_forced_colours(browser: Browser, address: str) -> None:
    """1.4.11 non-text contrast: what is drawn by a mask or a colour alone keeps its own colour."""
    page = browser.new_page(forced_colors="active")
    page.goto(address + KINDS["day"])
    star = page.locator("[data-action=star]").first
    colours = star.evaluate(
        "(e) => [getComputedStyle(e, '::before').backgroundColor, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] != colours[1], colours
    page.goto(address)
    shades = page.locator(".pd-heatmap [class]").evaluate_all(
        "(all) => [...new Set(all.map((e) => getComputedStyle(e).backgroundColor))].length"
    )
    assert shades > 1
    page.close()


@pytest.mark.parametrize("kind", ["dates", "year", "topic", "statistics", "home"])
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_forced_colours_go_before_the_readers_own_choice(
    browser: Browser, address: str, ground: Literal["light", "dark"], kind: str
) -> None:
    """1.4.3, 1.4.11: who chose the other scheme before sees texts and drawings on the ground that is forced."""
    page = browser.new_page(forced_colors="active", color_scheme=ground)
    own = "light" if ground == "dark" else "dark"
    page.add_init_script(f"localStorage.setItem('pd-scheme:/', '{own}')")
    page.goto(address + KINDS[kind])
    assert page.evaluate("document.documentElement.dataset.scheme") == own
    page.evaluate(CONTRAST)
    texts, drawings = page.evaluate(
        """() => {
          const ground = (e) => {
            const { backgroundColor } = getComputedStyle(e);
            return /^rgba.*, 0.$/.test(backgroundColor) && e.parentElement ? ground(e.parentElement) : backgroundColor;
          };
          const seen = [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility());
          const texts = seen.filter((e) => parseFloat(getComputedStyle(e).fontSize)
            && [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
          const drawings = seen.filter((e) => e.matches(".pd-chart svg, .pd-sparkline, .pd-bar"));
          const paint = ({ fill, stroke }) => (fill === "none" ? stroke : fill);
          return [
            texts.filter((e) => contrast(getComputedStyle(e).color, ground(e)) < 4.5),
            drawings.filter((e) => contrast(paint(getComputedStyle(e)), ground(e)) < 3),
          ].map((all) => all.map((e) => e.outerHTML.slice(0, 80)));
        }"""
    )
    page.close()
    assert (texts, drawings) == ([], [])


def test_what_a_colour_says_is_said_in_forced_colours(browser: Browser, address: str) -> None:
    """1.4.1: highlighted rows and badges have lines; the map's legend has no colours that the map has not."""
    page = browser.new_page(forced_colors="active")
    page.add_init_script("localStorage.setItem('pd-words:/', '{\"highlighted\": [\"loom\"]}')")
    page.goto(address + KINDS["day"])
    edge = "(e) => getComputedStyle(e).borderInlineStartWidth"
    assert page.locator(".pd-list .is-highlighted").first.evaluate(edge) == "3px"
    badge = page.locator(".pd-badge").first
    assert badge.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    page.goto(address + KINDS["map"])
    page.locator(".pd-map-tools [aria-pressed]").first.wait_for()
    assert not page.locator(".pd-map-tools i").first.is_visible()
    page.close()
