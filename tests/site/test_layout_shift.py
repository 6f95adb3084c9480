"""What a reader sees of the search page stays where it is while results, counts and snippets come."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("searching")]

#: Adds up the layout shifts that Chromium reports, with what moved.
OBSERVER = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries())
    shifts.push([value, ...sources.map(({ node }) => node?.nodeName + ": " + node?.textContent)]);
}).observe({ type: "layout-shift", buffered: true });
"""
#: Chromium reports sums below this of a line that was set again a fraction of a pixel beside itself.
INVISIBLE = 0.001


def late(route: Route) -> None:
    """Answer as a slow network does, so that what comes later is drawn later."""
    time.sleep(0.1)
    route.continue_()


def shifts(page: Page) -> list[list[object]]:
    """Return the shifts that can be seen, once all snippets stand."""
    expect(page.get_by_role("status")).to_contain_text(" of ")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    found: list[list[object]] = page.evaluate("shifts.splice(0)")
    return [one for one in found if float(str(one[0])) > INVISIBLE]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("asked", ["?q=attention", "?order=date", "?q=zzyzx"])
def test_nothing_moves_on_the_search_page(
    browser: Browser, search: str, width: int, asked: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, has_touch=width < 500)
    page.add_init_script(OBSERVER)
    for slow in ("**/api/papers/*", "**/assets/search/*"):
        page.route(slow, late)
    page.goto(search + asked)
    assert shifts(page) == []
    pager = page.get_by_role("navigation", name="Pages of results")
    if pager.get_by_role("link", name="2", exact=True).count():
        # A click by script: the browser excuses what moves right after a finger's.
        pager.get_by_role("link", name="2", exact=True).evaluate("(link) => link.click()")
        assert shifts(page) == []
    page.close()
