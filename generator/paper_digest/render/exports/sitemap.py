"""Sitemaps with the papers' own dates: an index, one file a year, one for the lists.

Protocol: https://www.sitemaps.org/protocol.html. It knows absolute addresses only, so a site
whose address is not known yet has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render.exports.absolute_url import address
from paper_digest.render.exports.feeds import Feed
from paper_digest.render.exports.record_reader import Records
from paper_digest.settings.config import Config

#: The protocol allows 50,000 addresses to a file.
MOST = 40_000

#: Pages that are as new as the newest paper.
INDEXES = (
    "index.md",
    "topics/index.md",
    "dates/index.md",
    "authors/index.md",
    "organisations/index.md",
    "trending.md",
    "statistics.md",
)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Sitemap:
    """The addresses of a site, by year."""

    def __init__(
        self,
        catalog: Catalog,
        records: Records,
        config: Config,
        more: Iterable[Feed] = (),
        written: Iterable[str] = (),
    ) -> None:
        """Take what ``everything.groups`` takes."""
        self._catalog, self._records, self._config = catalog, records, config
        self._more, self._written = tuple(more), tuple(written)

    def groups(self) -> Iterator[OutputGroup[SiteFile]]:
        """Make the sitemaps and their index; nothing where the site's address is unknown."""
        if not self._config.url:
            return
        index: list[tuple[str, str]] = []
        for path, places in self._maps():
            index.append((path, max(day for _, day in places)))
            inputs = hash_bytes(repr(places).encode())
            make = partial(self._file, path, "urlset", "url", places)
            yield OutputGroup(path.removesuffix(".xml"), inputs, make)
        make = partial(self._file, "sitemap.xml", "sitemapindex", "sitemap", index)
        yield OutputGroup("sitemap", hash_bytes(repr(index).encode()), make)

    def _file(
        self, path: str, root: str, item: str, places: list[tuple[str, str]]
    ) -> tuple[SiteFile]:
        return ((path, self._urls(root, item, places)),)

    def _maps(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        yield from _cut("sitemaps/lists", list(self._lists()))
        years: dict[str, list[tuple[str, str]]] = defaultdict(list)
        # Oldest first: a new paper then changes only the last file of its year.
        for e in reversed(self._catalog.entries):
            changed = self._records.newest_date(e.slug)
            years[e.filing_date[:4] or "undated"].append((e.path, changed))
        for year, places in years.items():
            yield from _cut(f"sitemaps/{year}", places)

    def _lists(self) -> Iterator[tuple[str, str]]:
        """Name the first page of every list, as new as its newest paper; the rest is linked there."""
        catalog = self._catalog
        newest = max((e.filing_date for e in catalog.entries), default="")
        for path in INDEXES:
            yield path, newest
        for name, entries in catalog.by_topic.items():
            if entries:
                yield f"topics/{name}.md", entries[0].filing_date
        for kind in (catalog.by_year, catalog.by_month, catalog.by_week, catalog.by_day):
            for when, entries in kind.items():
                yield f"dates/{when}.md", entries[0].filing_date
        if catalog.undated:
            yield "dates/undated.md", ""
        pages = {feed.page: max(map(self._when, feed.slugs), default="") for feed in self._more}
        yield from ((path, when) for path, when in pages.items() if path not in INDEXES)
        yield from ((path, "") for path in self._written if path not in INDEXES)

    def _when(self, slug: str) -> str:
        return self._catalog.by_slug[slug].filing_date

    def _urls(self, root: str, item: str, places: Iterable[tuple[str, str]]) -> bytes:
        lines = [
            f"<{item}><loc>{escape(address(path, self._config, ''))}</loc>"
            + (f"<lastmod>{day}</lastmod>" if day else "")
            + f"</{item}>\n"
            for path, day in places
        ]
        return f"{_HEAD}<{root} {_SPACE}>\n{''.join(lines)}</{root}>\n".encode()


def _cut(stem: str, places: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for start in range(0, len(places), MOST):
        part = f"-{start // MOST + 1}" if start else ""
        yield f"{stem}{part}.xml", places[start : start + MOST]
