"""Pages at addresses that are no paper's: ids given for the wrong paper, and papers that were taken out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.ids import slug
from paper_digest.render import span
from paper_digest.render.gone_ids import gone_ids
from paper_digest.render.pages import published_markdown
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_rows import title_link
from paper_digest.render.pages.published_markdown import Block, paragraph
from paper_digest.text.language import gettext


def disputed_page(paper_id: str, holders: tuple[CatalogEntry, ...]) -> Page:
    """Make the page of an id that was given for ``holders`` and belongs to none of them."""
    words = (
        gettext(
            "Here stood papers of one title, which were printed in several places or have several abstracts. "
            "They are now found at the addresses below."
        )
        if paper_id.startswith("title:")
        else gettext(
            "The id {id} was given for what stands below, but titles and authors disagree with what else "
            "bears it, so it is taken for the id of another paper, which this archive does not have.",
            id=paper_id,
        )
    )
    rows = [title_link(entry) for entry in holders]
    return _page(
        paper_id,
        gettext("No paper of this archive"),
        (paragraph(span.text(words)), *map(paragraph, rows)),
    )


def removed_page(paper_id: str) -> Page:
    """Make the page of a paper that the archive's editors took out; it says nothing of the paper."""
    words = gettext("The paper {id} was taken out of this archive by its editors.", id=paper_id)
    return _page(paper_id, gettext("This paper was removed"), (paragraph(span.text(words)),))


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
    for one in gone_ids(inputs.catalog, inputs.records):
        holders = tuple(inputs.catalog.by_slug[slug] for slug in one.given_for)
        yield _group(
            disputed_page(one.paper_id, holders) if holders else removed_page(one.paper_id)
        )


def _group(page: Page) -> PageGroup:
    inputs_hash = hash_bytes(page.markdown().encode())
    return OutputGroup(page.path.removesuffix(".md"), inputs_hash, partial(_as_tuple, page))


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)


KIND = PageKind(("papers",), _groups)
