"""A page at every address a paper had before: it leads to the present one."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.catalog import Entry
from generator.ids import slug
from generator.pages.page import Page
from generator.pages.rows import name
from generator.prose import paragraph


def pages(entry: Entry, ids: tuple[str, ...]) -> Iterator[Page]:
    """Make a page for each former id of a paper; the template forwards, the link is for all others.

    ``ids`` are the paper's: the present one, then the former ones.
    """
    if len(ids) == 1:
        return
    link = prose.page_link(name(entry.title, entry.id), entry.path)
    for former in ids[1:]:
        meta = {
            "title": "Moved",
            "kind": "moved",
            "redirect": f"../{entry.slug}/",
            "hide": ["navigation", "toc"],
            "search": {"exclude": True},
        }
        body = prose.blocks(
            (
                prose.heading(1, prose.text("This page has moved"), "moved"),
                paragraph(prose.text_part("The paper is now found at ") + link),
            )
        )
        yield Page(f"papers/{slug(former)}.md", meta, body)
