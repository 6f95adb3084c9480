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
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.record_reader import RecordReader
from paper_digest.render.pages import page_kinds
from paper_digest.settings.config import Config

#: The protocol allows 50,000 addresses to a file.
MAX_URLS_PER_FILE = 40_000

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Sitemap:
    """The addresses of a site, by year."""

    def __init__(
        self,
        catalog: Catalog,
        records: RecordReader,
        config: Config,
        handwritten_paths: Iterable[str] = (),
    ) -> None:
        """Take what ``all_files.file_groups`` takes."""
        self._catalog, self._records, self._config = catalog, records, config
        self._handwritten_paths = tuple(handwritten_paths)

    def file_groups(self) -> Iterator[OutputGroup[SiteFile]]:
        """Make the sitemaps and their index; nothing where the site's address is unknown."""
        if not self._config.url:
            return
        index: list[tuple[str, str]] = []
        for path, places in self._sitemaps():
            index.append((path, max(day for _, day in places)))
            inputs = hash_bytes(repr(places).encode())
            make = partial(self._file, path, "urlset", "url", places)
            yield OutputGroup(path.removesuffix(".xml"), inputs, make)
        make = partial(self._file, "sitemap.xml", "sitemapindex", "sitemap", index)
        yield OutputGroup("sitemap", hash_bytes(repr(index).encode()), make)

    def _file(
        self, path: str, root: str, item: str, places: list[tuple[str, str]]
    ) -> tuple[SiteFile]:
        return ((path, self._to_xml(root, item, places)),)

    def _sitemaps(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        yield from _split_files("sitemaps/lists", list(self._lists()))
        years: dict[str, list[tuple[str, str]]] = defaultdict(list)
        # Oldest first: a new paper then changes only the last file of its year.
        for e in reversed(self._catalog.entries):
            changed = self._records.newest_date(e.slug)
            if changed > self._catalog.horizon:
                changed = e.arrived
            years[e.filing_date[:4] or "undated"].append((e.path, changed))
        for year, places in years.items():
            yield from _split_files(f"sitemaps/{year}", places)

    def _lists(self) -> Iterator[tuple[str, str]]:
        """Yield path and newest day of the first page of every list; those link to the further pages.

        No page is newer than the archive: that of a day which has not come says when it last may have changed.
        """
        newest = self._catalog.newest_date
        for kind in page_kinds():
            for path, day in kind.sitemap_entries(self._catalog):
                yield path, min(day, newest)
        yield from ((path, "") for path in self._handwritten_paths)

    def _to_xml(self, root: str, item: str, places: Iterable[tuple[str, str]]) -> bytes:
        lines = [
            f"<{item}><loc>{escape(site_url(path, self._config, ''))}</loc>"
            + (f"<lastmod>{day}</lastmod>" if day else "")
            + f"</{item}>\n"
            for path, day in places
        ]
        return f"{_HEAD}<{root} {_NAMESPACE}>\n{''.join(lines)}</{root}>\n".encode()


def _split_files(
    stem: str, places: list[tuple[str, str]]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for start in range(0, len(places), MAX_URLS_PER_FILE):
        part = f"-{start // MAX_URLS_PER_FILE + 1}" if start else ""
        yield f"{stem}{part}.xml", places[start : start + MAX_URLS_PER_FILE]
