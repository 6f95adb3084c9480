"""What the papers of a list have in common: topics and organisations, set beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages import name_urls
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import Span, paragraph

#: Lines of one part.
LINES = 8


def part(title: Span, anchor: str, items: Iterable[tuple[Span, int]]) -> list[Span]:
    """Set a heading and a line with its number for each item; nothing where there is none."""
    lines = [[paragraph(label + count(number))] for label, number in items]
    if not lines:
        return []
    return [span.heading(2, title, anchor), box("pd-short", [span.bullets(lines)])]


def topics(
    entries: Iterable[CatalogEntry],
    catalog: Catalog,
    title: str = "Topics",
    but: frozenset[str] = frozenset(),
) -> list[Span]:
    """List the topics that most of the papers share; ``but`` are those said elsewhere."""
    found = Counter(topic for e in entries for topic in e.topics if topic not in but)
    items = (
        (span.page_link(span.text(catalog.topics[t].title), f"topics/{t}.md"), number)
        for t, number in found.most_common(LINES)
    )
    return part(span.text(title), "topics", items)


def organisations(entries: Iterable[CatalogEntry], catalog: Catalog) -> list[Span]:
    """List the organisations named for more than one of the papers."""
    found = Counter(e.organisation for e in entries if e.organisation).most_common(LINES)
    items = ((organisation(name, catalog), number) for name, number in found if number > 1)
    return part(span.text("Organisations"), "organisations", items)


def names(items: Iterable[tuple[Span, int]]) -> Span:
    """Set many names, each with its number of papers, in as many columns as the page has."""
    lines = [[paragraph(label + count(number))] for label, number in items]
    return box("pd-short pd-names", [span.bullets(lines)] if lines else ())


def organisation(name: str, catalog: Catalog) -> Span:
    """Set an organisation's name, linked where it has a page."""
    label = span.text(name)
    known = name in catalog.by_organisation
    return span.page_link(label, name_urls.path("organisations", name)) if known else label


def chips(items: Iterable[tuple[Span, int]]) -> Span:
    """Set names with their numbers of papers in a line, each name beside its number."""
    before, after = span.raw("<span>"), span.raw("</span>")
    return paragraph(
        span.join(before + label + count(number) + after for label, number in items), "pd-topics"
    )


def count(number: int) -> Span:
    """Set a number of papers behind a name."""
    return span.raw(f'&nbsp;<span class="pd-count">{number:,}</span>')
