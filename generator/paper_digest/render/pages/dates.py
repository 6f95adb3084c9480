"""A page for every day, week, month and year, the undated papers, and the index of dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from paper_digest.catalog.catalog import Catalog, CatalogEntry, count_by_month, iso_week
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import charts, heatmap, paper_lists, sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, Pages, always
from paper_digest.render.pages.sidebar import count
from paper_digest.render.span import EMPTY, Span, paragraph

LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: Papers that a year's page lists as its most upvoted.
VOTED = 20


def groups(catalog: Catalog, size: int) -> Iterator[Pages]:
    """Make all date pages; ``size`` is the papers on one page of a list."""
    yield always(_index(catalog))
    made = []
    for kind in (catalog.by_year, catalog.by_month, catalog.by_week, catalog.by_day):
        order = list(kind)
        for number, (when, entries) in enumerate(kind.items()):
            newer = order[number - 1] if number else ""
            near = newer, order[number + 1] if number + 1 < len(order) else ""
            make = partial(_list, when, entries, catalog, size, near)
            made.append(OutputGroup(f"dates/{when}", catalog.hash_entries(entries, near), make))
    # Year by year, so that the rows of a year's papers are set once and still at hand.
    yield from sorted(made, key=lambda group: group.name[: len("dates/YYYY")], reverse=True)
    if catalog.undated:
        inputs = catalog.hash_entries(catalog.undated)
        yield OutputGroup("dates/undated", inputs, partial(_undated, catalog, size))


def said(when: str) -> str:
    """Say a day, week, month or year in full: ``20 November 2025``, ``Week 47 of 2025``."""
    if "-W" in when:
        return f"Week {int(when[6:])} of {when[:4]}"
    parts = when.split("-")
    words = [str(int(parts[2]))] if len(parts) > 2 else []  # noqa: PLR2004 - year, month, day
    words += [LONG_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    return " ".join((*words, parts[0]))


def days(entries: tuple[CatalogEntry, ...]) -> dict[str, int]:
    """Count entries by day, oldest first; those without one are left out."""
    counts: dict[str, int] = {}
    for e in entries:
        if len(e.filing_date) == len("YYYY-MM-DD"):
            counts[e.filing_date] = counts.get(e.filing_date, 0) + 1
    return dict(sorted(counts.items()))


def _index(catalog: Catalog) -> Page:
    parts = [
        span.heading(1, span.text("Dates"), "dates"),
        charts.per_month(count_by_month(catalog.entries), "papers in the archive"),
    ]
    for year, entries in catalog.by_year.items():
        label = span.page_link(span.text(year), f"dates/{year}.md") + count(len(entries))
        entry = span.heading(2, label, f"y{year}"), _months(entries)
        parts.append(box("pd-entry", entry))
    if catalog.undated:
        label = span.page_link(span.text("Undated"), "dates/undated.md")
        entry = (
            span.heading(2, label + count(len(catalog.undated)), "undated"),
            paragraph(span.text("Papers whose sources told no year.")),
        )
        parts.append(box("pd-entry", entry))
    meta = {"title": "Dates", "kind": "index", "hide": ["navigation", "toc"]}
    return Page("dates/index.md", meta, span.blocks(parts))


def _list(
    when: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, size: int, near: tuple[str, str]
) -> list[Page]:
    """Make a year's, a month's, a week's or a day's pages; ``near`` is the newer and older one."""
    newer, older = near
    month = len(when) == len("YYYY-MM")
    meta: dict[str, Any] = {"title": said(when)} | (
        {"export": f"exports/months/{when}"} if month else {}
    )
    if month or "-W" in when:  # what its days tell of their papers is not told a second time
        meta["told"] = False
    steps = (
        _to(older, f"← {said(older)}") if older else EMPTY,
        *_above(when, entries),
        _to(newer, f"{said(newer)} →") if newer else EMPTY,
    )
    head = [
        span.heading(1, span.text(headed(when)), "date"),
        paragraph(span.join(steps, " · "), "pd-facts"),
        heatmap.month_of_days(days(entries), when) if month else EMPTY,
    ]
    side = (*sidebar.topics(entries, catalog), *sidebar.organisations(entries, catalog))
    path, shown = f"dates/{when}.md", entries
    if len(when) == len("YYYY"):
        title, shown = _of_year(entries)
        head += [heatmap.year_of_days(days(entries), f"{when}-12-31"), _months(entries)]
        head.append(span.heading(2, span.text(title), "rest") if shown else EMPTY)
    frame = paper_lists.Frame(head, side)
    if not shown:
        return [Page(path, paper_lists.META | meta, paper_lists.laid_out(frame, ()))]
    return paper_lists.pages(path, meta, frame, shown, catalog, size)


def _of_year(entries: tuple[CatalogEntry, ...]) -> tuple[str, tuple[CatalogEntry, ...]]:
    """Choose what a year lists, for its months list the rest: papers that have none, or the best."""
    rest = tuple(e for e in entries if len(e.filing_date) == len("YYYY"))
    if rest:
        return "Without a month", rest
    best = sorted((e for e in entries if e.upvotes), key=lambda e: (-(e.upvotes or 0), e.slug))
    return "Most upvoted of the year", tuple(best[:VOTED])


def headed(when: str) -> str:
    """Say a date as a heading does, a day with its weekday: ``Thursday, 20 November 2025``."""
    if len(when) < len("YYYY-MM-DD"):
        return said(when)
    return f"{WEEKDAYS[date.fromisoformat(when).weekday()]}, {said(when)}"


def _above(when: str, entries: tuple[CatalogEntry, ...]) -> list[Span]:
    """Link to what a date is a part of."""
    if len(when) == len("YYYY"):
        return [span.page_link(span.text("All dates"), "dates/index.md")]
    if "-W" in when:
        shown = sorted({e.filing_date for e in entries})
        return [_to(day, said(day)) for day in shown]
    if len(when) == len("YYYY-MM"):
        weeks = sorted({iso_week(day) for day in days(entries)})
        return [_to(when[:4], when[:4]), *(_to(name, f"Week {int(name[6:])}") for name in weeks)]
    return [_to(when[:7], said(when[:7])), _to(iso_week(when), said(iso_week(when)))]


def _to(when: str, label: str) -> Span:
    return span.page_link(span.text(label), f"dates/{when}.md")


def _undated(catalog: Catalog, size: int) -> list[Page]:
    entries = catalog.undated
    why = "No source told the year of these papers, so they stand here and not under a guess."
    head = [
        span.heading(1, span.text("Undated papers"), "undated"),
        paragraph(span.page_link(span.text("All dates"), "dates/index.md"), "pd-facts"),
        paragraph(span.text(why)),
    ]
    meta = {"title": "Undated papers"}
    return paper_lists.pages(
        "dates/undated.md", meta, paper_lists.Frame(head), entries, catalog, size
    )


def _months(entries: tuple[CatalogEntry, ...]) -> Span:
    return sidebar.chips(
        (_to(month, LONG_MONTHS[int(month[5:]) - 1]), n)
        for month, n in count_by_month(entries).items()
    )
