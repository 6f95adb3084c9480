"""The home page: the newest papers, what is upvoted lately, the topics and a year of days."""

from __future__ import annotations

from generator import prose
from generator.catalog import Catalog, Entry
from generator.pages import calendar, lists, trending
from generator.pages.boxes import box
from generator.pages.common import count
from generator.pages.dates import days, headed
from generator.pages.page import Page
from generator.pages.rows import listing
from generator.pages.topics import newest_day, trend
from generator.prose import EMPTY, Span, paragraph

#: Papers of the newest day shown at once, and at least so many where days are small.
SHOWN = 20

#: Most upvoted papers of the week in the side column.
VOTED = 6


def page(catalog: Catalog, title: str, description: str) -> Page:
    """Make the home page."""
    meta = {
        "title": title,
        "description": description,
        "kind": "home",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    masthead = [
        prose.heading(1, prose.text(title), "home"),
        paragraph(prose.text(description), "pd-motto"),
    ]
    side = (*_voted(catalog), *_topics(catalog))
    body = prose.blocks(
        (
            box("pd-masthead", masthead),
            box("pd-body", _latest(catalog)),
            box("pd-side", side) if catalog.entries else EMPTY,
            box("pd-year", _year(catalog)),
        )
    )
    return Page("index.md", meta, body)


def _figures(catalog: Catalog) -> Span:
    dated = [e.when for e in catalog.entries if e.when]
    words = [lists.papers(len(catalog.entries)), f"{len(catalog.topics):,} topics"]
    if dated:
        first, last = min(dated)[:4], max(dated)[:4]
        words.append(first if first == last else f"{first} to {last}")
    more = prose.page_link(prose.text("Statistics"), "statistics.md")
    return prose.text(" · ".join(words)) + prose.text_part(" · ") + more


def _latest(catalog: Catalog) -> list[Span]:
    """Show the newest day, and the papers before it where it is a small one."""
    if not catalog.entries:
        why = "The archive is empty. Fill it with `digest ingest`, then run `digest build` again."
        return [paragraph(prose.text(why))]
    newest = catalog.entries[0].when
    same: tuple[Entry, ...] = catalog.by_day.get(newest, ())
    label = prose.text("Latest papers")
    if same:
        day = prose.page_link(prose.text(headed(newest)), f"dates/{newest}.md")
        label = prose.text_part("Latest: ") + day
    above = {e.id for e in catalog.pinned}
    shown = catalog.entries[: max(SHOWN, min(len(same), 3 * SHOWN))]
    kept = tuple(e for e in shown if e.id not in above)
    latest = tuple(e for e in kept if e.when == newest) if same else kept
    before = kept[len(latest) :]
    earlier = [prose.heading(2, prose.text("Before that"), "earlier"), listing(before, catalog)]
    pinned = [
        prose.heading(2, prose.text("Pinned"), "pinned"),
        listing(catalog.pinned, catalog),
    ]
    return [
        *(pinned if catalog.pinned else ()),
        prose.heading(2, label, "latest"),
        lists.tools(f"The newest {lists.papers(len(kept))}", {"feed": "feeds/all"}),
        listing(latest, catalog),
        *(earlier if before else ()),
        paragraph(prose.page_link(prose.text("All dates →"), "dates/index.md"), "pd-steps"),
    ]


def _voted(catalog: Catalog) -> list[Span]:
    """List the most upvoted papers of the archive's last seven days with votes."""
    label = prose.page_link(prose.text("Most upvoted lately"), "trending.md")
    voted = trending.most(catalog, trending.WEEK)[:VOTED]
    return trending.ranking(label, "upvoted", ((e, e.upvotes or 0) for e in voted))


def _topics(catalog: Catalog) -> list[Span]:
    items = []
    for top in catalog.children[""]:
        number = len(catalog.by_topic[top.name])
        if number:
            link = prose.page_link(prose.text(top.title), f"topics/{top.name}.md")
            items.append([paragraph(link + count(number) + trend(top, catalog))])
    if not items:
        return []
    label = prose.page_link(prose.text("Topics"), "topics/index.md")
    return [prose.heading(2, label, "topics"), box("pd-short", [prose.bullets(items)])]


def _year(catalog: Catalog) -> list[Span]:
    last = newest_day(catalog.entries)
    if not last:
        return []
    label = prose.page_link(prose.text("A year of papers"), "dates/index.md")
    return [
        prose.heading(2, label, "year"),
        calendar.year_of_days(days(catalog.entries), last),
        paragraph(_figures(catalog), "pd-facts"),
    ]
