"""Blocks of a list's side column: the topics and organisations its papers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages import name_urls
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import Span, paragraph
from paper_digest.text.language import (
    format_number,
    gettext,
    ngettext,
)

#: Lines of one part.
MAX_LINES = 8
#: The same of topics, where those above the others stand too.
MAX_TOPIC_LINES = 10


def counted_section(title: Span, anchor: str, items: Iterable[tuple[Span, int]]) -> list[Span]:
    """Set a heading and a line with its number for each item; nothing where there is none."""
    lines = [[paragraph(label + count_badge(number))] for label, number in items]
    if not lines:
        return []
    return [
        span.heading(2, title, anchor),
        box("pd-compact-list pd-counted", [span.bullet_list(lines)]),
    ]


def topics_section(
    counts: Counter[str],
    catalog: Catalog,
    title: str = "",
    excluded: frozenset[str] = frozenset(),
) -> list[Span]:
    """List the topics that most of some papers share; ``excluded`` names topics shown elsewhere on the page.

    ``counts`` are of the papers that a topic's own page lists, those of its subtopics among them.
    """
    shown = Counter({name: number for name, number in counts.items() if name not in excluded})
    items = (
        (span.page_link(span.text(catalog.topics[t].title), f"topics/{t}.md"), number)
        for t, number in shown.most_common(MAX_TOPIC_LINES)
    )
    return counted_section(span.text(title or gettext("Topics")), "topics", items)


def organisations_section(entries: Iterable[CatalogEntry], catalog: Catalog) -> list[Span]:
    """List the organisations named for more than one of the papers, and say how many papers name one."""
    papers = tuple(entries)
    counts = Counter(e.organisation for e in papers if e.organisation).most_common(MAX_LINES)
    items = ((organisation_link(name, catalog), number) for name, number in counts if number > 1)
    section = counted_section(span.text(gettext("Organisations")), "organisations", items)
    if not section:
        return []
    share = gettext("{counted}.", counted=organisation_share(papers))
    return [*section, paragraph(span.text(share), "pd-small")]


def organisation_share(entries: Sequence[CatalogEntry]) -> str:
    """Say how many of some papers name an organisation: a ranking of a few papers is none of all."""
    number = sum(bool(e.organisation) for e in entries)
    papers = ngettext("{n} paper", "{n} papers", len(entries))
    return ngettext("{n} of {papers} names one", "{n} of {papers} name one", number, papers=papers)


def name_columns(items: Iterable[tuple[Span, int]]) -> Span:
    """Set many names, each with its number of papers, in as many columns as the page has."""
    lines = [[paragraph(label + count_badge(number))] for label, number in items]
    return box(
        "pd-compact-list pd-counted pd-name-list", [span.bullet_list(lines)] if lines else ()
    )


def organisation_link(name: str, catalog: Catalog) -> Span:
    """Set an organisation's name, linked where it has a page."""
    label = span.isolate(span.text(name))
    has_page = name in catalog.by_organisation
    return span.page_link(label, name_urls.page_path("organisations", name)) if has_page else label


def chips(items: Iterable[tuple[Span, int]]) -> Span:
    """Set names with their numbers of papers in a line, each name beside its number."""
    before, after = span.html("<span>"), span.html("</span>")
    return paragraph(
        span.join(before + label + count_badge(number) + after for label, number in items),
        "pd-topics",
    )


def count_badge(number: int) -> Span:
    """Set a number of papers behind a name."""
    return span.html(f'&nbsp;<span class="pd-count">{format_number(number)}</span>')
