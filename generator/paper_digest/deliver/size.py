"""The size of a built site by kind of file, and when it will exceed its budget."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from paper_digest.model.counted import counted
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.store.runs.log import Run

#: Days looked back from the last run to tell how fast the archive grows, and the fewest that tell.
LOOKBACK_DAYS = 365
MIN_DAYS = 14
#: A run that asked for days longer past than this fills the past, which does not come again.
MAX_DAYS_LATE = 30
#: An operator is warned so long before the budget is reached: time to choose another host.
WARNING_YEARS = 1

#: Weekdays of a year.
WEEKDAYS_PER_YEAR = 261

#: Papers' former addresses, in all forms. Their pages are small; no larger one is read to tell.
_MOVED = "former addresses of papers"
_MAX_REDIRECT_BYTES = 8192

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


#: What lies beside a paper's page, by the ending of its name.
_COMPANIONS = {"md": "pages as Markdown", "bib": "citation files", "json": "API and dump"}


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
    files = list(_files(str(site), ""))
    redirects = {
        _address(path)
        for path, size in files
        if size <= _MAX_REDIRECT_BYTES and _is_redirect(site, path)
    }
    sizes, numbers, papers = Counter[str](), Counter[str](), 0
    for path, size in files:
        kind = _MOVED if _address(path) in redirects else _kind(path)
        sizes[kind] += size
        numbers[kind] += 1
        papers += kind == "paper pages"
    return SiteSize(tuple((kind, n, numbers[kind]) for kind, n in sizes.most_common()), papers)


def _address(path: str) -> str:
    """Return what a paper's page, Markdown and record share of their paths: ``papers/<slug>``."""
    return re.sub(r"/index\.html$|\.md$|\.json$", "", path.removeprefix("api/"))


def _is_redirect(site: Path, path: str) -> bool:
    """Tell whether a page under ``papers/`` leads to a paper's present address."""
    if not (path.startswith("papers/") and path.endswith("/index.html")):
        return False
    return b'http-equiv="refresh"' in (site / path).read_bytes()


def papers_per_weekday(runs: Iterable[Run]) -> float | None:
    """Return how many papers the runs of the archive's last year brought per weekday.

    Dates of papers say nothing of this: who takes in the papers of ten years today gets no year's
    worth of them tomorrow. Runs that filled the past are left out for the same reason.

    Args:
        runs: all runs of the archive.

    Returns:
        ``None`` where the runs lie within ``MIN_DAYS`` days: it is too early to say.
    """
    regular = [
        (date.fromisoformat(run.started[:10]), run.new)
        for run in runs
        if _days_late(run) <= MAX_DAYS_LATE
    ]
    if not regular:
        return None
    last = max(day for day, _ in regular)
    first = max(min(day for day, _ in regular), last - timedelta(LOOKBACK_DAYS))
    days = (last - first).days
    if days < MIN_DAYS:
        return None
    # What the first run brought had gathered before it.
    return sum(new for day, new in regular if day > first) / (days * WEEKDAYS_PER_YEAR / 365)


def _days_late(run: Run) -> int:
    return (date.fromisoformat(run.started[:10]) - date.fromisoformat(run.until)).days


def years_left(site_size: SiteSize, rate: float | None, budget_bytes: int) -> float | None:
    """Return in how many years a site reaches its budget; ``None`` where that cannot be told."""
    if not (rate and budget_bytes and site_size.paper_pages):
        return None
    bytes_per_year = site_size.total / site_size.paper_pages * rate * WEEKDAYS_PER_YEAR
    return max(0.0, (budget_bytes - site_size.total) / bytes_per_year)


def report_lines(site_size: SiteSize, rate: float | None, budget_bytes: int) -> Iterator[str]:
    """Yield lines on a site's size and how long its budget lasts; a budget of 0 is none."""
    papers = site_size.paper_pages
    for kind, size, number in site_size.kinds:
        share = size / max(1, site_size.total)
        each = f", {size / papers / 1000:,.1f} KB a paper" if papers else ""
        yield f"{size / 1e6:10,.1f} MB {share:4.0%}  {kind} ({counted(number, 'file')}{each})"
    yield f"{site_size.total / 1e6:10,.1f} MB       total"
    if not papers:
        return
    bytes_per_paper = site_size.total / papers
    yield f"{counted(papers, 'paper')}, {bytes_per_paper / 1000:,.1f} KB each on average: {counted(round(1e9 / bytes_per_paper), 'paper')} per GB."
    papers_left = (budget_bytes - site_size.total) / bytes_per_paper
    if not budget_bytes or papers_left < 0:
        return
    more = counted(round(papers_left), "more paper fits", "more papers fit")
    yield f"{more} into the budget of {budget_bytes / 1e6:,.0f} MB; {_forecast(rate, years_left(site_size, rate, budget_bytes))}."


def _forecast(rate: float | None, years: float | None) -> str:
    if rate is None:
        return f"when it is reached can be told after {MIN_DAYS} days of runs"
    if years is None:
        return "no run of the last year brought a paper"
    months = round(years * 12)
    span = counted(round(years), "year") if years >= 2 else counted(months, "month")  # noqa: PLR2004 - as people say it
    return f"at {rate:,.1f} new papers per weekday, as in the runs of the last year, it is reached in {span}"


def budget_warning(years: float | None) -> str:
    """Return a line that warns an operator whose site reaches its budget within a year; else ""."""
    if years is None or years > WARNING_YEARS:
        return ""
    return (
        f"the site reaches its budget in {counted(round(years * 12), 'month')}; "
        "see “Past one gigabyte” and “Publish to another host” in the manual, How to"
    )


def budget_problems(site_size: SiteSize, budget_bytes: int) -> list[Problem]:
    """Return one problem, with its cure, if a site exceeds its budget; else none."""
    if not budget_bytes or site_size.total <= budget_bytes:
        return []
    what = (
        f"the site has {site_size.total / 1e6:,.0f} MB, its budget is {budget_bytes / 1e6:,.0f} MB"
    )
    cure = "raise budget in archive.yml if the host allows it, or see “Past one gigabyte” and “Publish to another host” in the manual, How to"
    return [Problem("archive.yml", what, cure=cure)]


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
    if top == "papers" and not path.endswith("/index.html"):
        return _COMPANIONS.get(path.rpartition(".")[2], "other pages")
    return _KINDS.get(top, "other pages") if "/" in path else "other pages"
