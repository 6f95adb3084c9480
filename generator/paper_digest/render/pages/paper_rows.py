"""One paper in a list: title, one line of facts, a blurb, a few links."""

from __future__ import annotations

from functools import lru_cache

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model import links
from paper_digest.render import span as prose
from paper_digest.render import typeset
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import Span
from paper_digest.text.names import list_authors

#: Authors named in a list before "and 3 more".
MAX_AUTHORS_SHOWN = 3


def paper_list(
    entries: tuple[CatalogEntry, ...], catalog: Catalog, *, with_blurbs: bool = True
) -> Span:
    """Set a list of papers; ``with_blurbs`` says whether with their blurbs."""
    rows = [paper_row(e, catalog) for e in entries]
    return box(
        "pd-list",
        [prose.bullet_list(rows if with_blurbs else [_without_blurb(one) for one in rows])],
    )


def _without_blurb(parts: list[Span]) -> list[Span]:
    """Leave the blurb out of a row."""
    title, facts, _, actions = parts
    return [title, facts, actions]


@lru_cache(maxsize=16384)
def paper_row(e: CatalogEntry, catalog: Catalog) -> list[Span]:
    """Set one paper as the blocks of a list item; a block with nothing in it is empty."""
    title = prose.page_link(paper_title(e.title, e.id), e.path)
    if e.upvotes:
        title += prose.html(f' <span class="pd-votes" title="upvotes">▲ {e.upvotes}</span>')
    if e.withdrawn:
        title += prose.html(' <span class="pd-badge">withdrawn</span>')
    topic = topic_link(e.topics[0], catalog) if e.topics else prose.EMPTY
    when = prose.time_element(e.filing_date) if e.filing_date else printed_date(e.printed_date)
    facts = prose.join((author_line(e.authors, e.author_count), when), " · ")
    paper_links = links.paper_links(e.id, "", e.links)
    actions = prose.join(
        prose.link(prose.text(links.LINK_LABELS[link.kind]), link.url)
        for link in paper_links
        if link.kind in {"pdf", "code", "project"}
    )
    return [
        prose.paragraph(title, "pd-title"),
        prose.paragraph(prose.join((facts, topic)), "pd-meta"),
        prose.paragraph(typeset.blurb(e.blurb), "pd-blurb"),
        prose.paragraph(actions, "pd-actions"),
    ]


def printed_date(text: str) -> Span:
    """Set a date that was printed without its year, as it was printed; nothing for ""."""
    return prose.text_run(f"“{text}”, year unknown") if text else prose.EMPTY


@lru_cache(maxsize=16384)
def paper_title(title: str, paper_id: str) -> Span:
    """Set a title; a paper without one goes by its id."""
    return typeset.title(title) if title else prose.text(typeset.plain_title("", paper_id))


def author_line(names: tuple[str, ...], count: int) -> Span:
    """Set the first authors, or their number where names are unknown: ``13 authors``."""
    return prose.text(list_authors(names, count, MAX_AUTHORS_SHOWN))


def topic_link(topic: str, catalog: Catalog) -> Span:
    """Link to a topic's page by its title."""
    return prose.page_link(prose.text(catalog.topics[topic].title), f"topics/{topic}.md")
