"""Which lists have a feed, and the files of each.

A feed is a list of slugs, so any list of papers can have one. A paper without a date stands in
none: a feed is read by date, and the paper has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.render.exports.absolute_url import address
from paper_digest.render.exports.atom import atom, entry
from paper_digest.render.exports.feed_items import item
from paper_digest.render.exports.jsonfeed import encoded, jsonfeed
from paper_digest.render.exports.record_reader import Records
from paper_digest.settings.config import Config

#: Papers in the archive's feed: more than come in on a busy day.
SIZE = 100

#: Papers in another list's feed, unless it says otherwise.
OF_TOPIC = 30

#: Papers kept in memory while feeds are made, about five kilobytes each.
HELD = 2048


class Feed(NamedTuple):
    """One feed: ``stem`` is its path under ``docs/`` without ``.atom`` or ``.json``.

    ``page`` is the path of the list it belongs to (``topics/nlp.md``), ``slugs`` its papers,
    newest first.
    """

    stem: str
    title: str
    page: str
    slugs: tuple[str, ...]


class Told(NamedTuple):
    """What the feeds of one folder tell of a paper: its newest date, and it in both formats."""

    updated: str
    atom: str
    json: msgspec.Raw


def feed_of(
    stem: str, title: str, page: str, entries: Iterable[CatalogEntry], size: int = OF_TOPIC
) -> Feed:
    """Make the feed of any list of papers, newest first: a topic, an author, what is trending."""
    dated = (e.slug for e in entries if e.filing_date)
    return Feed(stem, title, page, tuple(islice(dated, size)))


def of_archive(catalog: Catalog, config: Config) -> tuple[Feed, ...]:
    """Make the feed of all papers and one for every topic."""
    feeds = [feed_of("feeds/all", config.title, "index.md", catalog.entries, SIZE)]
    for name, topic in catalog.topics.items():
        title = f"{topic.title} · {config.title}"
        entries = catalog.by_topic[name]
        stem, page = f"feeds/topics/{name}", f"topics/{name}.md"
        feeds.append(feed_of(stem, title, page, entries))
    return tuple(feeds)


def of_papers(catalog: Catalog, records: Records, config: Config) -> Callable[[str, str], Told]:
    """Tell of a paper, by slug and address, once for all feeds that it stands in."""
    titles = {name: topic.title for name, topic in catalog.topics.items()}

    @lru_cache(maxsize=HELD)
    def made(slug: str, place: str) -> Told:
        one = item(records.paper(slug), [titles[t] for t in catalog.by_slug[slug].topics])
        return Told(one.updated, entry(one, place, config), encoded(one, place, config))

    return made


def files(
    feed: Feed, told: Callable[[str, str], Told], config: Config
) -> Iterator[tuple[str, bytes]]:
    """Yield a feed in both its formats."""
    places = (address(f"papers/{slug}.md", config, feed.stem) for slug in feed.slugs)
    shown = [told(slug, place) for slug, place in zip(feed.slugs, places, strict=True)]
    updated = max((one.updated for one in shown), default="")
    entries, items = [one.atom for one in shown], [one.json for one in shown]
    yield f"{feed.stem}.atom", atom(feed.stem, feed.title, feed.page, entries, updated, config)
    yield f"{feed.stem}.json", jsonfeed(feed.stem, feed.title, feed.page, items, config)
