"""The trending page: papers with many upvotes for their age, and most gained in a week or month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages import paper_lists, sidebar
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.render.pages.page_kind import PageKind, index_entry
from paper_digest.render.pages.paper_rows import paper_list, title_link
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    format_decimal,
    format_number,
    gettext,
    ngettext,
)

#: Papers in each part of the page.
MAX_PAPERS_SHOWN = 20

#: Papers in a ranking beside them.
MAX_RANKED = 10

#: Path of the feed of rising papers, without its ending.
RISING_FEED_PATH = "feeds/trending/rising"

#: Upvotes are divided by (age in days + 2) to this power.
AGE_EXPONENT = 1.4

#: Days looked back for rising papers, and for movers of the month.
MONTH_DAYS = 30

#: Days looked back for movers of the week.
WEEK_DAYS = 7


def make_page(catalog: Catalog) -> Page:
    """Make the page; ages count from the newest paper with upvotes whose date has come, not from today."""
    shown = trending_lists(catalog)
    feeds = {
        stem: title for stem, (title, entries) in shown.items() if paper_lists.has_feed(entries)
    }
    why = gettext("No source of this archive gives upvotes, so there is nothing to rank.")
    rows: list[Span] = []
    if shown:
        ranked = gettext(
            "Papers ranked by upvotes ÷ (age in days + 2) to the power of {exponent}: many upvotes in a "
            "short time rank high. Upvotes are as the source last gave them; ages count to {date}.",
            exponent=format_decimal(AGE_EXPONENT),
            date=format_date(_newest(catalog)),
        )
        why = f"{ranked} {_looks(catalog)}".rstrip()
        rising = shown.pop(RISING_FEED_PATH)[1]
        rows = [
            paper_lists.toolbar(_how_many(len(rising), catalog), {"feed": RISING_FEED_PATH}),
            paper_list(rising, catalog),
        ]
    head = (
        span.heading(1, span.text(gettext("Trending")), "trending"),
        paragraph(span.text(why), "pd-small"),
    )
    side: list[Span] = []
    for stem, (title, entries) in shown.items():
        gains = upvote_gains(catalog, WEEK_DAYS if stem.endswith("/week") else MONTH_DAYS)
        feed = span.page_link(span.text(gettext("Feed")), f"{stem}.atom")
        counted = ((e, gains[e]) for e in entries[:MAX_RANKED])
        side += ranking_section(span.text(title), stem.rpartition("/")[2], counted)
        if stem in feeds:
            side.append(paragraph(feed, "pd-pager"))
    meta = paper_lists.LIST_META | {"title": gettext("Trending"), "feeds": feeds}
    return Page("trending.md", meta, paper_lists.lay_out(paper_lists.Frame(head, side), rows))


def _how_many(shown: int, catalog: Catalog) -> str:
    """Say how many papers there are, and how many of them the list has where it has not all."""
    total = len(most_upvoted(catalog, MONTH_DAYS))
    papers = paper_lists.format_paper_count(total)
    if shown == total:
        return gettext("{papers} of {days} days", papers=papers, days=MONTH_DAYS)
    return gettext(
        "The first {number} of {papers} of {days} days",
        number=format_number(shown),
        papers=papers,
        days=MONTH_DAYS,
    )


def _looks(catalog: Catalog) -> str:
    """Say how often the ranked papers were counted, which decides what can be known of what moves; "" where all were on several days."""
    recent = most_upvoted(catalog, MONTH_DAYS)
    often = sum(len(e.upvotes_by_day) > 1 for e in recent)
    if not often:
        return gettext("Each was counted on one day alone: nothing is known of gains since.")
    if often == len(recent):
        return ""
    return ngettext(
        "{n} of {papers} was counted on more than one day; any other stands with what it had on its day.",
        "{n} of {papers} were counted on more than one day; any other stands with what it had on its day.",
        often,
        papers=paper_lists.format_paper_count(len(recent)),
    )


def trending_lists(catalog: Catalog) -> dict[str, tuple[str, tuple[CatalogEntry, ...]]]:
    """Return title and papers of each part of the page, by the path of its feed without ending."""
    rising = rising_papers(catalog)
    if not rising:
        return {}
    week, month = (
        tuple(upvote_gains(catalog, days))[:MAX_PAPERS_SHOWN] for days in (WEEK_DAYS, MONTH_DAYS)
    )
    lists = {
        RISING_FEED_PATH: (gettext("Rising"), rising[:MAX_PAPERS_SHOWN]),
        "feeds/trending/week": (gettext("Most upvotes gained in a week"), week),
        "feeds/trending/month": (gettext("Most upvotes gained in a month"), month),
    }
    return {stem: shown for stem, shown in lists.items() if shown[1]}


def ranking_section(
    title: Span, anchor: str, counted: Iterable[tuple[CatalogEntry, int]]
) -> list[Span]:
    """List papers by title, each with a number of upvotes."""
    items = ((title_link(e), number) for e, number in counted)
    return sidebar.counted_section(title, anchor, items)


@lru_cache(maxsize=2)  # the week and the month, for the page and its feeds
def upvote_gains(catalog: Catalog, days: int) -> Mapping[CatalogEntry, int]:
    """Return the papers that gained upvotes in the last days, and how many, the most first.

    Nothing where no paper of those days was counted on two days: then nothing is known of what moves.
    The gain is the newest count minus the last count before those days. A paper without such a
    count gained all it has if it was filed in those days, else its newest minus its first count.
    """
    newest = max((e.upvotes_by_day[-1][0] for e in catalog.entries if e.upvotes_by_day), default="")
    if not newest:
        return {}
    first = (date.fromisoformat(newest) - timedelta(days)).isoformat()
    if not any(
        len(e.upvotes_by_day) > 1 and e.upvotes_by_day[-1][0] > first for e in catalog.entries
    ):
        return {}
    gains = {}
    for e in catalog.entries:
        if e.upvotes_by_day:
            before = [number for day, number in e.upvotes_by_day if day <= first]
            since = before[-1] if before else 0 if e.filing_date > first else e.upvotes_by_day[0][1]
            gains[e] = e.upvotes_by_day[-1][1] - since
    ordered = sorted(gains.items(), key=lambda gain: (-gain[1], gain[0].slug))
    return {e: gain for e, gain in ordered if gain > 0}


def rising_papers(catalog: Catalog) -> tuple[CatalogEntry, ...]:
    """Return the papers with the most upvotes for their age, the best first."""
    newest = _newest(catalog)

    def score(e: CatalogEntry) -> float:
        age = (date.fromisoformat(newest) - date.fromisoformat(e.filing_date)).days
        return float((e.upvotes or 0) / (age + 2) ** AGE_EXPONENT)

    return tuple(sorted(most_upvoted(catalog, MONTH_DAYS), key=lambda e: (-score(e), e.slug)))


def most_upvoted(catalog: Catalog, days: int) -> tuple[CatalogEntry, ...]:
    """Return the upvoted papers of the last days that have any, the most upvoted first."""
    newest = _newest(catalog)
    if not newest:
        return ()
    first = (date.fromisoformat(newest) - timedelta(days - 1)).isoformat()
    recent = [e for e in _voted(catalog) if first <= e.filing_date <= newest]
    return tuple(sorted(recent, key=lambda e: (-(e.upvotes or 0), e.slug)))


def _newest(catalog: Catalog) -> str:
    return max((e.filing_date for e in _voted(catalog)), default="")


def _voted(catalog: Catalog) -> list[CatalogEntry]:
    return [e for e in catalog.come if e.upvotes and len(e.filing_date) == len("YYYY-MM-DD")]


KIND = PageKind(
    ("trending.md",),
    lambda inputs: (single_page_group(make_page(inputs.catalog)),),
    sitemap_entries=lambda catalog: (index_entry("trending.md", catalog),),
)
