"""The picks of the week: all of them on one page, and what other pages show of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import paper_lists
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind, SitemapEntry
from paper_digest.render.pages.paper_rows import noted_row
from paper_digest.render.sentence import sentence
from paper_digest.render.span import Span, paragraph
from paper_digest.store.picks import Pick
from paper_digest.text.dates import format_long_date
from paper_digest.text.language import gettext

PICKS_PAGE_PATH = "picks.md"
PICKS_FEED_STEM = "feeds/picks"


def pick_words(pick: Pick) -> str:
    """Return a pick's sentence and who wrote it."""
    return gettext("“{sentence}” — {name}", sentence=pick.because, name=pick.by)


def home_section(catalog: Catalog) -> list[Span]:
    """Show the picks of this week, or the latest, for the home page."""
    return _section(catalog.curated.picks.latest(catalog.present_day), catalog)


def week_section(week: str, catalog: Catalog) -> list[Span]:
    """Show the picks of an ISO week, for its page."""
    return _section(catalog.curated.picks.of_week(week), catalog)


def pick_line(pick: Pick) -> Span:
    """Say on a paper's page that it was the pick of a week, and why."""
    week = format_long_date(pick.week)
    label = span.page_link(span.text(gettext("Pick of the week")), PICKS_PAGE_PATH)
    return label + span.text_run(f" ({week}): ") + _quotation(pick)


def _quotation(pick: Pick) -> Span:
    because, by = span.text(pick.because), span.text(pick.by)
    return sentence(gettext("“{sentence}” — {name}"), sentence=because, name=by)


def _section(picks: Iterable[Pick], catalog: Catalog) -> list[Span]:
    rows = _rows(picks, catalog)
    if not rows:
        return []
    label = span.page_link(span.text(gettext("Pick of the week")), PICKS_PAGE_PATH)
    return [span.heading(2, label, "pick"), box("pd-list", [span.bullet_list_of(rows)])]


def _rows(picks: Iterable[Pick], catalog: Catalog) -> list[Span]:
    return [noted_row(catalog.by_slug[p.slug], catalog, _quotation(p)) for p in picks]


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    catalog = inputs.catalog
    picks = catalog.curated.picks.all
    if picks:
        entries = (catalog.by_slug[pick.slug] for pick in picks)
        shown = [(pick.date, pick.because, pick.by) for pick in picks]
        inputs_hash = catalog.hash_entries(entries, shown)
        yield OutputGroup("picks", inputs_hash, partial(_page, catalog))


def _page(catalog: Catalog) -> tuple[Page]:
    picks = catalog.curated.picks
    title = gettext("Picks of the week")
    meta = {"title": title, "feed": PICKS_FEED_STEM}
    count = paper_lists.format_paper_count(len({pick.slug for pick in picks.all}))
    rows = [paper_lists.toolbar(count, meta)]
    for week, of_week in picks.by_week.items():
        label = span.text(format_long_date(week))
        if week in catalog.by_week:
            label = span.page_link(label, f"dates/{week}.md")
        rows.append(span.heading(2, label, f"w{week}", searchable=False))
        rows.append(box("pd-list", [span.bullet_list_of(_rows(of_week, catalog))]))
    words = gettext("One paper a week that somebody of this archive recommends, and why.")
    head = [span.heading(1, span.text(title), "picks"), paragraph(span.text(words))]
    slugs = list(dict.fromkeys(pick.slug for pick in picks.all))
    front = paper_lists.LIST_META | meta | {"search": {}, "papers": slugs}
    return (Page(PICKS_PAGE_PATH, front, paper_lists.lay_out(paper_lists.Frame(head), rows)),)


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    if picks := catalog.curated.picks.all:
        yield SitemapEntry(PICKS_PAGE_PATH, picks[0].date)


KIND = PageKind(("picks.md",), _groups, sitemap_entries=_sitemap_entries)
