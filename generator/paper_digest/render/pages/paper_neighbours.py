"""What a paper's page says of other papers: related ones, and the neighbours of the same day."""

from __future__ import annotations

from paper_digest.catalog.catalog import Catalog, RelatedPaper
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
        items.append([paragraph(link), paragraph(_reason(entry, other, near), "pd-small")])
    if not items:
        return []
    return [
        span.heading(2, span.text("Related papers"), "related", searchable=False),
        box("pd-compact-list", [span.bullet_list(items)]),
    ]


def _reason(entry: CatalogEntry, other: CatalogEntry, near: RelatedPaper) -> Span:
    """Say what two papers have in common: a subject, authors, an organisation, code; else words."""
    reasons = [f"both on {near.shared_phrase}"] if near.shared_phrase else []
    authors_ = [name for name in dict.fromkeys(entry.authors) if name in other.authors]
    if len(authors_) > MAX_SHARED_AUTHORS_SHOWN:
        reasons.append(f"{len(authors_):,} authors in common")
    elif authors_:
        reasons.append(f"both by {', '.join(authors_)}")
    if entry.organisation and entry.organisation == other.organisation:
        reasons.append(f"both from {entry.organisation}")
    if _code_urls(entry) & _code_urls(other):
        reasons.append("same code repository")
    if not reasons and near.shared_words:
        reasons = [f"shared words: {', '.join(near.shared_words)}"]
    return span.text(" · ".join(reasons))


def _code_urls(entry: CatalogEntry) -> set[str]:
    return {link.url for link in entry.links if link.kind == "code"}


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
