"""Texts of papers on pages of the other direction: read as their letters go, standing where the page's lines begin."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from paper_digest.model.paper import Author, Paper, Version
from paper_digest.store.files import Store
from playwright.sync_api import Browser, Page
from site_builds import fast, project_of

pytestmark = [pytest.mark.browser, pytest.mark.site]

DAY = "2026-03-05"
LATIN = Paper(
    id="arxiv:2603.09001",
    title="A loom (that counts)",
    authors=(Author("Ada Weaver"), Author("ليلى حداد")),
    published=DAY,
    updated="2026-03-07",
    versions=(Version(1, DAY), Version(2, "2026-03-07")),
    abstract="We teach a loom to count, and say how well it does so. " * 9,
    comment="12 pages, 3 figures (in colour)",
)
ARABIC = Paper(
    id="arxiv:2603.09002",
    title="نول يحصي الخيوط",
    authors=(Author("ليلى حداد"), Author("زيد نجار")),
    published=DAY,
    abstract="ندرس النول، ونعرض طريقة جديدة لنسج الخيوط. " * 9,
)
MIXED = Paper(
    id="arxiv:2603.09003",
    title="Loom: نول يحصي الخيوط والأعداد كلها",
    authors=(Author("Ada Weaver"),),
    published=DAY,
    abstract="Loom: ندرس النول، ونعرض طريقة جديدة لنسج الخيوط.",
)

#: By row and line of it: how far its text begins from where the row does, on the page's side.
_STARTS = """() => [...document.querySelectorAll(".pd-list > ul > li")].flatMap((row) => {
  const isRtl = getComputedStyle(row).direction === "rtl";
  return [".pd-title", ".pd-meta", ".pd-blurb"].map((line) => {
    const text = document.createRange();
    text.selectNodeContents(row.querySelector(line));
    const boxes = [...text.getClientRects()].filter((box) => box.width);
    const edge = row.getBoundingClientRect();
    const gap = isRtl ? edge.right - Math.max(...boxes.map((box) => box.right))
      : Math.min(...boxes.map((box) => box.left)) - edge.left;
    return [`${row.querySelector("a").textContent} ${line}`, Math.round(gap)];
  });
}).filter(([, gap]) => Math.abs(gap) > 2)"""
_UNDER_A_STAR = """() => [...document.querySelectorAll(".pd-list > ul > li")].filter((row) => {
  const star = row.querySelector("[data-action=star]").getBoundingClientRect();
  const text = document.createRange();
  text.selectNodeContents(row.querySelector(".pd-title"));
  return [...text.getClientRects()].some((box) => box.left < star.right && star.left < box.right
    && box.top < star.bottom && star.top < box.bottom);
}).length"""
#: The words of an element by place, from left to right.
_AS_SEEN = """(element) => {
  const words = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const match of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      words.push([range.getBoundingClientRect().left, match[0]]);
    }
  return words.sort(([a], [b]) => a - b).map(([, word]) => word).join(" ");
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_texts_stand_where_lines_begin_and_read_as_their_letters_go(
    tmp_path: Path,
    browser: Browser,
    serve: Callable[[Path], AbstractContextManager[str]],
    language: str,
) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    Store(project / "archive").write([LATIN, ARABIC, MIXED])
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"language: {language}\n")
    site = fast(project)
    with serve(site) as address:
        for width in (1280, 390):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(f"{address}dates/{DAY}/")
            page.locator("[data-action=star]").first.wait_for()
            assert page.evaluate(_STARTS) == [], width
            assert page.evaluate(_UNDER_A_STAR) == 0, width
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
            if width == 1280:
                _see_results(page, address, language)
            if language == "ar" and width == 1280:
                _see_one_paper(page, address)
            page.close()


def _see_results(page: Page, address: str, language: str) -> None:
    for slug, name in (("2603.09002", "ليلى"), ("2603.09001", "Ada")):
        page.goto(f"{address}search/?q=year:2026")
        line = page.locator(f"li:has(a[href*='{slug}']) .pd-meta").first
        words = line.evaluate(_AS_SEEN).split()
        is_left_to_right = language == "en" or name == "Ada"
        assert (words.index("et") > words.index(name)) == is_left_to_right, words


def _see_one_paper(page: Page, address: str) -> None:
    page.goto(f"{address}papers/2603.09001/")
    comment = page.locator(".pd-comment").evaluate(_AS_SEEN)
    assert comment == "12 pages 3 figures in colour تعليق"
    versions = page.locator(".pd-compact-list li", has_text="v1").evaluate(_AS_SEEN)
    assert versions == "2026 مارس 7 v2 2026 مارس 5 v1"
