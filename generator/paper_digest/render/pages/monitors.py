"""A page for every monitor, a query that the archive asks itself in each build, and the index of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from urllib.parse import quote_plus

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.catalog.periods import count_by_month
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import charts, paper_lists, sidebar
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageKind, SitemapEntry, index_entry
from paper_digest.render.sentence import sentence
from paper_digest.render.span import Span, paragraph
from paper_digest.text.language import gettext, ngettext

#: Days that count as new beside a monitor's name, back from the archive's newest paper.
NEW_DAYS = 7


def page_groups(catalog: Catalog, page_size: int) -> Iterator[PageGroup]:
    """Make the index and each monitor's pages; nothing in an archive without monitors."""
    if not catalog.monitors:
        return
    yield single_page_group(_index(catalog))
    for monitor in catalog.monitors:
        entries = catalog.monitored(monitor)
        shown = (monitor.title, monitor.query, monitor.corrections)
        make = partial(_monitor_pages, monitor, entries, catalog, page_size)
        inputs_hash = catalog.hash_entries(entries, *shown)
        yield OutputGroup(monitor.page_path.removesuffix(".md"), inputs_hash, make)


def new_papers(monitor: MonitoredPapers, catalog: Catalog) -> tuple[CatalogEntry, ...]:
    """Return the papers of a monitor that were filed in the archive's last ``NEW_DAYS`` days."""
    newest = catalog.present_day
    if not newest:
        return ()
    first = (date.fromisoformat(newest) - timedelta(NEW_DAYS - 1)).isoformat()
    return tuple(e for e in catalog.monitored(monitor) if first <= e.filing_date <= newest)


def sidebar_section(catalog: Catalog) -> list[Span]:
    """List the monitors with their new papers, for the home page."""
    title = span.page_link(
        span.text(gettext("Monitors, new in {days} days", days=NEW_DAYS)), "monitors/index.md"
    )
    items = (
        (span.page_link(span.text(m.title), m.page_path), len(new_papers(m, catalog)))
        for m in catalog.monitors
    )
    return sidebar.counted_section(title, "monitors", items)


def _index(catalog: Catalog) -> Page:
    lines = []
    for monitor in catalog.monitors:
        entries = catalog.monitored(monitor)
        count = paper_lists.format_paper_count(len(entries))
        new = ngettext(
            "{n} new in {days} days",
            "{n} new in {days} days",
            len(new_papers(monitor, catalog)),
            days=NEW_DAYS,
        )
        words = [count, new]
        facts = span.text(" · ".join(words))
        newest = next((e.filing_date for e in catalog.that_came(entries)), "")
        if newest:
            facts += sentence(" · " + gettext("newest {date}"), date=span.time_element(newest))
        link = span.page_link(span.text(monitor.title), monitor.page_path)
        lines.append([paragraph(link), paragraph(facts, "pd-meta")])
    parts = [
        span.heading(1, span.text(gettext("Monitors")), "monitors"),
        paragraph(
            span.text(gettext("Questions that this archive answers anew whenever papers come."))
        ),
        span.bullet_list(lines),
    ]
    meta = {"title": gettext("Monitors"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("monitors/index.md", meta, span.join_blocks(parts))


def _monitor_pages(
    monitor: MonitoredPapers, entries: tuple[CatalogEntry, ...], catalog: Catalog, page_size: int
) -> list[Page]:
    above = span.page_link(span.text(gettext("All monitors")), "monitors/index.md")
    asked = sentence(
        gettext("Papers that have all of: {query}"), query=_unbroken_words(monitor.query)
    )
    head = [
        span.heading(1, span.text(monitor.title), "monitor"),
        paragraph(above, "pd-meta"),
        paragraph(span.join((asked, _search_link(monitor)), " · ")),
        *(
            paragraph(
                span.text(
                    gettext(
                        "No paper has “{typed}”; “{meant}” was looked for.",
                        typed=typed,
                        meant=meant,
                    )
                ),
                "pd-banner",
            )
            for typed, meant in monitor.corrections
        ),
        charts.bar_chart(count_by_month(entries), gettext("papers of {name}", name=monitor.title)),
    ]
    meta = {"title": monitor.title, "feed": monitor.feed_path}
    frame = paper_lists.Frame(head, sidebar.topics_section(catalog.count_topics(entries), catalog))
    return paper_lists.list_pages(monitor.page_path, meta, frame, entries, catalog, page_size)


def _unbroken_words(query: str) -> Span:
    """Set a query whose words end no line at the minus before them."""
    before, after = span.html('<span class="pd-nowrap">'), span.html("</span>")
    return span.join(
        before + span.text(word) + after if word.startswith("-") else span.text(word)
        for word in query.split()
    )


def _search_link(monitor: MonitoredPapers) -> Span:
    """Link to the same question on the search page."""
    address = f"../../search/?q={quote_plus(monitor.query)}&amp;order=date"
    return span.html(f'<a href="{address}">{gettext("Ask it on the search page")}</a>')


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    if catalog.monitors:
        yield index_entry("monitors/index.md", catalog)
    for monitor in catalog.monitors:
        entries = catalog.monitored(monitor)
        yield SitemapEntry(monitor.page_path, entries[0].filing_date if entries else "")


KIND = PageKind(
    ("monitors",),
    lambda inputs: page_groups(inputs.catalog, inputs.config.page_size),
    sitemap_entries=_sitemap_entries,
)
