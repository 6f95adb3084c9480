"""The store becomes ``docs/``: read, classified, turned into pages, and only differences written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from paper_digest.builder import name_feeds
from paper_digest.builder.record_cache import Known
from paper_digest.builder.records import Library
from paper_digest.builder.search_index import Finding
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import SiteFile, OutputGroup
from paper_digest.incremental.sync_docs import DocsChanges, sync
from paper_digest.model import ids
from paper_digest.model.errors import RecordError
from paper_digest.render import exports
from paper_digest.render.pages import (
    authors,
    dates,
    home,
    organisations,
    redirect,
    search,
    starred,
    statistics,
    status,
    topics,
    trending,
)
from paper_digest.render.pages import paper as papers
from paper_digest.render.pages.page import Page, always
from paper_digest.settings.config import Config, uses_sharded_search
from paper_digest.store import overrides
from paper_digest.store.files import Store
from paper_digest.store.notes import NOTES_FOLDER, Notes
from paper_digest.store.runs import health, log

#: What ``docs/`` holds that a build writes and may delete.
OWNED = (
    "papers",
    "topics",
    "dates",
    "authors",
    "organisations",
    "index.md",
    "trending.md",
    "statistics.md",
    "starred.md",
    "status.md",
    "search.md",
    search.FOLDER,
    *exports.OWNED,
)

#: What builds keep from one to the next, below the project's root; may be deleted at any time.
CACHE = Path(".cache", "paper-digest")

#: Pages whose Markdown is published beside them.
BESIDE = "papers/"


class Built(msgspec.Struct):
    """What a build did: papers on the site, files changed, and what it had to leave out."""

    papers: int
    changes: DocsChanges
    problems: list[str]


#: What the site is made of: groups of pages, and groups of files.
Part = OutputGroup[Page] | OutputGroup[SiteFile]


class Archive(NamedTuple):
    """An archive read and classified: what the site is made of, in groups made when asked.

    ``noted`` reads the notes anew and gives the pages of papers that have one, or had, and problems.
    ``problems`` are what had to be left out, each with its cure; ``apart`` has it go on in a fork;
    ``keep`` writes what other processes may need; ``close`` ends the use of all but ``noted``.
    """

    papers: int
    groups: Callable[[], Iterator[Part]]
    noted: Callable[[], tuple[list[Part], list[str]]]
    problems: list[str]
    apart: Callable[[], None]
    keep: Callable[[], None]
    close: Callable[[], None]


def build(root: Path, config: Config) -> Built:
    """Write the Markdown pages of the archive at ``root`` into ``root/docs``.

    Raises:
        ConfigError: an override cannot be used as it stands.
    """
    archive = read(root, config)
    made = (item for group in archive.groups() for item in group.make())
    files = ((i.path, i.markdown().encode()) if isinstance(i, Page) else i for i in made)
    changes = sync(root / "docs", files, OWNED)
    archive.close()
    return Built(archive.papers, changes, archive.problems)


def read(root: Path, config: Config) -> Archive:
    """Read the archive at ``root``; raises ``ConfigError`` as ``build`` does."""
    store = Store(root / "archive")
    decided = overrides.load_overrides(store.root, (topic.name for topic in config.topics))
    notes = Notes(root / "docs")
    library = Library(store, decided, notes, config.topics, root / CACHE / "records.db")
    entries = (known.entry for known in library.known)
    catalog = Catalog(entries, config.topics, library.pinned, config.author_pages)
    finding = Finding(library, catalog, config.topics, root / CACHE / "words.bin")
    catalog.related = finding.related()
    catalog.sharded = uses_sharded_search(config, len(catalog.entries))
    problems = [str(e) for e in library.broken]
    problems += [
        f"archive/{overrides.OVERRIDES_FOLDER}: {paper_id} is not in the archive; correct the id"
        for paper_id in _astray(decided, store)
    ]
    problems += _wrong(notes, store, library)
    return Archive(
        len(catalog.entries),
        lambda: groups(store, library, catalog, finding, config, written(root / "docs")),
        lambda: _renoted(root, store, library, catalog, config),
        problems,
        library.apart,
        library.keep,
        library.close,
    )


def _astray(decided: Mapping[str, overrides.Override], store: Store) -> list[str]:
    """List the ids of overrides that are about no paper of the archive, now or before."""
    absent = [paper_id for paper_id in decided if not store.path(paper_id).exists()]
    former = {alias for paper in store.read_all([]) for alias in paper.aliases} if absent else set()
    return [paper_id for paper_id in absent if paper_id not in former]


def _renoted(
    root: Path, store: Store, library: Library, catalog: Catalog, config: Config
) -> tuple[list[Part], list[str]]:
    notes = Notes(root / "docs")
    changed = library.renote(notes)
    parts: list[Part] = [_page_of(known, library, catalog, config) for known in changed]
    return parts, _wrong(notes, store, library)


def _wrong(notes: Notes, store: Store, library: Library) -> list[str]:
    return [*notes.problems, *notes.unmatched(_slugs(store, library))]


def _slugs(store: Store, library: Library) -> Iterator[str]:
    """Name all papers, hidden and unreadable ones too, and what they were called before."""
    yield from (path.stem for path in store.paths())
    yield from (ids.slug(former) for known in library.known for former in known.ids[1:])


def owns(path: str) -> bool:
    """Tell whether a path under ``docs/`` is one that a build writes."""
    return path in OWNED or path.partition("/")[0] in OWNED


def written(docs: Path) -> tuple[str, ...]:
    """List the pages that somebody wrote by hand, by path under ``docs/``; notes are none."""
    found: list[Path] = []
    for top in docs.iterdir() if docs.exists() else ():
        if not owns(top.name) and top.name != NOTES_FOLDER:
            found += top.rglob("*.md") if top.is_dir() else [top] if top.suffix == ".md" else []
    paths = (path.relative_to(docs).as_posix() for path in found)
    return tuple(sorted(path for path in paths if not re.search(r"(^|/)\.", path)))


def catalogue(root: Path, config: Config) -> Catalog:
    """Read the archive at ``root`` and classify every paper; what is broken is left out."""
    decided = overrides.load_overrides(root / "archive", (topic.name for topic in config.topics))
    store, notes = Store(root / "archive"), Notes(root / "docs")
    library = Library(store, decided, notes, config.topics, root / CACHE / "records.db")
    entries = [known.entry for known in library.known]
    pinned = library.pinned
    library.close()
    return Catalog(entries, config.topics, pinned, config.author_pages)


def groups(
    store: Store,
    library: Library,
    catalog: Catalog,
    finding: Finding,
    config: Config,
    by_hand: Iterable[str],
) -> Iterator[Part]:
    """Name everything the site is made of, one group at a time; ``by_hand`` are pages it is not.

    The many small groups come last: who shares them out has little to wait for in the end.
    """
    yield always(home.page(catalog, config.title, config.description))
    yield from topics.groups(catalog, config.page_size)
    yield from dates.groups(catalog, config.page_size)
    yield from authors.groups(catalog, config.page_size)
    yield from organisations.groups(catalog, config.page_size)
    yield always(trending.page(catalog))
    yield always(statistics.page(catalog))
    yield always(starred.page())
    unread: list[RecordError] = []
    diary = list(log.read_runs(store.root, unread))
    yield always(status.page(health.source_health(config.follow, diary), unread))
    if catalog.sharded:
        yield always(search.page())
        yield finding.index()
    yield from exports.groups(catalog, library, config, name_feeds.feeds(catalog, config), by_hand)
    for known in library.known:
        yield from _paper(known, library, catalog, config)


def _paper(known: Known, library: Library, catalog: Catalog, config: Config) -> Iterator[Part]:
    """Make what there is of one paper: its page, its former addresses, its files."""
    e = known.entry
    yield _page_of(known, library, catalog, config)
    for page in redirect.pages(e, known.ids):
        yield OutputGroup(page.path.removesuffix(".md"), library.mark(e.slug), partial(_one, page))
    yield exports.of_paper(e.slug, catalog, library, config)


def _page_of(known: Known, library: Library, catalog: Catalog, config: Config) -> OutputGroup[Page]:
    e = known.entry
    # The links of a note may lead anywhere: whether its page is still the same is asked each time.
    noted = bool(library.notes(e.slug))
    inputs = None if noted else hash_bytes(library.mark(e.slug), papers.around(e, catalog))
    make = partial(_page, e.slug, library, catalog, config)
    return OutputGroup(e.path.removesuffix(".md"), inputs, make)


def _page(slug: str, library: Library, catalog: Catalog, config: Config) -> tuple[Page]:
    paper, notes = library.paper(slug), library.notes(slug)
    return (papers.page(paper, catalog, config.repository, notes),)


def _one(page: Page) -> tuple[Page]:
    return (page,)
