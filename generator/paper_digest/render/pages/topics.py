"""A page for every topic, and the index of topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.periods import is_month
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.topic import Topic
from paper_digest.render import span
from paper_digest.render.pages import charts, paper_lists, sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageKind, SitemapEntry, index_entry
from paper_digest.render.pages.paper_rows import topic_link
from paper_digest.render.pages.sidebar import count_badge
from paper_digest.render.sentence import sentence
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    format_number,
    gettext,
    ngettext,
)

#: Papers of a topic whose life is worth a line.
MIN_PAPERS_OF_A_LIFE = 10

#: Of the dated papers of a topic, those with a month, where a month is named in which most came.
MIN_SHARE_WITH_MONTH = 0.8


def page_groups(catalog: Catalog, page_size: int) -> Iterator[PageGroup]:
    """Make the index and, for each topic, its pages; ``page_size`` is the papers on one page."""
    yield single_page_group(_index(catalog))
    for name, topic in catalog.topics.items():
        below = [len(catalog.by_topic[child.name]) for child in catalog.child_topics[name]]
        life = topic_life(catalog.topic_months[name], catalog.months, catalog.newest_date)
        inputs = catalog.hash_entries((), catalog.topic_hashes[name], below, life)
        # Counted before the processes are forked, each of which would look at all papers.
        make = partial(_topic, topic, life, catalog.topic_counts[name], catalog, page_size)
        yield OutputGroup(f"topics/{name}", inputs, make)


def _index(catalog: Catalog) -> Page:
    parts = [span.heading(1, span.text(gettext("Topics")), "topics")]
    for top in catalog.child_topics[""]:
        label = span.page_link(span.text(top.title), f"topics/{top.name}.md")
        label += count_badge(len(catalog.by_topic[top.name])) + topic_sparkline(top, catalog)
        entry = (
            span.heading(2, label, top.name),
            paragraph(span.text(top.description)),
            sidebar.chips(_subtopic_links(top, catalog)),
        )
        parts.append(box("pd-overview-item", entry))
    meta = {"title": gettext("Topics"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("topics/index.md", meta, span.join_blocks(parts))


def _topic(
    topic: Topic, life: str, counts: Counter[str], catalog: Catalog, page_size: int
) -> list[Page]:
    entries = catalog.by_topic[topic.name]
    head = [
        span.heading(1, span.text(topic.title), "topic"),
        paragraph(span.text(topic.description)),
        paragraph(span.join(_neighbour_links(topic, catalog), " · "), "pd-meta"),
        sidebar.chips(_subtopic_links(topic, catalog)),
        paragraph(span.text(life), "pd-small"),
        charts.bar_chart(
            catalog.topic_months[topic.name], gettext("papers on {topic}", topic=topic.title)
        ),
    ]
    family = frozenset(
        (topic.name, topic.parent, *(t.name for t in catalog.child_topics[topic.name]))
    )
    side = (
        *sidebar.topics_section(counts, catalog, gettext("Other topics of these papers"), family),
        *sidebar.organisations_section(entries, catalog),
    )
    meta = {
        "title": topic.title,
        "description": topic.description,
        "feed": f"feeds/topics/{topic.name}",
        "export": f"exports/topics/{topic.name}",
    }
    return paper_lists.list_pages(
        f"topics/{topic.name}.md", meta, paper_lists.Frame(head, side), entries, catalog, page_size
    )


def _neighbour_links(topic: Topic, catalog: Catalog) -> Iterator[Span]:
    """Link to the topic above and to the neighbours under it."""
    above = catalog.topics.get(topic.parent)
    if above:
        yield topic_link(above.name, catalog)
    else:
        yield span.page_link(span.text(gettext("All topics")), "topics/index.md")
    near = catalog.child_topics[topic.parent]
    at = near.index(topic)
    for label, other in (
        (gettext("previous: {topic}"), at - 1),
        (gettext("next: {topic}"), at + 1),
    ):
        if 0 <= other < len(near):
            yield sentence(label, topic=topic_link(near[other].name, catalog))


def _subtopic_links(topic: Topic, catalog: Catalog) -> Iterator[tuple[Span, int]]:
    """Link to the subtopics of a topic, each with its number of papers."""
    for child in catalog.child_topics[topic.name]:
        yield topic_link(child.name, catalog), len(catalog.by_topic[child.name])


def topic_life(counts: Mapping[str, int], archive: Mapping[str, int], newest: str) -> str:
    """Say when a topic's papers begin, when most came, and how young they are; "" for few.

    Half-life is the span back from the archive's ``newest`` date that has come within which half of the papers lie. Beside
    the figures of the topic stand those of the archive, whose growth they follow. Both are counts of papers
    by month and, of what has none, by year, oldest first (``count_by_month``). Where many have no month,
    nobody knows which had most.
    """
    total, months = sum(counts.values()), [*filter(is_month, counts)]
    if total < MIN_PAPERS_OF_A_LIFE:
        return ""
    half, of_all = _half_since(counts), _half_since(archive)
    span_of_half = max(_months_between(half, newest[: len("YYYY-MM")]) + 1, 1)
    peak = max(months, key=lambda month: (counts[month], month), default="")
    is_peak_known = sum(counts[month] for month in months) >= MIN_SHARE_WITH_MONTH * total
    parts = (
        gettext("First paper {date}", date=format_date(next(iter(counts)))),
        gettext(
            "most in {date} ({number} of {papers})",
            date=format_date(peak),
            number=format_number(counts[peak]),
            papers=paper_lists.format_paper_count(archive[peak]),
        )
        if is_peak_known
        else "",
        ngettext(
            "half of the {total} dated papers since {date}, {n} month",
            "half of the {total} dated papers since {date}, {n} months",
            span_of_half,
            total=format_number(total),
            date=format_date(half),
        ),
        gettext("half of all papers since {date}", date=format_date(of_all)),
    )
    return " · ".join(filter(None, parts))


def _half_since(counts: Mapping[str, int]) -> str:
    """Return the month since which half of the papers came, of counts by month, oldest first.

    It is a year where only by the papers of which no more is known half of them are met.
    """
    left = sum(counts.values()) / 2
    for when in sorted(counts, reverse=True):
        left -= counts[when]
        if left <= 0:
            return when
    return ""


def _months_between(first: str, last: str) -> int:
    """Count the months between two; a year stands for its first month."""
    (year, month), (last_year, last_month) = (
        (int(one[:4]), int(one[5:] or 1)) for one in (first, last)
    )
    return (last_year - year) * 12 + last_month - month


def topic_sparkline(topic: Topic, catalog: Catalog) -> Span:
    """Draw a topic's papers in the last twelve months of the archive."""
    last = catalog.present_day
    counts = catalog.topic_months[topic.name]
    return charts.sparkline(charts.recent_counts(counts, last)) if last else span.EMPTY


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    yield index_entry("topics/index.md", catalog)
    for name, entries in catalog.by_topic.items():
        if entries:
            yield SitemapEntry(f"topics/{name}.md", entries[0].filing_date)


KIND = PageKind(
    ("topics",),
    lambda inputs: page_groups(inputs.catalog, inputs.config.page_size),
    sitemap_entries=_sitemap_entries,
)
