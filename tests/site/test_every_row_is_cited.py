"""Each paper of a list is cited, with a title or without: copied from its row, and in each file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("reading")]

DAY = "dates/2026-03-03/"  # one of its papers has no title
ROWS = ".pd-list > ul > li"
SIGNS = {"BibTeX": r"(?m)^@\w+\{", "RIS": r"(?m)^TY  - ", "CSL-JSON": r'(?m)^ "id": '}


def test_each_row_copies_a_citation(reader: Page, address: str) -> None:
    reader.goto(address + DAY)
    for row in reader.locator(ROWS).all():
        slug = (row.locator(".pd-title a").get_attribute("href") or "").split("/")[-2]
        cite = row.locator("[data-action=cite]")
        cite.dispatch_event("click")
        expect(cite).to_have_text("Copied")
        assert slug in reader.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("form", list(SIGNS))
def test_each_row_is_in_the_file(reader: Page, address: str, form: str) -> None:
    reader.goto(address + DAY)
    count = reader.locator(ROWS).count()
    with reader.expect_download() as saved:
        reader.get_by_label("Export").select_option(form)
    assert len(re.findall(SIGNS[form], Path(saved.value.path()).read_text("utf-8"))) == count
    expect(reader.get_by_label("Export")).to_contain_text(f"Saved {count}")


def test_a_page_that_is_no_papers_takes_nobodys_clipboard(
    context: BrowserContext, address: str
) -> None:
    """A network that wants a password answers for the paper's page, and says that all is well."""
    page = context.new_page()
    page.goto(address + DAY)
    page.evaluate("navigator.clipboard.writeText('mine')")
    page.route("**/papers/*/", lambda route: route.fulfill(body="<h1>Log in</h1>"))
    cite = page.locator(f"{ROWS} [data-action=cite]").first
    cite.dispatch_event("click")
    expect(cite).to_have_text("Failed")
    assert page.evaluate("navigator.clipboard.readText()") == "mine"
