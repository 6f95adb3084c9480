"""A list of several pages is exported whole, or says how much of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("searching")]


def test_a_list_of_several_pages_is_exported_whole_or_says_how_many(
    browser: Browser, search: str
) -> None:
    page = browser.new_page()
    page.goto(search.removesuffix("search/") + "topics/language-models/")
    here = page.locator(".pd-list > ul > li").count()
    total = int(re.findall(r"[\d,]+", page.locator(".pd-tools").inner_text())[0])
    assert here < total
    export = page.get_by_label("Export")
    expect(page.get_by_label("Sort")).to_contain_text(f"Newest of these {here}")
    for label, count in ((f"These {here}: BibTeX", here), (f"All {total}: BibTeX", total)):
        with page.expect_download() as saved:
            export.select_option(label)
        text = Path(saved.value.path()).read_text("utf-8")
        assert len(parse_string(text).entries) == count
    page.close()
