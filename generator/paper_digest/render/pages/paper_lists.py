"""A list of papers over as many pages as it needs, whose addresses never change.

Pages are numbered from the oldest paper: page 1 stays page 1 when papers are added, and only the
newest page, which bears the list's own address, grows. It holds one to two pages' worth. Older
pages are for looking up: they leave out the blurbs, which are half of a list's weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page
from paper_digest.render.pages.paper_rows import paper_list
from paper_digest.render.span import Span
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    gettext,
    ngettext,
)

#: Front matter of every list: no side bars, and found by its papers, not by their blurbs.
LIST_META: dict[str, Any] = {
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


def list_pages(
    path: str,
    meta: dict[str, Any],
    frame: Frame,
    entries: tuple[CatalogEntry, ...],
    catalog: Catalog,
    page_size: int,
) -> list[Page]:
    """Make the pages of one list; the frame is around the rows of the first.

    Args:
        path: the first page's path; older pages lie beside it, as ``<stem>-page-1.md``.
        meta: front matter of the first page; ``feed`` and ``export`` are the paths, without
            ending, of the list's feed and of its citations, which are not named where they would be
            empty; ``with_blurbs: False`` leaves out its blurbs.
        frame: what stands around the rows.
        entries: the papers, newest first.
        catalog: the archive.
        page_size: papers on an older page.
    """
    empty = {"feed": not has_feed(entries), "export": not entries}
    meta = {key: value for key, value in meta.items() if not empty.get(key)}
    older_count = max(0, len(entries) // page_size - 1)
    newest_count = len(entries) - older_count * page_size
    stem = path.removesuffix("/index.md").removesuffix(".md")
    rows = (
        toolbar(format_paper_count(len(entries)), meta),
        paper_list(
            entries[:newest_count], catalog, with_blurbs=bool(meta.get("with_blurbs", True))
        ),
        _pager(
            path,
            stem,
            older_count + 1,
            older_count,
            _page_index(stem, entries[newest_count:], page_size),
        ),
    )
    body = lay_out(frame, rows)
    listed = {"papers": [entry.slug for entry in entries[:newest_count]]}
    result = [Page(path, LIST_META | meta | listed, body)]
    for number in range(older_count, 0, -1):
        start = newest_count + (older_count - number) * page_size
        title = gettext("{list}, page {number}", list=meta["title"], number=number)
        shown = entries[start : start + page_size]
        # The page says no more than this, and is seldom made: nearly all stay as they are.
        slugs = [entry.slug for entry in shown]
        row_hashes = b"".join(map(catalog.shown_hashes.__getitem__, slugs))
        place = (path, stem, number, older_count)
        inputs = hash_bytes(row_hashes, repr((path, number, number == older_count)).encode())
        older_body = partial(_older_body, title, shown, catalog, place)
        front = LIST_META | meta | {"title": title, "papers": slugs}
        result.append(Page(f"{stem}-page-{number}.md", front, older_body, inputs))
    return result


def has_feed(entries: Iterable[CatalogEntry]) -> bool:
    """Tell whether a list has a feed: a feed holds papers with a day, and none is empty."""
    return any(entry.filing_date for entry in entries)


def _older_body(
    title: str,
    entries: tuple[CatalogEntry, ...],
    catalog: Catalog,
    place: tuple[str, str, int, int],
) -> Span:
    """Set a further page of a list; ``place`` is what ``_pager`` takes."""
    head = span.heading(1, span.text(title), "list")
    label = toolbar(_date_range(entries), {})
    rows = paper_list(entries, catalog, with_blurbs=False)
    return span.join_blocks((head, label, rows, _pager(*place)))


def _date_range(entries: tuple[CatalogEntry, ...]) -> str:
    """Return the papers' number and dates: unlike their places in the list, these never change."""
    first, last = entries[-1].filing_date, entries[0].filing_date
    if not last:
        return format_paper_count(len(entries))
    dates = [format_date(when) for when in dict.fromkeys((first or last, last))]
    papers = format_paper_count(len(entries))
    return gettext("{papers}, {dates}, newest first", papers=papers, dates=_range(dates))


def lay_out(frame: Frame, rows: Iterable[Span]) -> Span:
    """Lay out the rows of a list in their frame; the head's class says whether there is a side column.

    The head arrives first on a slow connection, and must not move when the side column arrives.
    """
    side = box("pd-side", frame.side)
    head = box("pd-head pd-has-side" if side else "pd-head", frame.head)
    return span.join_blocks((head, box("pd-body", rows), side))


def format_paper_count(number: int) -> str:
    """Count papers in words: ``1 paper``, ``1,204 papers``."""
    return ngettext("{n} paper", "{n} papers", number)


def _range(ends: Sequence[str]) -> str:
    """Write a range of dates or years; one that begins where it ends is that date."""
    first, last = ends[0], ends[-1]
    return first if len(ends) == 1 else gettext("{first} to {last}", first=first, last=last)


def toolbar(label: str, meta: dict[str, Any], *links: Span) -> Span:
    """Set a list's label, usually its number of papers, links to its feed and citations, and others."""
    spans = [span.text(label)]
    if feed := meta.get("feed"):
        spans.append(span.page_link(span.text(gettext("Feed")), f"{feed}.atom"))
    if export := meta.get("export"):
        spans.append(span.page_link(span.text("BibTeX"), f"{export}.bib"))
        spans.append(span.page_link(span.text("CSL-JSON"), f"{export}.json"))
        spans.append(span.page_link(span.text("RIS"), f"{export}.ris"))
    return span.paragraph(span.join((*spans, *links), " · "), "pd-tools")


def _page_index(stem: str, older: tuple[CatalogEntry, ...], page_size: int) -> Span:
    """Link to each older page by its number, with its years; nothing where there is no older page."""
    count = len(older) // page_size
    lines = []
    for number in range(count, 0, -1):
        start = (count - number) * page_size
        shown = older[start : start + page_size]
        years = sorted({e.filing_date[:4] for e in (shown[0], shown[-1]) if e.filing_date})
        link = span.page_link(
            span.text(gettext("Page {number}", number=number)), f"{stem}-page-{number}.md"
        )
        when = f" {_range(years)}" if years else ""
        lines.append([span.paragraph(link + span.text_run(when))])
    if not lines:
        return span.EMPTY
    index = box("pd-compact-list pd-name-list", [span.bullet_list(lines)])
    return span.details(ngettext("{n} page", "All {n} pages", count + 1), index)


def _pager(path: str, stem: str, number: int, older_count: int, index: Span = span.EMPTY) -> Span:
    """Link to the newer and the older page of a list, and to all where there is an ``index``."""
    newer = path if number >= older_count else f"{stem}-page-{number + 1}.md"
    spans = []
    if number <= older_count:
        spans.append(span.page_link(span.text(gettext("← Newer papers")), newer))
    if number > 1:
        spans.append(
            span.page_link(span.text(gettext("Older papers →")), f"{stem}-page-{number - 1}.md")
        )
    links = span.paragraph(span.join(spans))
    return box("pd-pager", (links, index), "nav", gettext("Pages of this list"))
