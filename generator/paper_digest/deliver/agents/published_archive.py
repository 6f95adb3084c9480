"""A built or published site of an archive as its files say it, and the search engine over its index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import msgspec

from paper_digest.deliver.agents.published_types import (
    PublishedArrivals,
    PublishedIndex,
    PublishedRecord,
    PublishedRow,
    PublishedRows,
)
from paper_digest.deliver.agents.site_files import NoSuchFileError, SiteFiles
from paper_digest.model import ids
from paper_digest.model.containment import describe_error
from paper_digest.model.errors import DigestError
from paper_digest.model.quoting import quote_outside
from paper_digest.render.generated_paths import ARRIVALS_FOLDER, INDEX_FOLDER
from paper_digest.search.bundle import ROOT_FILE
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.query_parser import parse_query
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.text.suggestion import suggestion

_T = TypeVar("_T")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}\Z")
_PAGE_PATH = re.compile(r"papers/([^/]{1,250}?)(?:\.(?:md|bib|json))?/?\Z")
_MAX_VOLUMES = 100  # a year each, say
_VERSION = re.compile(r"(?<=\d)v\d{1,3}\Z")
_DAMAGE_CURE = "its files are damaged, or another program wrote them"


class GonePaperError(NoSuchFileError):
    """The archive took the paper out, or its id is no single paper's."""


class PublishedArchive:
    """The archive whose site has these files, or one volume of it (``volume``)."""

    def __init__(self, files: SiteFiles, volume: str = "") -> None:
        """Read nothing yet."""
        self._files, self.volume = files, volume
        self._volumes: dict[tuple[str, str], PublishedArchive] = {}
        self._root = b""
        self._search: RankedSearch | None = None

    def index(self) -> PublishedIndex:
        """Return what the archive holds."""
        return self._decoded("api/index.json", PublishedIndex)

    def volumes(self) -> tuple[list[PublishedArchive], list[str]]:
        """Return the volumes of the archive, the last first, and the names of those that cannot be had."""
        present, missing = [], []
        for one in sorted(self.index().volumes[:_MAX_VOLUMES], key=lambda one: one.name)[::-1]:
            try:
                files = self._files.of_volume(one.name, one.url)
            except DigestError:
                missing.append(one.name)
                continue
            place = one.name, one.url
            present.append(self._volumes.setdefault(place, PublishedArchive(files, one.name)))
        return present, missing

    def record(self, name: str) -> tuple[str, PublishedRecord]:
        """Return the slug and record of a paper of this site.

        Args:
            name: its slug, its id (``arxiv:...``, ``doi:...``), its bare arXiv id or DOI, or the address of its page.

        Raises:
            GonePaperError: the archive has it no more.
            NoSuchFileError: this site has no such paper.
        """
        slug = self._slug(name)
        for _ in range(2):
            try:
                record = self._decoded(f"api/papers/{slug}.json", PublishedRecord)
            except NoSuchFileError as error:
                what, cure = "is no paper of this archive", "search for words of its title"
                raise NoSuchFileError(quote_outside(name), what, cure) from error
            if not record.moved_to:
                break
            slug = ids.slug(record.moved_to)
        if record.gone:
            what = "was taken out" if record.gone == "removed" else "is no single paper's id"
            raise GonePaperError(quote_outside(name), f"{what} in this archive")
        if record.moved_to:
            what, cure = "is in a volume that cannot be had", f"look at {record.url[:300]}"
            raise NoSuchFileError(quote_outside(name), what, cure)
        return slug, record

    def text_file(self, path: str) -> str:
        """Return a file of text that lies beside a page."""
        with damage_named(path):
            return self._files.read(path).decode()

    def day(self, day: str) -> tuple[PublishedRow, ...]:
        """Return the papers filed under a day; none where it has none.

        Raises:
            DigestError: the calendar has no such day.
        """
        check_day(day)
        try:
            return self._decoded(f"api/dates/{day}.json", PublishedRows).papers or ()
        except NoSuchFileError:
            return ()

    def topic(self, name: str) -> Iterator[PublishedRow]:
        """Yield the papers of a topic, the newest first; files of its years are read as they are needed.

        Raises:
            DigestError: the archive has no topic of this name or title.
        """
        topics = self.index().topics
        wanted = name.casefold()
        known = next((t for t in topics if wanted in {t.name, t.title.casefold()}), None)
        if known is None:
            cure = suggestion(name, [topic.name for topic in topics])
            raise DigestError(quote_outside(name), "is no topic of this archive", cure)
        stem = f"api/topics/{known.name}"
        listed = self._decoded(f"{stem}.json", PublishedRows)
        yield from listed.papers or ()
        # "undated", which is no number, comes last.
        years = sorted(listed.years or {}, key=lambda year: (year.isdigit(), year), reverse=True)
        for year in years:
            yield from self._decoded(f"{stem}/{year}.json", PublishedRows).papers or ()

    def arrivals(self) -> PublishedArrivals:
        """Return which papers came on which of the last days, the newest day first."""
        return self._decoded(f"{ARRIVALS_FOLDER}/days.json", PublishedArrivals)

    def ranked_search(self) -> RankedSearch:
        """Return what searches this site's papers.

        The root of the index is asked for each time, so that a site published meanwhile is searched anew.
        """
        with damage_named(f"{INDEX_FOLDER}/{ROOT_FILE}"):
            root = self._read_index_file(ROOT_FILE)
            if self._search is None or root != self._root:
                self._search = RankedSearch(IndexReader(self._read_index_file))
                self._root = root
            return self._search

    def _read_index_file(self, name: str) -> bytes:
        return self._files.read(f"{INDEX_FOLDER}/{name}")

    def _slug(self, name: str) -> str:
        """Turn what names a paper into its slug; nothing of it can lead out of the folder of papers."""
        name = name.strip()
        scheme, _, address = name.partition("://")
        path = re.split("[?#]", address, maxsplit=1)[0]
        if scheme and (page := _PAGE_PATH.match(path[max(path.rfind("/papers/") + 1, 0) :])):
            name = page[1]
        if ids.is_paper_id(name):
            return ids.slug(name)
        if bare_id := parse_query(name).paper_id:
            kind = "arxiv" if ids.is_arxiv_id(bare_id) else "doi"
            with damage_named(INDEX_FOLDER):
                hits = self.ranked_search().search(name, 1) if kind == "doi" else []
            if hits:
                return hits[0].slug
            return ids.slug(f"{kind}:{bare_id}")
        if not _SLUG.match(name) or ".." in name:
            cure = "give an id such as 2511.01234 or 10.1145/12345, or search for the title"
            raise DigestError(quote_outside(name), "names no paper", cure)
        return _VERSION.sub("", name) if ids.is_arxiv_id(_VERSION.sub("", name)) else name

    def _decoded(self, path: str, kind: type[_T]) -> _T:
        with damage_named(path):
            return msgspec.json.decode(self._files.read(path), type=kind)


def check_day(text: str) -> None:
    """Check what names a day: of one that the calendar lacks nothing would be said but that it has no papers.

    Raises:
        DigestError: it is none.
    """
    try:
        is_day = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise DigestError(quote_outside(text), "is no day", "write it as 2025-11-20")


@contextmanager
def damage_named(path: str) -> Iterator[None]:
    """Turn whatever a damaged or hostile file makes of its readers into one error that names it.

    Raises:
        DigestError: what is wrong; one that the block raises is passed on.
    """
    try:
        yield
    except (DigestError, OSError):
        raise
    except Exception as error:  # a decoder of hostile bytes may raise anything
        what = f"cannot be read: {describe_error(error)}"
        raise DigestError(path, what, _DAMAGE_CURE) from error
