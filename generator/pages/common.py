"""What the papers of a list have in common: topics and organisations, set beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator import prose
from generator.catalog import Catalog, Entry
from generator.pages import named
from generator.pages.boxes import box
from generator.prose import Span, paragraph

#: Lines of one part.
LINES = 8


def part(title: Span, anchor: str, items: Iterable[tuple[Span, int]]) -> list[Span]:
    """Set a heading and a line with its number for each item; nothing where there is none."""
    lines = [[paragraph(label + count(number))] for label, number in items]
    if not lines:
        return []
    return [prose.heading(2, title, anchor), box("pd-short", [prose.bullets(lines)])]


def topics(
    entries: Iterable[Entry],
    catalog: Catalog,
    title: str = "Topics",
    but: frozenset[str] = frozenset(),
) -> list[Span]:
    """List the topics that most of the papers share; ``but`` are those said elsewhere."""
    found = Counter(topic for e in entries for topic in e.topics if topic not in but)
    items = (
        (prose.page_link(prose.text(catalog.topics[t].title), f"topics/{t}.md"), number)
        for t, number in found.most_common(LINES)
    )
    return part(prose.text(title), "topics", items)


def organisations(entries: Iterable[Entry], catalog: Catalog) -> list[Span]:
    """List the organisations named for more than one of the papers."""
    found = Counter(e.organisation for e in entries if e.organisation).most_common(LINES)
    items = ((organisation(name, catalog), number) for name, number in found if number > 1)
    return part(prose.text("Organisations"), "organisations", items)


def names(items: Iterable[tuple[Span, int]]) -> Span:
    """Set many names, each with its number of papers, in as many columns as the page has."""
    lines = [[paragraph(label + count(number))] for label, number in items]
    return box("pd-short pd-names", [prose.bullets(lines)] if lines else ())


def organisation(name: str, catalog: Catalog) -> Span:
    """Set an organisation's name, linked where it has a page."""
    label = prose.text(name)
    known = name in catalog.by_organisation
    return prose.page_link(label, named.path("organisations", name)) if known else label


def chips(items: Iterable[tuple[Span, int]]) -> Span:
    """Set names with their numbers of papers in a line, each name beside its number."""
    before, after = prose.raw("<span>"), prose.raw("</span>")
    return paragraph(
        prose.join(before + label + count(number) + after for label, number in items), "pd-topics"
    )


def count(number: int) -> Span:
    """Set a number of papers behind a name."""
    return prose.raw(f'&nbsp;<span class="pd-count">{number:,}</span>')
