"""Redirects: a page at every former address of a paper leads to the present one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import partial

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.ids import slug
from paper_digest.render import span
from paper_digest.render.pages import published_markdown
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_rows import title_link
from paper_digest.render.sentence import sentence
from paper_digest.text.language import gettext


def former_slugs(former_ids: Iterable[str], present_slugs: Container[str]) -> tuple[str, ...]:
    """Return where a paper was before, without what is the address of another paper now."""
    slugs = dict.fromkeys(map(slug, former_ids))
    return tuple(one for one in slugs if one not in present_slugs)


def redirect_pages(
    entry: CatalogEntry,
    ids: tuple[str, ...],
    site_url: str = "",
    present_slugs: Container[str] = (),
) -> Iterator[Page]:
    """Make a page for each former id of a paper; the template forwards, the link is for all others.

    Args:
        entry: what lists show of the paper.
        ids: the paper's: the present one, then the former ones.
        site_url: address of the site's root with its last slash; "" where it is not known.
        present_slugs: slugs of the archive's papers; a former id that is one of theirs has no page.
    """
    former = former_slugs(ids[1:], present_slugs)
    if not former:
        return
    link = title_link(entry)
    for former_slug in former:
        meta = {
            "title": gettext("Moved"),
            "kind": "moved",
            "redirect": f"../{entry.slug}/",
            "canonical": f"{site_url}papers/{entry.slug}/" if site_url else f"../{entry.slug}/",
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }
        blocks = (
            published_markdown.heading(1, span.text(gettext("This page has moved")), "moved"),
            published_markdown.paragraph(
                sentence(gettext("The paper is now found at {paper}"), paper=link)
            ),
        )
        yield Page(
            f"papers/{former_slug}.md",
            meta,
            published_markdown.page_span(blocks),
            published=published_markdown.published_text(blocks),
        )


def _paper_groups(entry: CatalogEntry, inputs: PageInputs) -> Iterator[PageGroup]:
    pages = redirect_pages(
        entry, inputs.records.ids(entry.slug), inputs.config.url, inputs.catalog.by_slug
    )
    for page in pages:
        inputs_hash = inputs.records.record_hash(entry.slug)
        yield OutputGroup(page.path.removesuffix(".md"), inputs_hash, partial(_as_tuple, page))


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)


KIND = PageKind(("papers",), paper_groups=_paper_groups)
