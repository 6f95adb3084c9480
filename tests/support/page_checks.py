"""What is looked at on every page: is it wider than its window, and what axe finds wrong."""

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
