"""A page for every day, week, month and year, the undated papers, and the index of dates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.periods import count_by_month, is_month, iso_week
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import charts, heatmap, paper_lists, picks, sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageKind, SitemapEntry, index_entry
from paper_digest.render.pages.period_summary import Risers, risers_by_period, summary
from paper_digest.render.pages.sidebar import count_badge
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.text.dates import format_heading, format_long_date, month_name
from paper_digest.text.language import gettext

#: Papers that a year's page lists as its most upvoted.
MAX_UPVOTED = 20


def page_groups(catalog: Catalog, page_size: int) -> Iterator[PageGroup]:
    """Make all date pages; ``page_size`` is the papers on one page of a list."""
    yield single_page_group(_index(catalog))
    date_groups, risers = [], risers_by_period(catalog)
    for kind in (catalog.by_year, catalog.by_month, catalog.by_week, catalog.by_day):
        order = list(kind)
        for number, (when, entries) in enumerate(kind.items()):
            newer = order[number - 1] if number else ""
            neighbours = newer, order[number + 1] if number + 1 < len(order) else ""
            rising = risers.get(when, Risers())
            make = partial(_date_pages, when, entries, catalog, page_size, neighbours, rising)
            picks_hash = catalog.curated.picks.hash_of_week(when)
            shown = catalog.date_hashes[when], neighbours, rising, picks_hash
            inputs = catalog.hash_entries((), *shown)
            date_groups.append(OutputGroup(f"dates/{when}", inputs, make))
    # Year by year, so that the rows of a year's papers are set once and still at hand.
    yield from sorted(date_groups, key=lambda group: group.name[: len("dates/YYYY")], reverse=True)
    if catalog.undated:
        inputs = catalog.hash_entries(catalog.undated)
        yield OutputGroup("dates/undated", inputs, partial(_undated, catalog, page_size))


def count_by_day(entries: tuple[CatalogEntry, ...]) -> dict[str, int]:
    """Count entries by day, oldest first; those without one are left out."""
    counts: dict[str, int] = {}
    for e in entries:
        if len(e.filing_date) == len("YYYY-MM-DD"):
            counts[e.filing_date] = counts.get(e.filing_date, 0) + 1
    return dict(sorted(counts.items()))


def _index(catalog: Catalog) -> Page:
    parts = [
        span.heading(1, span.text(gettext("Dates")), "dates"),
        charts.bar_chart(catalog.months, gettext("papers in the archive")),
    ]
    if not catalog.entries:
        parts.append(paragraph(span.text(paper_lists.format_paper_count(0))))
    for year, entries in catalog.by_year.items():
        label = span.page_link(span.text(year), f"dates/{year}.md") + count_badge(len(entries))
        entry = span.heading(2, label, f"y{year}"), _months(entries)
        parts.append(box("pd-overview-item", entry))
    if catalog.undated:
        label = span.page_link(span.text(gettext("Undated")), "dates/undated.md")
        entry = (
            span.heading(2, label + count_badge(len(catalog.undated)), "undated"),
            paragraph(span.text(gettext("Papers whose sources give no year."))),
        )
        parts.append(box("pd-overview-item", entry))
    meta = {"title": gettext("Dates"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("dates/index.md", meta, span.join_blocks(parts))


def _date_pages(
    when: str,
    entries: tuple[CatalogEntry, ...],
    catalog: Catalog,
    page_size: int,
    neighbours: tuple[str, str],
    rising: Risers,
) -> list[Page]:
    """Make a year's, a month's, a week's or a day's pages; ``neighbours`` is the newer and older one."""
    newer, older = neighbours
    month = len(when) == len("YYYY-MM")
    meta: dict[str, Any] = {"title": format_long_date(when)} | (
        {"export": f"exports/months/{when}"} if month else {}
    )
    if month or "-W" in when:  # the days' own pages have the blurbs
        meta["with_blurbs"] = False
    steps = (
        _date_link(older, f"← {format_long_date(older)}") if older else EMPTY,
        *_parent_links(when, entries),
        _date_link(newer, f"{format_long_date(newer)} →") if newer else EMPTY,
    )
    overview = summary(when, entries, rising, catalog) if month or "-W" in when else EMPTY
    head = [
        span.heading(1, span.text(format_heading(when)), "date"),
        paragraph(span.join(steps, " · "), "pd-meta"),
        heatmap.month_heatmap(count_by_day(entries), when) if month else EMPTY,
        overview,
        *picks.week_section(when, catalog),
    ]
    side = (
        *sidebar.topics_section(catalog.count_topics(entries), catalog),
        # A summary names the largest organisations already.
        *(() if overview else sidebar.organisations_section(entries, catalog)),
    )
    path, shown = f"dates/{when}.md", entries
    if len(when) == len("YYYY"):
        title, shown = _year_selection(entries)
        head += [heatmap.year_heatmap(count_by_day(entries), f"{when}-12-31"), _months(entries)]
        head.append(span.heading(2, span.text(title), "rest") if shown else EMPTY)
    frame = paper_lists.Frame(head, side)
    if not shown:
        return [Page(path, paper_lists.LIST_META | meta, paper_lists.lay_out(frame, ()))]
    return paper_lists.list_pages(path, meta, frame, shown, catalog, page_size)


def _year_selection(entries: tuple[CatalogEntry, ...]) -> tuple[str, tuple[CatalogEntry, ...]]:
    """Return title and papers of a year's list: those without a month, else the most upvoted."""
    rest = tuple(e for e in entries if len(e.filing_date) == len("YYYY"))
    if rest:
        return gettext("Papers without a month"), rest
    best = sorted((e for e in entries if e.upvotes), key=lambda e: (-(e.upvotes or 0), e.slug))
    return gettext("Most upvoted of the year"), tuple(best[:MAX_UPVOTED])


def _parent_links(when: str, entries: tuple[CatalogEntry, ...]) -> list[Span]:
    """Link to the longer periods that contain a date; from a week, to its days."""
    if len(when) == len("YYYY"):
        return [span.page_link(span.text(gettext("All dates")), "dates/index.md")]
    if "-W" in when:
        shown = sorted({e.filing_date for e in entries})
        return [_date_link(day, format_long_date(day)) for day in shown]
    if len(when) == len("YYYY-MM"):
        weeks = sorted({iso_week(day) for day in count_by_day(entries)})
        return [
            _date_link(when[:4], when[:4]),
            *(_date_link(name, gettext("Week {week}", week=int(name[6:]))) for name in weeks),
        ]
    return [
        _date_link(when[:7], format_long_date(when[:7])),
        _date_link(iso_week(when), format_long_date(iso_week(when))),
    ]


def _date_link(when: str, label: str) -> Span:
    return span.page_link(span.text(label), f"dates/{when}.md")


def _undated(catalog: Catalog, page_size: int) -> list[Page]:
    entries = catalog.undated
    why = gettext(
        "No source gives the year of these papers, so they are listed here and not under a guessed date; what a page printed is given as it stands there."
    )
    head = [
        span.heading(1, span.text(gettext("Undated papers")), "undated"),
        paragraph(span.page_link(span.text(gettext("All dates")), "dates/index.md"), "pd-meta"),
        paragraph(span.text(why)),
    ]
    meta = {"title": gettext("Undated papers")}
    return paper_lists.list_pages(
        "dates/undated.md", meta, paper_lists.Frame(head), entries, catalog, page_size
    )


def _months(entries: tuple[CatalogEntry, ...]) -> Span:
    return sidebar.chips(
        (_date_link(month, month_name(int(month[5:]))), n)
        for month, n in count_by_month(entries).items()
        if is_month(month)
    )


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    yield index_entry("dates/index.md", catalog)
    for lists in (catalog.by_year, catalog.by_month, catalog.by_week, catalog.by_day):
        for when, entries in lists.items():
            yield SitemapEntry(f"dates/{when}.md", entries[0].filing_date)
    if catalog.undated:
        yield SitemapEntry("dates/undated.md", "")


KIND = PageKind(
    ("dates",),
    lambda inputs: page_groups(inputs.catalog, inputs.config.page_size),
    sitemap_entries=_sitemap_entries,
)
