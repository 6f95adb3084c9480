"""Who starred a preprint has the star on the record that it became one with, and exports the paper once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click.testing import CliRunner
from paper_digest.cli.main import cli
from playwright.sync_api import Browser, expect
from site_builds import fast

pytestmark = [pytest.mark.browser, pytest.mark.site]

FORMS = (("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", '"id"'))


def test_a_star_goes_on_with_its_paper(
    browser: Browser, own: Path, serve: Callable[[Path], AbstractContextManager[str]]
) -> None:
    slugs = sorted(path.stem for path in (own / "archive" / "papers").rglob("*.md"))[:2]
    asked = ["same", *(f"arxiv:{slug}" for slug in slugs), "--root", str(own)]
    assert CliRunner().invoke(cli, asked).exit_code == 0
    [present] = [s for s in slugs if [*(own / "archive" / "papers").rglob(f"{s}.md")]]
    [former] = {*slugs} - {present}
    with serve(fast(own)) as address:
        page = browser.new_page()
        page.goto(f"{address}starred/")
        marks = {slug: {"title": slug, "star": "2026-01-01", "note": slug} for slug in slugs}
        page.evaluate("papers => localStorage.setItem('pd-own:/', JSON.stringify({papers}))", marks)
        page.reload()
        for form, sign in FORMS:
            with page.expect_download() as saved:
                page.get_by_role("button", name=form, exact=True).click()
            assert Path(saved.value.path()).read_text("utf-8").count(sign) == 1
        page.get_by_role("link", name=former, exact=True).first.click()
        page.wait_for_url(f"**/papers/{present}/")
        expect(page.locator("[data-action=star]").first).to_have_attribute("aria-pressed", "true")
        page.goto(f"{address}starred/")
        star = page.locator("#star + .pd-list li")
        expect(star).to_have_count(1)
        expect(star.locator("a")).to_have_attribute("href", f"{address}papers/{present}/")
        assert page.evaluate(
            "Object.keys(JSON.parse(localStorage.getItem('pd-own:/')).papers)"
        ) == [present]
        page.close()
