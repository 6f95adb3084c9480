"""Which authors and organisations have a page: those on enough papers, up to a number of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

#: Any archive has room for so many pages of names, a large one for one page per so many papers:
#: these pages repeat papers that other lists show too.
MIN_NAME_PAGES, PAPERS_PER_NAME_PAGE = 1000, 50

Item = TypeVar("Item")


def names_with_pages(
    papers_by_name: Mapping[str, list[Item]], archive_papers: int, min_papers: int
) -> dict[str, tuple[Item, ...]]:
    """Take the names on at least so many papers (``papers_for_page``); ``papers_by_name`` are those of each name."""
    least = papers_for_page(map(len, papers_by_name.values()), archive_papers, min_papers)
    return {name: tuple(papers) for name, papers in papers_by_name.items() if len(papers) >= least}


def papers_for_page(paper_counts: Iterable[int], archive_papers: int, min_papers: int) -> int:
    """Return the papers a name needs for a page: so many, or more if an archive of ``archive_papers`` lacks room.

    Names on equally many papers are treated alike, so fewer may have one than there is room for.
    ``paper_counts`` says on how many papers each name is.
    """
    max_names = max(MIN_NAME_PAGES, archive_papers // PAPERS_PER_NAME_PAGE)
    sizes = sorted(paper_counts, reverse=True)
    return max(min_papers, sizes[max_names] + 1) if len(sizes) > max_names else min_papers
