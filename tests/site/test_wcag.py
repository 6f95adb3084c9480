"""Success criteria of WCAG 2.2 that axe does not decide, on every kind of page."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from page_checks import CONTRAST
from page_kinds import KINDS
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

_SETUP = """() => {
  window.shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: false })
    && !e.closest("[hidden], [inert]");
  window.nameOf = (e) => (e.getAttribute("aria-label") || e.textContent).trim();
  window.targets = [...document.querySelectorAll(
    "a[href], button:not(:disabled), select, summary, input:not([type=hidden])"
  )].filter((e) => !e.closest(".pd-heatmap")) // a year of days: the size is essential
    .filter((e) => shown(e) && e.getClientRects().length && !e.matches(".md-toggle, .md-skip"));
  // Links in a sentence are excepted (2.5.8, "inline").
  window.isInline = (e) => getComputedStyle(e).display === "inline"
    && [...e.parentElement.childNodes].some((n) => n.nodeType === 3 && /\\p{L}{2,}/u.test(n.data));
}"""

#: A target is 24 px wide and high, or a circle of 24 px about its middle touches no other target.
_SMALL_TARGETS = """() => {
  const boxes = targets.map((e) => [e, e.getBoundingClientRect()]);
  const small = boxes.filter(([e, b]) => (b.width < 23.5 || b.height < 23.5) && !isInline(e));
  const middle = (b) => [b.left + b.width / 2, b.top + b.height / 2];
  return small.filter(([e, b]) => {
    const [x, y] = middle(b);
    return boxes.some(([other, o]) => {
      if (other === e || other.contains(e) || e.contains(other)) return false;
      const [dx, dy] = [Math.max(o.left - x, 0, x - o.right), Math.max(o.top - y, 0, y - o.bottom)];
      if (Math.hypot(dx, dy) < 11.5) return true;
      const [ox, oy] = middle(o);
      return (o.width < 23.5 || o.height < 23.5) && Math.hypot(ox - x, oy - y) < 23.5;
    });
  }).map(([e, b]) => `${nameOf(e).slice(0, 40)} ${Math.round(b.width)}x${Math.round(b.height)} in ${e.parentElement.className}`);
}"""

_EMPTY_TAB_STOPS = """() => [...document.querySelectorAll("a[href], button, [tabindex='0']")]
  .filter((e) => shown(e) && !e.disabled)
  .filter((e) => { const b = e.getBoundingClientRect(); return !b.width || !b.height; })
  .map((e) => e.outerHTML.slice(0, 120))"""

_AMBIGUOUS_LINKS = """() => {
  const hrefs = new Map();
  for (const e of targets.filter((one) => one.matches(".pd-list a, .pd-list button, article button"))) {
    const name = `${e.tagName} ${nameOf(e)}`;
    hrefs.set(name, [...(hrefs.get(name) ?? []), e.href ?? e]);
  }
  return [...hrefs].filter(([, all]) => new Set(all).size > 1).map(([name]) => name.slice(0, 80));
}"""


_LANDMARKS_WITH_ONE_NAME = """() => {
  const all = [...document.querySelectorAll("nav, aside, main, [role=search], [role=region]")]
    .filter(shown).map((e) => `${e.getAttribute("role") ?? e.tagName} ${e.ariaLabel}`);
  return all.filter((name, place) => all.indexOf(name) < place);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """Give one desk's page for all kinds."""
    return browser.new_page(viewport={"width": 1280, "height": 900})


@pytest.mark.parametrize("kind", KINDS)
def test_targets_stops_and_names(page: Page, address: str, kind: str) -> None:
    """2.5.8 target size, 2.4.7 focus visible (no stop without a box), 2.4.4 link purpose."""
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate(_SETUP)
    assert page.evaluate(_SMALL_TARGETS) == []
    assert page.evaluate(_EMPTY_TAB_STOPS) == []
    assert page.evaluate(_AMBIGUOUS_LINKS) == []
    assert page.evaluate(_LANDMARKS_WITH_ONE_NAME) == []


@pytest.mark.parametrize("kind", ["home", "month", "year"])
def test_a_day_of_a_calendar_is_called_by_its_whole_date(
    page: Page, address: str, kind: str
) -> None:
    """2.4.4 link purpose: two days of a year have no name in common, and each holds what is seen (2.5.3)."""
    page.goto(address + KINDS[kind])
    days = page.locator(":is(.pd-heatmap, .pd-month) a").evaluate_all(
        "(all) => all.map((e) => [e.ariaLabel, e.textContent, e.href])"
    )
    assert days
    assert len({name for name, _, _ in days}) == len(days)
    for name, seen, href in days:
        year = href.rstrip("/").split("/")[-1][:4]
        assert re.match(rf"{seen} \w+ {year}: \d+ papers?$", name), name


def test_no_filter_of_a_search_is_called_as_a_page_is(page: Page, address: str) -> None:
    """2.4.4 link purpose: a topic's page and the filter by it, a year and a page of results."""
    page.goto(address + "search/?q=model")
    page.locator(".pd-list > ul > li .pd-meta a").first.wait_for()
    links = page.locator(":is(.pd-body, .pd-side) a[href]").evaluate_all(
        "(all) => all.map((e) => [(e.ariaLabel || e.textContent).trim(), e.href])"
    )
    aims: dict[str, set[str]] = {}
    for name, href in links:
        aims.setdefault(name, set()).add(href)
    assert {name: hrefs for name, hrefs in aims.items() if len(hrefs) > 1} == {}


#: One element of each kind that keys reach, focused as by a key: what has no ring, or lies below something else.
_UNSEEN_FOCUS = """() => {
  const kinds = new Map(targets.concat([...document.querySelectorAll("code[tabindex], pre[tabindex]")])
    .map((e) => [`${e.tagName}.${e.parentElement.className} ${e.dataset.action ?? ""}`, e]));
  const isRinged = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px";
  return [...kinds].filter(([, e]) => {
    e.focus();
    if (document.activeElement !== e || !e.matches(":focus-visible")) return false;
    e.scrollIntoView({ block: "center", behavior: "instant" });
    const box = e.getClientRects()[0];
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !isRinged(getComputedStyle(e)) || !(e.contains(top) || top?.contains(e));
  }).map(([kind, e]) => `${kind} ${nameOf(e).slice(0, 40)}`);
}"""


@pytest.mark.parametrize(
    "kind", ["home", "week", "day", "topic", "search", "statistics", "starred", "api", "paper"]
)
def test_what_has_the_focus_is_seen(page: Page, address: str, kind: str) -> None:
    """2.4.7 focus visible, 2.4.11 focus not obscured."""
    page.emulate_media(reduced_motion="reduce")  # the search box that had the focus closes at once
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate(_SETUP)
    page.keyboard.press("Tab")
    assert page.evaluate(_UNSEEN_FOCUS) == []


@pytest.mark.parametrize("kind", ["day", "week", "author", "topic", "organisation", "trending"])
def test_a_rows_links_are_clicked_where_they_stand(page: Page, address: str, kind: str) -> None:
    """The buttons that come under the pointer lie on no link of the row, with a blurb or without one."""
    page.goto(address + KINDS[kind])
    page.wait_for_load_state("networkidle")
    links = page.locator(".pd-list > ul > li > .pd-actions > a")
    assert links.count()
    for link in links.all()[:8]:
        link.click(trial=True, timeout=3000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_box_proposes_is_read_as_well_as_text(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    """1.4.3 contrast: a placeholder is text."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(address + KINDS["day"])
    page.locator("[data-action=star]").first.click()
    page.goto(address + KINDS["starred"])
    page.get_by_label(re.compile("^Tags")).wait_for()
    page.wait_for_load_state("networkidle")  # with its styles
    page.evaluate(CONTRAST)
    contrasts = page.locator("article [placeholder]").evaluate_all(
        """(all) => all.map((e) => {
          const shades = [getComputedStyle(e, "::placeholder").color, getComputedStyle(e).backgroundColor];
          return contrast(...shades);
        })"""
    )
    page.close()
    assert len(contrasts) > 1
    assert min(contrasts) >= 4.5
