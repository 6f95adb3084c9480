"""The statistics page: each chart with the table of its numbers."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from paper_digest.catalog.catalog import Catalog
from paper_digest.render import span
from paper_digest.render.pages import charts, organisations, sidebar
from paper_digest.render.pages.blocks import table
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.render.pages.page_kind import PageKind, index_entry
from paper_digest.render.pages.paper_lists import format_paper_count
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    format_number,
    gettext,
    gettext_noop,
    ngettext,
)

#: Lines of a table of organisations or hosts.
MAX_TABLE_ROWS = 20

#: Years of the table of topics: a phone's width has no more.
MAX_YEARS = 5

#: Which of its dates a paper is counted by (``filing_date``).
_DATE_COUNTED = gettext_noop(
    "A paper is counted by the day on which a list first announced it, or, where none did, by the "
    "date of its first version. Papers without a date are in no chart."
)

#: Months that a topic's line spans.
TREND_MONTHS = 24


def make_page(catalog: Catalog) -> Page:
    """Make the page."""
    parts = [
        span.heading(1, span.text(gettext("Statistics")), "statistics"),
        paragraph(_figures(catalog)),
        *_months(catalog),
        *_topics(catalog),
        *_ranking_table(
            gettext("Organisations"),
            "organisations",
            _organisations(catalog),
            organisations.who_is_named(catalog),
        ),
        *_ranking_table(
            gettext("Code hosts"),
            "hosts",
            _hosts(catalog),
            gettext(
                "Papers with a link to code there; one with several links to a host is counted once."
            ),
        ),
    ]
    meta = {"title": gettext("Statistics"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("statistics.md", meta, span.join_blocks(parts))


def _figures(catalog: Catalog) -> Span:
    entries = catalog.entries
    with_digest = sum(e.has_digest for e in entries)
    with_code = sum(any(link.kind == "code" for link in e.links) for e in entries)
    author_count, undated = catalog.author_count, len(catalog.undated)
    organisation_count = len({e.organisation for e in entries} - {""})
    figures = (
        (author_count, ngettext("{n} author name", "{n} author names", author_count)),
        (organisation_count, ngettext("{n} organisation", "{n} organisations", organisation_count)),
        (with_digest, gettext("{number} with a digest", number=format_number(with_digest))),
        (with_code, gettext("{number} with code", number=format_number(with_code))),
        (undated, gettext("{number} without a date", number=format_number(undated))),
    )
    # That no source names any is no figure of the papers.
    words = [figure for number, figure in figures if number]
    return span.text(" · ".join((format_paper_count(len(entries)), *words)))


def _months(catalog: Catalog) -> list[Span]:
    counts = charts.counts_by_period(catalog.months)
    rows = [
        (span.page_link(span.text(format_date(when)), f"dates/{when}.md"), _number(count))
        for when, count in reversed(counts.items())
        if count
    ]
    if not rows:
        return []
    return [
        span.heading(2, span.text(gettext("Papers over time")), "time"),
        paragraph(span.text(gettext(_DATE_COUNTED)), "pd-small"),
        charts.bar_chart(catalog.months, gettext("papers in the archive")),
        span.details(
            gettext("Papers by period"), table((gettext("Period"), gettext("Papers")), rows)
        ),
    ]


def _topics(catalog: Catalog) -> list[Span]:
    if not catalog.entries:
        return []
    last = catalog.present_day
    years = sorted(catalog.by_year, reverse=True)[:MAX_YEARS]
    rows, figures = [], []
    for topic in catalog.child_topics[""]:
        entries = catalog.by_topic[topic.name]
        name = span.isolate(span.text(topic.title))
        link = span.page_link(name, f"topics/{topic.name}.md")
        line = (
            charts.sparkline(
                charts.recent_counts(catalog.topic_months[topic.name], last, TREND_MONTHS)
            )
            if last
            else span.EMPTY
        )
        rows.append((link, line, _number(len(entries))))
        by_year = catalog.topic_years[topic.name]
        figures.append((name, *(_number(len(by_year.get(year, ()))) for year in years)))
    title = gettext("Papers by topic and year")
    if len(catalog.by_year) > len(years):  # without it the table would seem to have all
        shown = gettext("{first} to {last}", first=years[-1], last=years[0])
        title = gettext("{label}: {title}", label=title, title=shown)
    by_year_table = span.details(title, table((gettext("Topic"), *years), figures))
    return [
        span.heading(2, span.text(gettext("Topics over time")), "topics"),
        table(
            (
                gettext("Topic"),
                gettext("Last {number} months", number=TREND_MONTHS),
                gettext("Papers"),
            ),
            rows,
        ),
        *([by_year_table] if years else ()),
    ]


def _organisations(catalog: Catalog) -> list[tuple[Span, int]]:
    ranked = organisations.organisations_by_size(catalog)
    return [(sidebar.organisation_link(name, catalog), number) for name, number in ranked]


def _hosts(catalog: Catalog) -> list[tuple[Span, int]]:
    hosts = Counter(
        host
        for e in catalog.entries
        for host in {_host(link.url) for link in e.links if link.kind == "code"}
    )
    return [(span.text(host), number) for host, number in hosts.most_common()]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _ranking_table(
    title: str, anchor: str, counts: list[tuple[Span, int]], note: str
) -> list[Span]:
    """Set the largest of a kind; ``note`` says how many papers the numbers are of."""
    if not counts:
        return []
    if len(counts) > MAX_TABLE_ROWS:
        shown, total = format_number(MAX_TABLE_ROWS), format_number(len(counts))
        cut = gettext("The {number} with the most papers of {total}.", number=shown, total=total)
        note = f"{note} {cut}"
    most = max(number for _, number in counts)
    rows = [
        (label, _bar(number / most), _number(number)) for label, number in counts[:MAX_TABLE_ROWS]
    ]
    head = (title, gettext("Relative size"), gettext("Papers"))
    heading = span.heading(2, span.text(title), anchor)
    return [heading, paragraph(span.text(note), "pd-small"), table(head, rows)]


def _bar(share: float) -> Span:
    # An SVG, because the pages' Content-Security-Policy allows no style attribute.
    return span.html(
        '<svg class="pd-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{share * 100:.0f}" height="1"></rect></svg>'
    )


def _number(number: int) -> Span:
    return span.text(format_number(number))


KIND = PageKind(
    ("statistics.md",),
    lambda inputs: (single_page_group(make_page(inputs.catalog)),),
    sitemap_entries=lambda catalog: (index_entry("statistics.md", catalog),),
)
