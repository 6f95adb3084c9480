"""Pages at addresses that are no paper's: ids given for the wrong paper, and papers that were taken out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.ids import slug
from paper_digest.render import span
from paper_digest.render.pages import published_markdown
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_rows import paper_title
from paper_digest.render.pages.published_markdown import Block, paragraph


def disputed_page(paper_id: str, holders: tuple[CatalogEntry, ...]) -> Page:
    """Make the page of an id that was given for ``holders`` and belongs to none of them."""
    words = (
        f"The id {paper_id} was given for what stands below, but titles and authors disagree with what else "
        "bears it, so it is taken for the id of another paper, which this archive does not have."
    )
    rows = [span.page_link(paper_title(entry.title, entry.id), entry.path) for entry in holders]
    return _page(
        paper_id, "No paper of this archive", (paragraph(span.text(words)), *map(paragraph, rows))
    )


def removed_page(paper_id: str) -> Page:
    """Make the page of a paper that the archive's editors took out; it says nothing of the paper."""
    words = f"The paper {paper_id} was taken out of this archive by its editors."
    return _page(paper_id, "This paper was removed", (paragraph(span.text(words)),))


def _page(paper_id: str, title: str, blocks: tuple[Block, ...]) -> Page:
    meta = {
        "title": title,
        "kind": "moved",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    blocks = (published_markdown.heading(1, span.text(title), "gone"), *blocks)
    return Page(
        f"papers/{slug(paper_id)}.md",
        meta,
        published_markdown.page_span(blocks),
        published=published_markdown.published_text(blocks),
    )


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    records, by_slug = inputs.records, inputs.catalog.by_slug
    taken = set(by_slug) | {
        slug(paper_id) for entry in by_slug.values() for paper_id in records.ids(entry.slug)
    }
    for paper_id in records.hidden_ids:
        if slug(paper_id) not in taken:
            taken.add(slug(paper_id))
            yield _group(removed_page(paper_id))
    for paper_id, slugs in sorted(records.disputed_ids().items()):
        if slug(paper_id) not in taken:
            yield _group(disputed_page(paper_id, tuple(by_slug[one] for one in slugs)))


def _group(page: Page) -> PageGroup:
    inputs_hash = hash_bytes(page.markdown().encode())
    return OutputGroup(page.path.removesuffix(".md"), inputs_hash, partial(_as_tuple, page))


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)


KIND = PageKind(("papers",), _groups)
