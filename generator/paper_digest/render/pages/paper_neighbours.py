"""What a paper's page says of other papers: related ones, and the neighbours of the same day."""

from __future__ import annotations

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.paper_rows import paper_title, title_link
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date

#: Authors named as the reason why two papers are related.
MAX_SHARED_AUTHORS_SHOWN = 2


def neighbours_block(entry: CatalogEntry, catalog: Catalog) -> Span:
    """Make the block of a paper's page that leads to other papers."""
    return box("pd-related", (*_related(entry, catalog), *_pager(entry, catalog)))


def neighbour_hash(entry: CatalogEntry, catalog: Catalog) -> bytes:
    """Hash all that the page of a paper says of other papers."""
    near = catalog.related.get(entry.slug, ())
    others = [catalog.by_slug[one.slug] for one in near]
    day_neighbours = [
        (e.path, e.title) if e else None for e in catalog.day_neighbours.get(entry.slug, ())
    ]
    return catalog.hash_entries((entry, *others), near, day_neighbours, catalog.has_sharded_search)


def _related(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    items = []
    for near in catalog.related.get(entry.slug, ()):
        other = catalog.by_slug[near.slug]
        link = span.page_link(paper_title(other.title, other.id), other.path)
        items.append(
            [paragraph(link), paragraph(_reason(entry, other, near.shared_words), "pd-small")]
        )
    if not items:
        return []
    return [
        span.heading(2, span.text("Related papers"), "related", searchable=False),
        box("pd-compact-list", [span.bullet_list(items)]),
    ]


def _reason(entry: CatalogEntry, other: CatalogEntry, shared: tuple[str, ...]) -> Span:
    """Say what two papers have in common: who wrote them, the words they share."""
    authors_ = [name for name in dict.fromkeys(entry.authors) if name in other.authors]
    who = [f"both by {', '.join(authors_[:MAX_SHARED_AUTHORS_SHOWN])}"] if authors_ else []
    if len(authors_) > MAX_SHARED_AUTHORS_SHOWN:
        who = [f"{len(authors_):,} authors in common"]
    what = [f"shared words: {', '.join(shared)}"] if shared else []
    return span.text(" · ".join(who + what))


def _pager(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    """Link to the neighbours of the same day, and to the day."""
    if entry.slug not in catalog.day_neighbours:
        return []
    near = [
        paragraph(span.text_run(label) + title_link(e), css)
        for label, css, e in zip(
            ("Previous paper of the day: ", "Next paper of the day: "),
            ("pd-prev", "pd-next"),
            catalog.day_neighbours[entry.slug],
            strict=True,
        )
        if e
    ]
    day = span.page_link(
        span.text(f"All papers of {format_date(entry.filing_date)}"),
        f"dates/{entry.filing_date}.md",
    )
    return [box("pd-prev-next", near), paragraph(day, "pd-pager")]
