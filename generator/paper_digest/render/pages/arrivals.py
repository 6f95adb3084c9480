"""The page of what is new for a reader: papers in the order in which they came, across days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from paper_digest.catalog.catalog import Catalog
from paper_digest.render import span
from paper_digest.render.pages import paper_lists
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_rows import paper_list
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date
from paper_digest.text.language import gettext

PAGE_PATH = "new.md"

#: Papers shown without scripts, which know what the reader has seen.
MAX_PAPERS_SHOWN = 50


def make_page(catalog: Catalog) -> Page:
    """Make the page; a script puts in what came since the reader last said that all is seen."""
    what = gettext(
        "Papers in the order in which they came into this archive, whatever their dates. What you have "
        "seen is kept in your browser and sent nowhere."
    )
    rows = list(_rows_by_day(catalog)) or [
        paragraph(span.text(gettext("No paper says on which day it came.")))
    ]
    head = (
        span.heading(1, span.text(gettext("New for you")), "new"),
        paragraph(span.text(what), "pd-small"),
    )
    meta = paper_lists.LIST_META | {"title": gettext("New for you"), "kind": "arrivals"}
    return Page(PAGE_PATH, meta, paper_lists.lay_out(paper_lists.Frame(head, ()), rows))


def _rows_by_day(catalog: Catalog) -> Iterator[Span]:
    shown = catalog.newest_arrivals[:MAX_PAPERS_SHOWN]
    for day, entries in groupby(shown, attrgetter("arrived")):
        yield span.heading(
            2, span.text(gettext("Came on {date}", date=format_date(day))), f"came-{day}"
        )
        yield paper_list(tuple(entries), catalog)


def _groups(inputs: PageInputs) -> tuple[PageGroup]:
    catalog = inputs.catalog
    key = catalog.hash_entries(catalog.newest_arrivals[:MAX_PAPERS_SHOWN])
    return (PageGroup("new", key, lambda: (make_page(catalog),)),)


KIND = PageKind(("new.md", "assets/arrivals"), _groups)
