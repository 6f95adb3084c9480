"""The page of changes: what became another in which record, by whom, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.changes import (
    RECENT_DAYS,
    PaperChange,
    accepted_papers,
    all_changes,
    first_recent_day,
    latest_news,
)
from paper_digest.catalog.news import CORRECTIONS
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.change_words import change_line
from paper_digest.render.pages import paper_lists, sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind, SitemapEntry
from paper_digest.render.pages.paper_rows import paper_list, title_link
from paper_digest.render.span import Span, paragraph
from paper_digest.text.dates import format_date
from paper_digest.text.language import gettext

PAGE_PATH = "changes.md"
FEED_STEM = "feeds/changes"
#: What scripts read: the latest news, for papers that a reader starred.
NEWS_FILE = "assets/news.json"
#: Papers accepted lately that the home page names.
MAX_ACCEPTED_ON_HOME = 6
#: Changes on the page; a paper's own page has its own.
MAX_CHANGES_SHOWN = 500


def make_page(catalog: Catalog) -> Page:
    """Make the page of an archive in which something changed."""
    changes = all_changes(catalog)
    accepted, feeds = accepted_papers(changes), change_feeds(changes)
    head = [
        span.heading(1, span.text(gettext("Changes")), "changes"),
        paragraph(span.text(gettext("What changed in the records of this archive, who said so, and what it was before."))),
        _feed_links(feeds),
    ]  # fmt: skip
    rows = list[Span]()
    if accepted:
        label = span.text(gettext("Accepted or published, in {days} days", days=RECENT_DAYS))
        rows = [
            span.heading(2, label, "accepted"),
            paper_lists.toolbar(paper_lists.format_paper_count(len(accepted)), {}),
            paper_list(accepted, catalog),
        ]
    meta = paper_lists.LIST_META | {
        "title": gettext("Changes"),
        "description": gettext(
            "Corrections, retractions, new versions and acceptances in this archive."
        ),
        "feeds": {feed.stem: feed.title for feed in feeds},
        "papers": [entry.slug for entry in accepted],
    }
    body = [*rows, *_days(changes[:MAX_CHANGES_SHOWN])]
    return Page(PAGE_PATH, meta, paper_lists.lay_out(paper_lists.Frame(head), body))


class ChangeFeed(NamedTuple):
    """A feed of this page: its path without ending, its title, and its changes, the newest first."""

    stem: str
    title: str
    changes: list[PaperChange]


def change_feeds(changes: list[PaperChange]) -> list[ChangeFeed]:
    """List the feeds that have an entry."""
    news = list(latest_news(changes))
    accepted = [(change, entry) for n, change, entry in news if n.kind == "accepted"]
    corrections = [(change, entry) for n, change, entry in news if n.kind in CORRECTIONS]
    feeds = (
        ChangeFeed(FEED_STEM, gettext("Changes"), changes),
        ChangeFeed("feeds/accepted", gettext("Accepted or published"), accepted),
        ChangeFeed("feeds/corrections", gettext("Retractions and corrections"), corrections),
    )
    return [feed for feed in feeds if feed.changes]


def _feed_links(feeds: list[ChangeFeed]) -> Span:
    links = (span.page_link(span.text(feed.title), f"{feed.stem}.atom") for feed in feeds)
    return paragraph(span.text_run(gettext("Feeds:") + " ") + span.join(links, " · "), "pd-meta")


def _days(changes: list[PaperChange]) -> Iterator[Span]:
    for day, of_day in groupby(changes, key=lambda pair: pair[0].at):
        yield span.heading(2, span.text(format_date(day)), f"changed-{day}")
        items = []
        for entry, of_paper in groupby(of_day, key=lambda pair: pair[1]):
            lines = [paragraph(title_link(entry), "pd-title")]
            for change, _ in of_paper:
                lines.append(paragraph(change_line(change), "pd-meta"))
            items.append(lines)
        yield span.bullet_list(items)


def sidebar_section(catalog: Catalog) -> list[Span]:
    """Say for the home page how much changed lately; nothing where nothing ever did."""
    changes = all_changes(catalog)
    first = first_recent_day(changes)
    counts = (
        (gettext("Accepted or published"), "accepted", len(accepted_papers(changes))),
        (gettext("Withdrawn, retracted or corrected by their publishers"), "changes", sum(c.at >= first and c.field in {"withdrawn", "notices"} for c, _ in changes)),
        (gettext("All changes"), "changes", sum(c.at >= first for c, _ in changes)),
    )  # fmt: skip
    title = span.page_link(
        span.text(gettext("Changes in {days} days", days=RECENT_DAYS)), PAGE_PATH
    )
    items = (
        (span.page_link(span.text(label), PAGE_PATH, anchor), count)
        for label, anchor, count in counts
        if count
    )
    if not changes:
        return []
    return [*sidebar.counted_section(title, "changed", items), *_accepted_section(changes)]


def _accepted_section(changes: list[PaperChange]) -> list[Span]:
    """List for the home page what was accepted in the week up to the newest change, and where."""
    first = first_recent_day(changes)
    recent = latest_news(pair for pair in changes if pair[0].at >= first)
    accepted = {entry.slug: (news, entry) for news, _, entry in recent if news.kind == "accepted"}
    items = [
        [paragraph(title_link(entry)), paragraph(span.text(news.detail), "pd-small")]
        for news, entry in list(accepted.values())[:MAX_ACCEPTED_ON_HOME]
    ]
    if not items:
        return []
    label = span.page_link(span.text(gettext("Accepted this week")), PAGE_PATH, "accepted")
    return [
        span.heading(2, label, "accepted"),
        box("pd-compact-list", [span.bullet_list(items)]),
    ]


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    catalog = inputs.catalog
    changed = [entry for entry in catalog.entries if entry.changes]
    if changed:
        key = catalog.hash_entries(changed)
        yield OutputGroup("changes", key, lambda: (make_page(catalog),))


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    if changes := all_changes(catalog):
        yield SitemapEntry(PAGE_PATH, changes[0][0].at)


KIND = PageKind(("changes.md", "assets/news.json"), _groups, sitemap_entries=_sitemap_entries)
