"""The size of a built site by kind of file, and when it will exceed its budget."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from paper_digest.model.errors import DigestError
from paper_digest.model.strict import StrictStruct

#: Days looked back from the newest paper to tell how many are added.
LOOKBACK_DAYS = 365

#: Weekdays of a year.
WEEKDAYS_PER_YEAR = 261

_KINDS = {
    "papers": "paper pages",
    "api": "API and dump",
    "feeds": "feeds",
    "exports": "citation files",
    "sitemaps": "sitemaps",
    "search": "search",
    "assets": "styles, scripts, images",
    "topics": "lists",
    "dates": "lists",
    "authors": "lists",
    "organisations": "lists",
}


class SiteSize(StrictStruct, frozen=True):
    """Bytes and files of each kind, the largest kind first; ``paper_pages`` is the number of paper pages."""

    kinds: tuple[tuple[str, int, int], ...]
    paper_pages: int

    @property
    def total(self) -> int:
        """All bytes of the site's files."""
        return sum(size for _, size, _ in self.kinds)


def measure_site(site: Path) -> SiteSize:
    """Add up the files of a built site by kind.

    Raises:
        DigestError: there is none.
    """
    if not site.is_dir():
        raise DigestError(str(site), "holds no built site", "run `mkdocs build` first")
    sizes, numbers, papers = Counter[str](), Counter[str](), 0
    for path, size in _files(str(site), ""):
        kind = _kind(path)
        sizes[kind] += size
        numbers[kind] += 1
        papers += kind == "paper pages"
    return SiteSize(tuple((kind, n, numbers[kind]) for kind, n in sizes.most_common()), papers)


def papers_per_weekday(days: Iterable[str]) -> float:
    """Return the papers added per weekday in the archive's last year.

    Args:
        days: the day of each paper, ISO; shorter dates and "" are left out.
    """
    full_dates = sorted(day for day in days if len(day) == len("YYYY-MM-DD"))
    if not full_dates:
        return 0.0
    newest = date.fromisoformat(full_dates[-1])
    first = max(date.fromisoformat(full_dates[0]), newest - timedelta(LOOKBACK_DAYS - 1))
    recent = sum(day >= first.isoformat() for day in full_dates)
    span = (newest - first).days + 1
    return recent / max(1.0, span * WEEKDAYS_PER_YEAR / LOOKBACK_DAYS)


def report_lines(site_size: SiteSize, rate: float, budget_bytes: int) -> Iterator[str]:
    """Yield lines on a site's size and how long its budget lasts; a budget of 0 is none."""
    for kind, size, number in site_size.kinds:
        share = size / max(1, site_size.total)
        yield f"{size / 1e6:10,.1f} MB {share:4.0%}  {kind} ({number:,} files)"
    yield f"{site_size.total / 1e6:10,.1f} MB       total"
    if not site_size.paper_pages:
        return
    bytes_per_paper = site_size.total / site_size.paper_pages
    yield f"{site_size.paper_pages:,} papers, {bytes_per_paper / 1000:,.1f} KB each on average: {1e9 / bytes_per_paper:,.0f} papers per GB."
    if not budget_bytes:
        return
    papers_left = (budget_bytes - site_size.total) / bytes_per_paper
    if papers_left < 0:
        return
    sentence = f"{papers_left:,.0f} more papers fit into the budget of {budget_bytes / 1e6:,.0f} MB"
    if rate:
        years = papers_left / rate / WEEKDAYS_PER_YEAR
        span = f"{years:,.0f} years" if years >= 2 else f"{years * 12:,.0f} months"  # noqa: PLR2004 - as people say it
        sentence += f": at {rate:,.1f} papers per weekday it is reached in {span}"
    yield sentence + "."


def budget_problems(site_size: SiteSize, budget_bytes: int) -> list[str]:
    """Return one problem, with its cure, if a site exceeds its budget; else none."""
    if not budget_bytes or site_size.total <= budget_bytes:
        return []
    what = (
        f"the site has {site_size.total / 1e6:,.0f} MB, its budget is {budget_bytes / 1e6:,.0f} MB"
    )
    cure = "raise budget in archive.yml if the host allows it, or publish elsewhere (README.md)"
    return [f"archive.yml: {what}; {cure}"]


def _files(place: str, below: str) -> Iterator[tuple[str, int]]:
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry.stat().st_size


def _kind(path: str) -> str:
    top = path.partition("/")[0]
    if path.startswith("assets/search/"):
        return "search"
    if top == "papers" and path.endswith(".md"):
        return "pages as Markdown"
    return _KINDS.get(top, "other pages") if "/" in path else "other pages"
