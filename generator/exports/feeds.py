"""Which lists have a feed, and the files of each.

A feed is a list of slugs, so any list of papers can have one. A paper without a date stands in
none: a feed is read by date, and the paper has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from generator.catalog import Catalog, Entry
from generator.config import Config
from generator.exports.atom import atom
from generator.exports.feed_items import Item, item
from generator.exports.jsonfeed import jsonfeed
from generator.exports.records import Records

#: Papers in the archive's feed: more than come in on a busy day.
SIZE = 100

#: Papers in another list's feed, unless it says otherwise.
OF_TOPIC = 30

#: Papers kept in memory while feeds are made, about two kilobytes each.
HELD = 4096


class Feed(NamedTuple):
    """One feed: ``stem`` is its path under ``docs/`` without ``.atom`` or ``.json``.

    ``page`` is the path of the list it belongs to (``topics/nlp.md``), ``slugs`` its papers,
    newest first.
    """

    stem: str
    title: str
    page: str
    slugs: tuple[str, ...]


def feed_of(
    stem: str, title: str, page: str, entries: Iterable[Entry], size: int = OF_TOPIC
) -> Feed:
    """Make the feed of any list of papers, newest first: a topic, an author, what is trending."""
    dated = (e.slug for e in entries if e.when)
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


def of_papers(catalog: Catalog, records: Records) -> Callable[[str], Item]:
    """Make, by slug, what feeds say of a paper: once for all feeds it stands in, as they come."""
    titles = {name: topic.title for name, topic in catalog.topics.items()}

    @lru_cache(maxsize=HELD)
    def made(slug: str) -> Item:
        return item(records.paper(slug), [titles[t] for t in catalog.by_slug[slug].topics])

    return made


def files(feed: Feed, items: Callable[[str], Item], config: Config) -> Iterator[tuple[str, bytes]]:
    """Yield a feed in both its formats."""
    shown = tuple(map(items, feed.slugs))
    yield f"{feed.stem}.atom", atom(feed.stem, feed.title, feed.page, shown, config)
    yield f"{feed.stem}.json", jsonfeed(feed.stem, feed.title, feed.page, shown, config)
