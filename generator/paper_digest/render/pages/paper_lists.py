"""A list of papers over as many pages as it needs, whose addresses never change.

Pages are numbered from the oldest paper: page 1 stays page 1 when papers are added, and only the
newest page, which bears the list's own address, grows. It holds one to two pages' worth. Older
pages are for looking up: they leave out the blurbs, which are half of a list's weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page
from paper_digest.render.pages.paper_rows import listing
from paper_digest.render.span import Span

#: Front matter of every list: no side bars, and found by its papers, not by their blurbs.
META: dict[str, Any] = {
    "kind": "list",
    "hide": ["navigation", "toc"],
    "search": {"exclude": True},
}


class Frame(NamedTuple):
    """What surrounds the rows of a list: blocks above them, a heading first, and beside them.

    On a phone ``side`` stands below the rows: nothing a reader has to pass.
    """

    head: Iterable[Span]
    side: Iterable[Span] = ()


def pages(
    path: str,
    meta: dict[str, Any],
    frame: Frame,
    entries: tuple[CatalogEntry, ...],
    catalog: Catalog,
    size: int,
) -> list[Page]:
    """Make the pages of one list; the frame is around the rows of the first.

    Args:
        path: the first page's path; older pages lie beside it, as ``<stem>-page-1.md``.
        meta: front matter of the first page; ``feed`` and ``export`` are the paths, without
            ending, of the list's feed and of its citations; ``told: False`` leaves out its blurbs.
        frame: what stands around the rows.
        entries: the papers, newest first.
        catalog: the archive.
        size: papers on an older page.
    """
    older = max(0, len(entries) // size - 1)
    newest = len(entries) - older * size
    stem = path.removesuffix("/index.md").removesuffix(".md")
    rows = (
        tools(papers(len(entries)), meta),
        listing(entries[:newest], catalog, told=bool(meta.get("told", True))),
        _steps(path, stem, older + 1, older),
    )
    body = laid_out(frame, rows)
    made = [Page(path, META | meta, body)]
    for number in range(older, 0, -1):
        start = newest + (older - number) * size
        title = f"{meta['title']}, page {number}"
        shown = entries[start : start + size]
        label = _span(shown)
        steps = _steps(path, stem, number, older)
        inputs = catalog.hash_entries(shown, label, steps)
        older_body = partial(_older, title, label, shown, catalog, steps)
        front = META | meta | {"title": title}
        made.append(Page(f"{stem}-page-{number}.md", front, older_body, inputs))
    return made


def _older(
    title: str, label: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, steps: Span
) -> Span:
    """Set a further page of a list."""
    head = span.heading(1, span.text(title), "list")
    return span.blocks((head, tools(label, {}), listing(entries, catalog, told=False), steps))


def _span(entries: tuple[CatalogEntry, ...]) -> str:
    """Say of when papers are; a count from the newest would change this page with every paper."""
    first, last = entries[-1].filing_date, entries[0].filing_date
    if not last:
        return papers(len(entries))
    dates = [span.spoken(when) for when in dict.fromkeys((first or last, last))]
    return f"{papers(len(entries))}, {' to '.join(dates)}, newest first"


def laid_out(frame: Frame, rows: Iterable[Span]) -> Span:
    """Lay out the rows of a list in their frame; its head says whether something is beside them.

    The head comes first over a slow line: what is drawn before the rest has come must not move.
    """
    side = box("pd-side", frame.side)
    head = box("pd-head pd-sided" if side else "pd-head", frame.head)
    return span.blocks((head, box("pd-body", rows), side))


def papers(number: int) -> str:
    """Count papers in words: ``1 paper``, ``1,204 papers``."""
    return f"{number:,} paper{'' if number == 1 else 's'}"


def tools(label: str, meta: dict[str, Any]) -> Span:
    """Say how many papers a list has, and where its feed and citations are."""
    spans = [span.text(label)]
    if feed := meta.get("feed"):
        spans.append(span.page_link(span.text("Feed"), f"{feed}.atom"))
    if export := meta.get("export"):
        spans.append(span.page_link(span.text("BibTeX"), f"{export}.bib"))
        spans.append(span.page_link(span.text("CSL-JSON"), f"{export}.json"))
    return span.paragraph(span.join(spans, " · "), "pd-tools")


def _steps(path: str, stem: str, number: int, older: int) -> Span:
    """Link to the newer and the older page of a list."""
    newer = path if number >= older else f"{stem}-page-{number + 1}.md"
    spans = []
    if number <= older:
        spans.append(span.page_link(span.text("← Newer papers"), newer))
    if number > 1:
        spans.append(span.page_link(span.text("Older papers →"), f"{stem}-page-{number - 1}.md"))
    return span.paragraph(span.join(spans), "pd-steps")
