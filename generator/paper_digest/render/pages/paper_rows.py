"""One paper in a list: title, one line of facts, a blurb, a few links."""

from __future__ import annotations

from functools import lru_cache

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.model import links
from paper_digest.render import span as prose
from paper_digest.render import typeset
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import Span

#: Authors named in a list before "and 3 more".
NAMES = 3


def listing(entries: tuple[CatalogEntry, ...], catalog: Catalog, *, told: bool = True) -> Span:
    """Set a list of papers; ``told`` says whether with their blurbs."""
    rows = [row(e, catalog) for e in entries]
    return box("pd-list", [prose.bullets(rows if told else [_bare(one) for one in rows])])


def _bare(parts: list[Span]) -> list[Span]:
    """Leave the blurb out of a row."""
    title, facts, _, actions = parts
    return [title, facts, actions]


@lru_cache(maxsize=16384)
def row(e: CatalogEntry, catalog: Catalog) -> list[Span]:
    """Set one paper as the blocks of a list item; missing parts leave no hole."""
    title = prose.page_link(name(e.title, e.id), e.path)
    if e.upvotes:
        title += prose.raw(f' <span class="pd-votes" title="upvotes">▲ {e.upvotes}</span>')
    if e.withdrawn:
        title += prose.raw(' <span class="pd-flag">withdrawn</span>')
    topic = topic_link(e.topics[0], catalog) if e.topics else prose.EMPTY
    facts = prose.join((authors(e.authors, e.author_count), prose.day(e.filing_date)), " · ")
    own = links.paper_links(e.id, "", e.links)
    actions = prose.join(
        prose.link(prose.text(links.LINK_LABELS[link.kind]), link.url)
        for link in own
        if link.kind in {"pdf", "code", "project"}
    )
    return [
        prose.paragraph(title, "pd-title"),
        prose.paragraph(prose.join((facts, topic)), "pd-facts"),
        prose.paragraph(typeset.blurb(e.blurb), "pd-blurb"),
        prose.paragraph(actions, "pd-actions"),
    ]


@lru_cache(maxsize=16384)
def name(title: str, paper_id: str) -> Span:
    """Set a title; a paper without one goes by its id."""
    if title:
        return typeset.title(title)
    kind, _, bare = paper_id.partition(":")
    return prose.text(f"arXiv:{bare}" if kind == "arxiv" else paper_id)


def authors(names: tuple[str, ...], count: int) -> Span:
    """Set the first authors, or their number where names are unknown: ``13 authors``."""
    if not names:
        return prose.text(f"{count:,} author{'s' if count > 1 else ''}") if count else prose.EMPTY
    shown = names if len(names) <= NAMES + 1 else names[:NAMES]
    span = prose.text(", ".join(shown))
    rest = len(names) - len(shown)
    return span + prose.text_part(f" and {rest:,} more") if rest else span


def topic_link(topic: str, catalog: Catalog) -> Span:
    """Link to a topic's page by its title."""
    return prose.page_link(prose.text(catalog.topics[topic].title), f"topics/{topic}.md")
