"""Redirects: a page at every former address of a paper leads to the present one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.ids import slug
from paper_digest.render import span
from paper_digest.render.pages import published_markdown
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_rows import paper_title


def redirect_pages(entry: CatalogEntry, ids: tuple[str, ...]) -> Iterator[Page]:
    """Make a page for each former id of a paper; the template forwards, the link is for all others.

    ``ids`` are the paper's: the present one, then the former ones.
    """
    if len(ids) == 1:
        return
    link = span.page_link(paper_title(entry.title, entry.id), entry.path)
    for former in ids[1:]:
        meta = {
            "title": "Moved",
            "kind": "moved",
            "redirect": f"../{entry.slug}/",
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }
        blocks = (
            published_markdown.heading(1, span.text("This page has moved"), "moved"),
            published_markdown.paragraph(span.text_run("The paper is now found at ") + link),
        )
        yield Page(
            f"papers/{slug(former)}.md",
            meta,
            published_markdown.page_span(blocks),
            published=published_markdown.published_text(blocks),
        )


def _paper_groups(entry: CatalogEntry, inputs: PageInputs) -> Iterator[PageGroup]:
    for page in redirect_pages(entry, inputs.records.ids(entry.slug)):
        inputs_hash = inputs.records.record_hash(entry.slug)
        yield OutputGroup(page.path.removesuffix(".md"), inputs_hash, partial(_as_tuple, page))


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)


KIND = PageKind(("papers",), paper_groups=_paper_groups)
