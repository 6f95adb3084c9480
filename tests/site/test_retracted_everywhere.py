"""Wherever a reader or a program is offered a paper that was taken back, it says so there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import msgspec
import pytest
from bs4 import BeautifulSoup, Tag
from paper_digest.deliver.agents import answers
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import FolderFiles
from paper_digest.model.errors import Problem
from paper_digest.store.files import Store
from playwright.sync_api import Browser, expect
from reading_archive import write_archive
from temporary_project import build_site, new_project, served

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("retracted")]

REASON = "Retracted: https://doi.org/10.1000/notice"
#: Links that a person wrote into a text of their own.
_WORDS_OF_CURATORS = {"the paper"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site that has a page of every kind, all of its papers retracted."""
    project = new_project(tmp_path_factory.mktemp("retracted"))
    write_archive(project)
    store, problems = Store(project / "archive"), list[Problem]()
    papers = [msgspec.structs.replace(one, withdrawn=REASON) for one in store.read_all(problems)]
    store.write(papers)
    return build_site(project)


def _offers(site: Path) -> Iterator[tuple[str, Tag]]:
    """Find the links to papers, by the page that has them; those of pages on the way to another are none."""
    slugs = {path.parent.name for path in site.glob("papers/*/index.html")}
    for page in sorted(site.rglob("*.html")):
        text, path = page.read_text("utf-8"), page.relative_to(site).as_posix()
        if 'http-equiv="refresh"' in text:
            continue
        for link in BeautifulSoup(text, "html.parser").select("article a[href]"):
            where = urlsplit(urljoin(f"/{path}", str(link["href"])))
            is_paper = where.path.startswith("/papers/") and where.path.split("/")[2] in slugs
            if is_paper and link.get_text() not in _WORDS_OF_CURATORS:
                yield path, link


def test_every_title_that_leads_to_a_paper_has_the_badge(site: Path) -> None:
    kinds = set()
    for path, link in _offers(site):
        badge = link.find_next_sibling(class_="pd-badge-grave")
        assert badge, (path, link)
        assert badge.get_text() == "retracted"
        kinds.add(path.split("/")[0])
    assert kinds >= {
        "authors", "changes", "dates", "index.html", "lists", "meetings", "monitors", "organisations", "papers",
        "picks", "topics", "trending",
    }, kinds  # fmt: skip


def test_programs_and_feeds_are_told(site: Path) -> None:
    rows = 0
    for path in site.glob("api/**/*.json"):
        if path.parent.name in {"papers", "api"} and path.name != "trending.json":
            continue
        for row in _rows(json.loads(path.read_text("utf-8"))):
            rows += 1
            assert row.get("notice") == "retracted", path
    assert rows > 100
    entries = 0
    for path in site.glob("feeds/**/*.atom"):
        if path.stem in {"changes", "accepted", "corrections"}:  # whose entries are of what changed
            continue
        for entry in feedparser.parse(path.read_text("utf-8")).entries:
            entries += 1
            assert entry.title.startswith("[retracted] "), path
    assert entries > 100
    for path in site.glob("llms-full/*.txt"):
        titles = [line for line in path.read_text("utf-8").splitlines() if line.startswith("## ")]
        assert all(title.startswith("## [retracted] ") for title in titles), path


def test_the_server_for_programs_tells(site: Path) -> None:
    archive = PublishedArchive(FolderFiles(site))
    record = next(site.glob("papers/1*/")).name
    lists = [
        answers.search(archive, "attention"),
        answers.list_papers(archive, topic="language-models"),
        answers.related(archive, record),
    ]
    for answer in lists:
        assert answer["papers"]
        assert {row["notice"] for row in answer["papers"]} == {"retracted"}


@pytest.mark.browser
def test_rows_and_cards_that_scripts_make_say_it(site: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    rows = page.locator(".pd-list > ul > li")
    with served(site) as address:
        page.goto(f"{address}search/?q=attention")
        expect(rows).to_have_count(10)
        for row in rows.all():  # a row is completed when it is seen
            row.scroll_into_view_if_needed()
            expect(row.locator(".pd-title .pd-badge-grave")).to_have_text("retracted")
        page.goto(f"{address}papers/1706.03762/")
        page.locator("#related + .pd-compact-list a").first.hover()
        expect(page.get_by_role("tooltip").locator(".pd-badge-grave")).to_have_text("retracted")
    page.close()


@pytest.mark.browser
def test_the_search_box_and_the_readers_own_lists_say_it(site: Path, browser: Browser) -> None:
    """They know titles alone; what stands against papers is in a file of its own."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    with served(site) as address:
        page.goto(address)
        page.locator(".md-search__input").fill("attention")
        results = page.locator(".md-search-result__link[href*='/papers/']")
        expect(results.nth(5)).to_be_visible()
        for result in results.all():
            expect(result.locator(".pd-badge-grave")).to_have_text("retracted")
        page.goto(f"{address}papers/1706.03762/")
        page.locator("[data-action=star]").first.click()
        page.goto(f"{address}starred/#list=1706.03762")
        for one in (page.locator(".pd-list .pd-title"), page.locator(".pd-banner li")):
            expect(one).to_have_count(1)
            expect(one.locator(".pd-badge-grave")).to_have_text("retracted")
    page.close()


def _rows(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if "slug" in value and "title" in value:
            yield value
        value = [*value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _rows(one)
