"""A paper dated months ahead, as publishers date issues, is the newest of no page, feed or sitemap."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Claim, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render import exports
from paper_digest.render.pages import home, statistics, trending
from paper_digest.render.pages.page import Page
from paper_digest.render.span import Span
from paper_digest.settings.config import Config

LOOMS = Topic("looms", "Looms", "Cloth by machine")

#: Of papers that came on 30 November 2026 at the latest.
COME = st.sampled_from(
    ["", "2025-12", "2026", "2026-10-31", "2026-11", "2026-11-28", "2026-11-30", "2026-12-02"]
)
#: Of later months: a line of months counts all papers of the present one.
AHEAD = st.sampled_from(["2027-01-09", "2027", "2027-03", "2027-03-06"])


def _paper(number: int, day: str, title: str) -> Paper:
    return Paper(
        id=f"doi:10.1234/{number}",
        title=f"{title} {number}",
        published=day,
        claims=(Claim("crossref", "2026-11-30"),),
        sightings=(Sighting("huggingface", day, seen="2026-11-30", upvotes=9, as_of="2026-11-30"),),
    )


def _catalog(papers: list[Paper]) -> Catalog:
    return Catalog([catalog_entry(paper, ("looms",)) for paper in papers], (LOOMS,))


def _html(page: Page) -> str:
    assert isinstance(page.body, Span)
    return page.body.html


def _recent_parts(catalog: Catalog) -> list[str]:
    """Return what pages show of the last days and months: latest papers, calendars, lines, what is upvoted."""
    pages = (home.make_page(catalog, "Boats", ""), statistics.make_page(catalog))
    drawn = [
        part
        for page in map(_html, pages)
        for part in re.findall(r'(?s)<svg class="pd-sparkline".*?</svg>|"l\d"[^>]*>', page)
    ]
    latest = _html(pages[0]).partition('id="latest"')[2].partition("pd-side")[0]
    return [latest, *drawn, _html(trending.make_page(catalog))]


@given(st.lists(COME, min_size=1), st.lists(AHEAD, min_size=1, max_size=3))
def test_papers_dated_ahead_change_nothing_of_what_pages_call_the_latest(
    come: list[str], ahead: list[str]
) -> None:
    papers = [_paper(n, day, "Sails") for n, day in enumerate((*come, "2026-11-28"))]
    later = [_paper(n, day, "Masts") for n, day in enumerate(ahead, len(papers))]
    catalog = _catalog([*papers, *later])
    assert _recent_parts(catalog) == _recent_parts(_catalog(papers))
    assert len(catalog.entries) == len(papers) + len(later)
    assert len(catalog.come) == len(papers)


@pytest.mark.parametrize("ahead", ["2026-12-24", "2027", "2027-03", "2027-03-06"])
def test_no_sitemap_and_no_feed_is_newer_than_the_archive(ahead: str) -> None:
    papers = [_paper(1, "2026-11-28", "Sails"), _paper(2, ahead, "Masts")]
    config = Config(title="Boats", url="https://boats.example/")
    made = dict(exports.files_of_papers(_catalog(papers), papers, config))
    days = {
        day
        for path, data in made.items()
        if "sitemap" in path
        for day in re.findall(rb"<lastmod>(.*?)</lastmod>", data)
    }
    assert days == {b"2026-11-28", b"2026-11-30"}
    assert (
        ahead.encode()
        in b"".join(path.encode() for path in made if "daily" in path) + made["feeds/all.atom"]
    )
    for path in ("feeds/all.atom", "feeds/topics/looms.atom"):
        [updated] = re.findall(rb"<updated>(.*?)</updated>", made[path].partition(b"<entry>")[0])
        assert updated == b"2026-11-28T00:00:00Z"
