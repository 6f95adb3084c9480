"""What a built site weighs, by kind of file, and when it outgrows its host at the archive's rate."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from paper_digest.model.paper import StrictStruct

#: Days looked back from the newest paper to tell how many are added.
REACH = 365

#: Weekdays of a year.
WEEKDAYS = 261

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


class Weight(StrictStruct, frozen=True):
    """Bytes and files of each kind, the heaviest kind first; ``papers`` is the number of pages."""

    kinds: tuple[tuple[str, int, int], ...]
    papers: int

    @property
    def total(self) -> int:
        """All bytes of the site, as a host counts them: unpacked."""
        return sum(size for _, size, _ in self.kinds)


def of_site(site: Path) -> Weight:
    """Weigh the files of a built site."""
    sizes, numbers, papers = Counter[str](), Counter[str](), 0
    for path, size in _files(str(site), ""):
        kind = _kind(path)
        sizes[kind] += size
        numbers[kind] += 1
        papers += kind == "paper pages"
    return Weight(tuple((kind, n, numbers[kind]) for kind, n in sizes.most_common()), papers)


def per_weekday(days: Iterable[str]) -> float:
    """Tell how many papers were added per weekday in the archive's last year.

    Args:
        days: the day of each paper, ISO; shorter dates and "" are left out.
    """
    known = sorted(day for day in days if len(day) == len("YYYY-MM-DD"))
    if not known:
        return 0.0
    newest = date.fromisoformat(known[-1])
    first = max(date.fromisoformat(known[0]), newest - timedelta(REACH - 1))
    recent = sum(day >= first.isoformat() for day in known)
    span = (newest - first).days + 1
    return recent / max(1.0, span * WEEKDAYS / REACH)


def report(weight: Weight, rate: float, budget: int) -> Iterator[str]:
    """Say what a site weighs and how long its budget lasts; ``budget`` is in bytes, 0 for none."""
    for kind, size, number in weight.kinds:
        share = size / max(1, weight.total)
        yield f"{size / 1e6:10,.1f} MB {share:4.0%}  {kind} ({number:,} files)"
    yield f"{weight.total / 1e6:10,.1f} MB       in all"
    if not weight.papers:
        return
    each = weight.total / weight.papers
    yield f"{weight.papers:,} papers, {each / 1000:,.1f} KB each, all in: {1e9 / each:,.0f} papers per GB."
    if not budget:
        return
    left = (budget - weight.total) / each
    if left < 0:
        return
    said = f"{left:,.0f} more papers fit into the budget of {budget / 1e6:,.0f} MB"
    if rate:
        years = left / rate / WEEKDAYS
        span = f"{years:,.0f} years" if years >= 2 else f"{years * 12:,.0f} months"  # noqa: PLR2004 - as people say it
        said += f": at {rate:,.1f} papers per weekday it is reached in {span}"
    yield said + "."


def over(weight: Weight, budget: int) -> list[str]:
    """Return the one problem there is if a site outgrew its budget, with its cure."""
    if not budget or weight.total <= budget:
        return []
    what = f"the site has {weight.total / 1e6:,.0f} MB, its budget is {budget / 1e6:,.0f} MB"
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
