"""The home page: the newest papers, what is upvoted lately, the topics and a year of days."""

from __future__ import annotations

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages import (
    changes,
    curated_lists,
    heatmap,
    meetings,
    monitors,
    paper_lists,
    picks,
    trending,
)
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.dates import count_by_day
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind, index_entry
from paper_digest.render.pages.paper_rows import paper_list
from paper_digest.render.pages.sidebar import count_badge
from paper_digest.render.pages.topics import topic_sparkline
from paper_digest.render.sentence import sentence, with_commands
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.text.dates import format_heading
from paper_digest.text.language import gettext, ngettext

#: Papers of the newest day shown at once, and at least so many where days are small.
MIN_LATEST_PAPERS = 20

#: Most upvoted papers of the week in the side column.
MAX_UPVOTED = 6


def make_page(catalog: Catalog, title: str, description: str) -> Page:
    """Make the home page."""
    meta = {
        "title": title,
        "description": description,
        "kind": "home",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    masthead = [
        span.heading(1, span.text(title), "home"),
        paragraph(span.text(description), "pd-tagline"),
    ]
    side = (
        *meetings.coming_section(catalog),
        *curated_lists.lists_section(catalog),
        *monitors.sidebar_section(catalog),
        *changes.sidebar_section(catalog),
        *_upvoted_section(catalog),
        *_topics(catalog),
    )
    body = span.join_blocks(
        (
            box("pd-masthead", masthead),
            box("pd-body", _latest(catalog)),
            box("pd-side", side) if catalog.entries else EMPTY,
            box("pd-year", _year(catalog)),
        )
    )
    return Page("index.md", meta, body)


def _figures(catalog: Catalog) -> Span:
    dated = [e.filing_date for e in catalog.entries if e.filing_date]
    words = [
        paper_lists.format_paper_count(len(catalog.entries)),
        ngettext("{n} topic", "{n} topics", sum(map(bool, catalog.by_topic.values()))),
    ]
    if dated:
        first, last = min(dated)[:4], max(dated)[:4]
        words.append(
            first if first == last else gettext("{first} to {last}", first=first, last=last)
        )
    more = span.page_link(span.text(gettext("Statistics")), "statistics.md")
    return span.text(" · ".join(words)) + span.text_run(" · ") + more


def _latest(catalog: Catalog) -> list[Span]:
    """Show the newest day, and the papers before it where it is a small one."""
    if not catalog.entries:
        why = gettext(
            "The archive is empty. Fill it with `digest ingest`, then build the site again."
        )
        return [paragraph(with_commands(why))]
    newest = catalog.newest_date
    of_newest_day: tuple[CatalogEntry, ...] = catalog.by_day.get(newest, ())
    label = span.text(gettext("Latest papers"))
    if of_newest_day:
        day = span.page_link(span.text(format_heading(newest)), f"dates/{newest}.md")
        label = sentence(gettext("Latest: {date}"), date=day)
    pinned_ids = {e.id for e in catalog.pinned}
    # A paper dated ahead is no news of today: it stands in the lists of its date, and among what came last.
    shown = catalog.come[: max(MIN_LATEST_PAPERS, min(len(of_newest_day), 3 * MIN_LATEST_PAPERS))]
    unpinned = tuple(e for e in shown if e.id not in pinned_ids)
    latest = tuple(e for e in unpinned if e.filing_date == newest) if of_newest_day else unpinned
    before = unpinned[len(latest) :]
    count = paper_lists.format_paper_count(len(unpinned))
    earlier = [
        span.heading(2, span.text(gettext("Before that")), "earlier"),
        paper_list(before, catalog),
    ]
    pinned = [
        span.heading(2, span.text(gettext("Pinned")), "pinned"),
        paper_list(catalog.pinned, catalog),
    ]
    newest_papers = [
        span.heading(2, label, "latest"),
        paper_lists.toolbar(
            gettext("The newest {papers}", papers=count) if len(unpinned) > 1 else count,
            {"feed": "feeds/all"},
            span.page_link(span.text(gettext("New for you")), "new.md"),
        ),
        paper_list(latest, catalog),
    ]
    return [
        *picks.home_section(catalog),
        *(pinned if catalog.pinned else ()),
        *(newest_papers if unpinned else ()),
        *(earlier if before else ()),
        paragraph(span.page_link(span.text(gettext("All dates →")), "dates/index.md"), "pd-pager"),
    ]


def _upvoted_section(catalog: Catalog) -> list[Span]:
    """List the most upvoted papers of the archive's last seven days with votes."""
    label = span.page_link(span.text(gettext("Most upvoted lately")), "trending.md")
    voted = trending.most_upvoted(catalog, trending.WEEK_DAYS)[:MAX_UPVOTED]
    return trending.ranking_section(label, "upvoted", ((e, e.upvotes or 0) for e in voted))


def _topics(catalog: Catalog) -> list[Span]:
    items = []
    for top in catalog.child_topics[""]:
        number = len(catalog.by_topic[top.name])
        if number:
            link = span.page_link(span.text(top.title), f"topics/{top.name}.md")
            items.append([paragraph(link + count_badge(number) + topic_sparkline(top, catalog))])
    if not items:
        return []
    label = span.page_link(span.text(gettext("Topics")), "topics/index.md")
    return [
        span.heading(2, label, "topics"),
        box("pd-compact-list pd-counted", [span.bullet_list(items)]),
    ]


def _year(catalog: Catalog) -> list[Span]:
    last = catalog.present_day
    if not last:
        return []
    label = span.page_link(span.text(gettext("A year of papers")), "dates/index.md")
    return [
        span.heading(2, label, "year"),
        heatmap.year_heatmap(count_by_day(catalog.entries), last),
        paragraph(_figures(catalog), "pd-meta"),
    ]


def _groups(inputs: PageInputs) -> tuple[PageGroup]:
    config = inputs.config
    return (single_page_group(make_page(inputs.catalog, config.title, config.description)),)


KIND = PageKind(
    ("index.md",), _groups, sitemap_entries=lambda catalog: (index_entry("index.md", catalog),)
)
