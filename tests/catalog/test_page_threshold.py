"""Names with a page of their own: never more than there is room for, and none by chance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.page_threshold import (
    MIN_NAME_PAGES,
    PAPERS_PER_NAME_PAGE,
    names_with_pages,
)


@given(st.lists(st.integers(1, 6), max_size=60), st.integers(0, 5000), st.integers(1, 3))
def test_no_more_names_than_there_is_room_for(sizes: list[int], papers: int, least: int) -> None:
    found = {f"n{n}": ["paper"] * size for n, size in enumerate(sizes * 50)}
    taken = names_with_pages(found, papers, least)
    assert len(taken) <= max(MIN_NAME_PAGES, papers // PAPERS_PER_NAME_PAGE)
    left = {len(own) for name, own in found.items() if name not in taken}
    assert all(len(own) >= least and len(own) not in left for own in taken.values())
    enough = [own for own in found.values() if len(own) >= least]
    assert len(taken) == len(enough) or len(enough) > MIN_NAME_PAGES


def _entries(papers: int, authors: int) -> list[CatalogEntry]:
    """Make papers of which each author wrote two, but for the first, who wrote all."""
    return [
        CatalogEntry(
            id=f"arxiv:2501.{n:05}", slug=f"2501.{n:05}", title="", filing_date="", published="",
            authors=("A. First", f"B. Second{n % authors}"), author_count=2, topics=(), blurb="",
            has_digest=False, upvotes=None, links=(), organisation=f"O{n % 7}",
        )
        for n in range(papers)
    ]  # fmt: skip


def test_a_large_archive_has_pages_for_frequent_authors_alone() -> None:
    small, large = Catalog(_entries(1000, 500), ()), Catalog(_entries(4000, 2000), ())
    assert len(small.by_author) == 501
    assert list(large.by_author) == ["A. First"]
    assert len(large.by_organisation) == 7
    assert len(Catalog(_entries(4000, 2000), (), author_pages=2).by_author) == 2001
    assert not Catalog(_entries(10, 5), (), author_pages=0).by_author
