"""Hostile records that every source accepts, on real pages: none of their text runs or loads anything."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hostile_records import ATTACKS, hostile_papers, unsafe_parts
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from temporary_project import build_site, new_project

#: Sources whose files hold records; "ids" holds names of papers alone, and a dump that "archive" reads
#: says who claims what, as one of "jsonl" does.
SOURCES = set(registry().by_name) - {"ids", "archive"}


def test_records_come_through_every_source() -> None:
    papers = list(hostile_papers(ATTACKS[:2]))
    assert {claim.source for paper in papers for claim in paper.claims} >= SOURCES
    assert sum("owned" in paper.title for paper in papers) > len(papers) / 4


@pytest.mark.site
@pytest.mark.xdist_group("hostile")
def test_no_page_of_hostile_records_runs_or_loads_what_they_say(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    papers = list(islice(hostile_papers(ATTACKS[::6]), 400))
    Store(project / "archive").write(papers)
    site = build_site(project)
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(papers)
    assert {page: found for page in pages if (found := unsafe_parts(page))} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='java\tscript:a()'>",
        "<p onclick=a()>",
        "<script>a()</script>",
        "<iframe>",
        "<p style=a>",
        "<base href=a>",
    ],
)
def test_the_look_at_a_page_sees_what_is_unsafe(tmp_path: Path, html: str) -> None:
    page = tmp_path / "a.html"
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'
    page.write_text(policy, "utf-8")
    assert unsafe_parts(page) == []
    page.write_text(policy + html, "utf-8")
    assert unsafe_parts(page)
