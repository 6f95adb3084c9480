"""Which authors and organisations have a page: those on enough papers, up to a number of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

#: Any archive has room for so many pages of names, a large one for one page per so many papers:
#: these pages repeat papers that other lists show too.
MIN_NAME_PAGES, PAPERS_PER_NAME_PAGE = 1000, 50

Item = TypeVar("Item")


def names_with_min_papers(
    papers_by_name: Mapping[str, list[Item]], min_papers: int
) -> dict[str, tuple[Item, ...]]:
    """Take the names on at least so many papers; ``papers_by_name`` are the papers of each name."""
    return {
        name: tuple(papers) for name, papers in papers_by_name.items() if len(papers) >= min_papers
    }


def names_with_pages(
    papers_by_name: Mapping[str, list[Item]], archive_papers: int, min_papers: int
) -> dict[str, tuple[Item, ...]]:
    """Take the names on at least so many papers, or on more if an archive of ``archive_papers`` lacks room.

    Names on equally many papers are treated alike, so fewer may be taken than there is room for.
    """
    max_names = max(MIN_NAME_PAGES, archive_papers // PAPERS_PER_NAME_PAGE)
    sizes = sorted(map(len, papers_by_name.values()), reverse=True)
    return names_with_min_papers(
        papers_by_name,
        max(min_papers, sizes[max_names] + 1) if len(sizes) > max_names else min_papers,
    )
