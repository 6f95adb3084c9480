"""A site in Arabic: a page goes from right to left, fits a phone, and searches in Arabic words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from site_builds import fast, project_of

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("arabic")]


def test_an_arabic_site_is_read_and_searched_on_a_phone(
    tmp_path: Path, browser: Browser, serve: Callable[[Path], AbstractContextManager[str]]
) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("language: ar\n")
    site = fast(project)
    with serve(site) as address, browser.new_context(viewport={"width": 390, "height": 800}) as c:
        page = c.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for path in ("", "papers/1706.03762/", "starred/", "statistics/", "search/?q=attention"):
            page.goto(address + path)
            if "?" in path:
                expect(page.get_by_role("status").first).to_contain_text("ورقة")
                expect(page.get_by_role("button", name="بحث", exact=True)).to_be_visible()
                expect(page.locator(".pd-list li .pd-title").first).to_have_attribute("lang", "en")
            assert (
                page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
            )
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.goto(f"{address}papers/1706.03762/")
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_attribute("lang", "en")
        expect(title).to_have_css("unicode-bidi", "plaintext")
        expect(page.get_by_role("button", name="نجمة", exact=True)).to_be_visible()
        assert errors == []
