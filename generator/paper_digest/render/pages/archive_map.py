"""The map of the archive: a drawing of where the papers of each topic lie, and the table behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from paper_digest.catalog.archive_map import (
    MAP_SIZE,
    ArchiveMap,
    MapPoints,
    MapTopic,
    make_map,
)
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages.blocks import table
from paper_digest.render.pages.map_labels import Label, place_labels
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.render.pages.page_kind import PageKind, index_entry
from paper_digest.render.pages.paper_lists import format_paper_count
from paper_digest.render.pages.paper_rows import topic_link
from paper_digest.render.span import Span, paragraph
from paper_digest.search.reference_set import MIN_PLANE_PAPERS
from paper_digest.text.language import format_number, gettext, ngettext

PAGE_PATH = "map.md"

#: Length of a side of the drawing, in its own units.
_SIDE = 1_000
_CELLS = 50  # along a side, of the shading
#: Papers of a cell from which on it has a darker shade.
_SHADES = (1, 3, 8, 20)
#: Sizes of letters, for a wide and a narrow window; the style sheet shows one of them.
_LETTER_SIZES = {"wide": 22, "narrow": 34}


def make_page(catalog: Catalog) -> Page:
    """Make the page; it says why there is no map where there is none."""
    drawn = make_map(catalog)
    parts = [span.heading(1, span.text(gettext("Map")), "map")]
    if drawn:
        parts += [
            paragraph(span.text(_explanation(catalog, drawn))),
            _drawing(drawn),
            span.heading(2, span.text(gettext("Topics on the map")), "topics"),
            _table(catalog, drawn),
        ]
    else:
        why = gettext(
            "There is no map yet: it takes {number} papers to tell which are close to which.",
            number=format_number(MIN_PLANE_PAPERS),
        )
        parts.append(paragraph(span.text(why)))
    meta = {
        "title": gettext("Map"),
        "kind": "map" if drawn else "index",
        "hide": ["navigation", "toc"],
    }
    return Page(PAGE_PATH, meta, span.join_blocks(parts))


def _explanation(catalog: Catalog, drawn: ArchiveMap) -> str:
    placed = len(drawn.points.slugs)
    text = gettext(
        "{papers}, each placed by its words: those on similar subjects lie close together. Only closeness has a meaning; directions have none.",
        papers=format_paper_count(placed),
    )
    named = gettext(
        "A topic is named where its papers outnumber those of every other; scattered ones are not named."
    )
    text = f"{text} {named}"
    if absent := len(catalog.entries) - placed:
        left_out = ngettext(
            "{n} paper has too few words to be placed.",
            "{n} papers have too few words to be placed.",
            absent,
        )
        return f"{text} {left_out}"
    return text


def _drawing(drawn: ArchiveMap) -> Span:
    label = gettext("Where the papers of each topic lie. The table below says it in words.")
    parts = (*_shading(drawn.points), *_labels(drawn.topics))
    return span.html_block(
        f'<figure class="pd-map"><svg viewBox="0 0 {_SIDE} {_SIDE}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg></figure>'
    )


def _shading(points: MapPoints) -> Iterator[str]:
    """Draw a path of square cells for each shade, those beside each other as one."""
    cell, unit = MAP_SIZE // _CELLS + 1, _SIDE // _CELLS
    counts = Counter((y // cell, x // cell) for x, y in zip(points.x, points.y, strict=True))
    for least in _SHADES:
        filled = sorted(place for place, number in counts.items() if number >= least)
        path = "".join(
            f"M{column * unit} {row * unit}h{length * unit}v{unit}h-{length * unit}z"
            for row, column, length in _runs(filled)
        )
        if path:
            yield f'<path d="{path}"/>'


def _runs(cells: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield row, first column and length of each run of cells; these are sorted by row, then column."""
    # Along a run both the column and its number among the cells grow by one.
    numbered = enumerate(cells)
    for _, run in groupby(numbered, lambda one: (one[1][0], one[1][1] - one[0])):
        first, *others = (place for _, place in run)
        yield *first, 1 + len(others)


def _labels(topics: tuple[MapTopic, ...]) -> Iterator[str]:
    """Write the names of the topics without a parent that have an area, the largest first."""
    fields = (one for one in topics if one.parent < 0 and one.has_area)
    largest = sorted(fields, key=lambda one: -one.paper_count)
    scale = _SIDE / MAP_SIZE
    for name, size in _LETTER_SIZES.items():
        labels = (Label(one.topic.title, one.x * scale, one.y * scale, size) for one in largest)
        texts = "".join(
            f'<text x="{label.x:.0f}" y="{label.y:.0f}">{escape(label.name)}</text>'
            for label in place_labels(labels, _SIDE)
        )
        yield f'<g class="is-{name}" font-size="{size}">{texts}</g>'


def _table(catalog: Catalog, drawn: ArchiveMap) -> Span:
    head = (gettext("Topic"), gettext("Nearest on the map"), gettext("Years"), gettext("Papers"))
    return table(head, [_row(one, catalog, drawn) for one in _tree_order(drawn.topics)])


def _tree_order(topics: tuple[MapTopic, ...]) -> list[MapTopic]:
    """Order topics as the taxonomy does, subtopics behind the one above them."""
    order = {number: number if one.parent < 0 else one.parent for number, one in enumerate(topics)}
    return [topics[n] for n in sorted(order, key=lambda n: (order[n], topics[n].parent >= 0, n))]


def _row(one: MapTopic, catalog: Catalog, drawn: ArchiveMap) -> tuple[Span, ...]:
    entries = catalog.by_topic[one.topic.name]
    title = topic_link(one.topic.name, catalog)
    if one.parent >= 0:
        title = span.join(
            (
                span.isolate(span.text(drawn.topics[one.parent].topic.title)) + span.text_run(":"),
                title,
            )
        )
    return (
        title,
        span.join((span.isolate(span.text(catalog.topics[n].title)) for n in one.nearest), " · "),
        span.text(_years(entries)),
        span.text(format_number(len(entries))),
    )


def _years(entries: Sequence[CatalogEntry]) -> str:
    """Say of which years some papers are, the newest first."""
    first = next((e.filing_date[:4] for e in reversed(entries) if e.filing_date), "")
    last = entries[0].filing_date[:4] if first else ""
    return first if first == last else gettext("{first} to {last}", first=first, last=last)


KIND = PageKind(
    ("map.md", "assets/map"),
    lambda inputs: (single_page_group(make_page(inputs.catalog)),),
    sitemap_entries=lambda catalog: (index_entry("map.md", catalog),),
)
