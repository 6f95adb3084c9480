"""What a module of this folder says of the kind of page it makes, and what it makes it from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.render.pages.page import PageGroup
from paper_digest.settings.config import Config
from paper_digest.store.notes import Note
from paper_digest.store.runs.log import Run


class ShownRecords(Protocol):
    """The papers of the site in full, by slug; ``hidden_ids`` are all ids of papers left out."""

    hidden_ids: tuple[str, ...]

    @property
    def citation_keys(self) -> Mapping[str, str]:
        """Citation keys by slug, no two alike."""

    def disputed_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by id, the slugs of the papers that an id was given for without being theirs."""

    def paper(self, slug: str) -> Paper:
        """Return a paper's record."""

    def record_hash(self, slug: str) -> bytes:
        """Return a hash of the record, of what the operator decided about it, and of its notes."""

    def notes(self, slug: str) -> tuple[Note, ...]:
        """Return the operator's notes about a paper."""

    def ids(self, slug: str) -> tuple[str, ...]:
        """Return a paper's present id, then those it had before."""


class PageInputs(NamedTuple):
    """All that pages are made from.

    Attributes:
        catalog: what lists show of the papers.
        config: the settings of the archive.
        records: the papers in full.
        runs: the runs that filled the archive, oldest first.
        faults: returns what could not be made or read in this build, as far as it is known.
    """

    catalog: Catalog
    config: Config
    records: ShownRecords
    runs: tuple[Run, ...]
    faults: Callable[[], tuple[Problem, ...]] = tuple


class SitemapEntry(NamedTuple):
    """A page in the sitemap: its path under ``docs/``, and the day of its newest paper or ""."""

    path: str
    newest_date: str


class PageKind(NamedTuple):
    """One kind of page. A module of this folder that binds ``KIND`` to one is found by itself.

    Attributes:
        paths: folders (``topics``) and files (``status.md``) under ``docs/`` that hold nothing but
            this kind's pages: a build may delete what lies there, git ignores it, and it stays out
            of MkDocs' navigation unless mkdocs.yml names it. Kinds may share a folder.
        groups: makes the pages that are about the archive.
        paper_groups: makes the pages that are about one paper.
        sitemap_entries: names the pages that search engines should know; papers stand there anyway.
    """

    paths: tuple[str, ...]
    groups: Callable[[PageInputs], Iterable[PageGroup]] = lambda _: ()
    paper_groups: Callable[[CatalogEntry, PageInputs], Iterable[PageGroup]] | None = None
    sitemap_entries: Callable[[Catalog], Iterable[SitemapEntry]] = lambda _: ()


def index_entry(path: str, catalog: Catalog) -> SitemapEntry:
    """Return the sitemap's entry of a page that is as new as the archive's newest paper."""
    return SitemapEntry(path, catalog.newest_date)
