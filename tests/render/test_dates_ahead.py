"""A paper dated months ahead, as publishers date issues, is the newest of no page, feed or sitemap."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.builder.name_feeds import list_feeds
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.model.paper import Author, Claim, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render import exports
from paper_digest.render.pages import curated_lists, home, statistics, trending
from paper_digest.render.pages.page import Page
from paper_digest.render.span import Span
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import CuratedList, ListItem

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
        authors=(Author("Ada Quill"),),
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


def _both(come: list[str], ahead: list[str]) -> tuple[list[Paper], list[Paper]]:
    papers = [_paper(n, day, "Sails") for n, day in enumerate((*come, "2026-11-28"))]
    return papers, [_paper(n, day, "Masts") for n, day in enumerate(ahead, len(papers))]


#: Papers whose day has come, and papers dated ahead.
BOTH = st.builds(_both, st.lists(COME, min_size=1), st.lists(AHEAD, min_size=1, max_size=3))


@given(BOTH)
def test_papers_dated_ahead_change_nothing_of_what_pages_call_the_latest(
    both: tuple[list[Paper], list[Paper]],
) -> None:
    papers, later = both
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
    assert f"api/daily/{ahead[:4]}.json" in made
    for path in ("feeds/all.atom", "feeds/topics/looms.atom"):
        [updated] = re.findall(rb"<updated>(.*?)</updated>", made[path].partition(b"<entry>")[0])
        assert updated == b"2026-11-28T00:00:00Z"


@given(BOTH)
def test_a_paper_dated_ahead_comes_into_feeds_with_its_day(
    both: tuple[list[Paper], list[Paper]],
) -> None:
    papers, later = both
    config = Config(title="Boats", url="https://boats.example/")

    def feeds(some: list[Paper]) -> dict[str, bytes]:
        catalog = _catalog(some)
        monitor = MonitoredPapers("sea", "Sea", "sea", tuple(e.slug for e in catalog.entries))
        catalog = Catalog(catalog.entries, (LOOMS,), author_pages=1)
        catalog.monitors = (monitor,)
        made = exports.files_of_papers(catalog, some, config, list_feeds(catalog, config))
        return {path: data for path, data in made if path.startswith("feeds/")}

    assert feeds([*papers, *later]) == feeds(papers)
    assert {*feeds(papers)} > {"feeds/monitors/sea.atom", "feeds/authors/ada-quill.atom"}
    # Of papers that are all dated ahead there is no newest one: their feeds have them.
    assert b"Masts" in feeds(later)["feeds/all.atom"]


@pytest.mark.parametrize("ahead", ["2027", "2027-03", "2027-03-06"])
def test_lists_that_are_cut_have_what_came_first(ahead: str) -> None:
    papers = [_paper(1, "2026-11-28", "Sails"), _paper(2, ahead, "Masts")]
    made = dict(exports.files_of_papers(_catalog(papers), papers, Config(title="Boats")))
    text = made["llms-full/looms.txt"]
    assert 0 < text.index(b"Sails") < text.index(b"Masts")
    index = msgspec.json.decode(made["api/index.json"])
    assert index["newest_day"] == "2026-11-28"
    assert index["dates"].keys() >= ({ahead} if len(ahead) == len("2027-03-06") else set())


@pytest.mark.parametrize("ahead", ["2027", "2027-03", "2027-03-06"])
def test_a_chosen_paper_without_a_day_has_its_own_in_the_lists_feed_when_it_came(
    ahead: str,
) -> None:
    papers = [_paper(1, "2026-11-28", "Sails"), _paper(2, ahead, "Masts")]
    catalog = _catalog(papers)
    items = tuple(ListItem(paper=p.id, slug=p.slug) for p in papers)
    one = CuratedList(name="course", title="Course", items=items)
    assert [day for day, _ in curated_lists.dated_items(one, catalog)] == ["2026-11-28"]
    one = CuratedList(
        name="course", title="Course", items=(ListItem(slug=papers[1].slug, added="2026-11-30"),)
    )
    assert [day for day, _ in curated_lists.dated_items(one, catalog)] == ["2026-11-30"]


@pytest.mark.parametrize("ahead", ["2027", "2027-03", "2027-03-06"])
def test_a_paper_that_was_announced_is_not_dated_ahead_in_feeds(ahead: str) -> None:
    paper = _paper(1, ahead, "Sails")
    paper = msgspec.structs.replace(paper, announced="2026-11-28", sightings=())
    made = dict(exports.files_of_papers(_catalog([paper]), [paper], Config(title="Boats")))
    for path in ("feeds/all.atom", "feeds/all.json"):
        assert b"2026-11-28T00:00:00Z" in made[path]
        assert ahead.encode() not in made[path]
