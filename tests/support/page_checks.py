"""What is looked at on every page: is it wider than its window, how it contrasts, and what axe finds wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

_WIDER = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.querySelectorAll("article *")]
    .filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1)
    .map((e) => `${e.tagName}.${e.className}`).slice(0, 5).concat("the page scrolls sideways");
}"""


#: Gives the page ``contrast(colour, other)``, as WCAG counts it.
CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  window.contrast = (...shades) => {
    const [low, high] = shades.map(light).sort((a, b) => a - b);
    return high / low;
  };
}"""


def wider(page: Page) -> list[str]:
    """Name what is wider than the window, if anything is: the page itself may not scroll."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def axe_violations(page: Page) -> list[tuple[str, list[str]]]:
    """List what axe finds wrong, its boxes opened: the rule and the first place where it was broken."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    # The page's own script answers an opened box in a later task; a frame after it all is drawn.
    page.evaluate(
        """async () => {
          for (const box of document.querySelectorAll("details")) box.open = true;
          await new Promise((done) => setTimeout(() => requestAnimationFrame(done)));
        }"""
    )
    return [
        (one["id"], one["nodes"][0]["target"]) for one in axe.Axe().run(page).response["violations"]
    ]
