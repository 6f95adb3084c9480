"""The store becomes ``docs/``: read, classified, turned into pages, and only differences written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from paper_digest.builder import name_feeds
from paper_digest.builder.record_cache import RecordSummary
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
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
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.settings.config import Config, uses_sharded_search
from paper_digest.store import overrides
from paper_digest.store.files import Store
from paper_digest.store.notes import NOTES_FOLDER, Notes
from paper_digest.store.runs import health, log

#: What ``docs/`` holds that a build writes and may delete.
GENERATED = (
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
    search.INDEX_FOLDER,
    *exports.GENERATED,
)

#: What builds keep from one to the next, below the project's root; may be deleted at any time.
CACHE_FOLDER = Path(".cache", "paper-digest")

#: Pages whose Markdown is published beside them.
PUBLISHED_MARKDOWN_PREFIX = "papers/"


class BuildResult(msgspec.Struct):
    """What a build did: papers on the site, files changed, and what it had to leave out."""

    paper_count: int
    changes: DocsChanges
    problems: list[str]


#: What the site is made of: groups of pages, and groups of files.
AnyOutputGroup = OutputGroup[Page] | OutputGroup[SiteFile]


class SiteBuild(NamedTuple):
    """An archive read and classified: what the site is made of, in groups made when asked.

    ``noted`` reads the notes anew and gives the pages of papers that have one, or had, and problems.
    ``problems`` are what had to be left out, each with its cure; ``apart`` has it go on in a fork;
    ``keep`` writes what other processes may need; ``close`` ends the use of all but ``noted``.
    """

    paper_count: int
    groups: Callable[[], Iterator[AnyOutputGroup]]
    rebuild_notes: Callable[[], tuple[list[AnyOutputGroup], list[str]]]
    problems: list[str]
    after_fork: Callable[[], None]
    flush_texts: Callable[[], None]
    close: Callable[[], None]


def build_docs(root: Path, config: Config) -> BuildResult:
    """Write the Markdown pages of the archive at ``root`` into ``root/docs``.

    Raises:
        ConfigError: an override cannot be used as it stands.
    """
    site_build = read_archive(root, config)
    outputs = (item for group in site_build.groups() for item in group.make())
    files = ((i.path, i.markdown().encode()) if isinstance(i, Page) else i for i in outputs)
    changes = sync(root / "docs", files, GENERATED)
    site_build.close()
    return BuildResult(site_build.paper_count, changes, site_build.problems)


def read_archive(root: Path, config: Config) -> SiteBuild:
    """Read the archive at ``root``; raises ``ConfigError`` as ``build`` does."""
    store = Store(root / "archive")
    overrides_by_id = overrides.load_overrides(store.root, (topic.name for topic in config.topics))
    notes = Notes(root / "docs")
    library = ArchiveRecords(
        store, overrides_by_id, notes, config.topics, root / CACHE_FOLDER / "records.db"
    )
    entries = (summary.entry for summary in library.summaries)
    catalog = Catalog(entries, config.topics, library.pinned_ids, config.author_pages)
    search_index = SearchIndexBuilder(
        library, catalog, config.topics, root / CACHE_FOLDER / "words.bin"
    )
    catalog.related = search_index.related_papers()
    catalog.has_sharded_search = uses_sharded_search(config, len(catalog.entries))
    problems = [str(e) for e in library.read_errors]
    problems += [
        f"archive/{overrides.OVERRIDES_FOLDER}: {paper_id} is not in the archive; correct the id"
        for paper_id in _unmatched_overrides(overrides_by_id, store)
    ]
    problems += _note_problems(notes, store, library)
    return SiteBuild(
        len(catalog.entries),
        lambda: site_groups(
            store, library, catalog, search_index, config, handwritten_pages(root / "docs")
        ),
        lambda: _rebuild_notes(root, store, library, catalog, config),
        problems,
        library.after_fork,
        library.flush_texts,
        library.close,
    )


def _unmatched_overrides(
    overrides_by_id: Mapping[str, overrides.Override], store: Store
) -> list[str]:
    """List the ids of overrides that are about no paper of the archive, now or before."""
    absent = [paper_id for paper_id in overrides_by_id if not store.path(paper_id).exists()]
    former = {alias for paper in store.read_all([]) for alias in paper.aliases} if absent else set()
    return [paper_id for paper_id in absent if paper_id not in former]


def _rebuild_notes(
    root: Path, store: Store, library: ArchiveRecords, catalog: Catalog, config: Config
) -> tuple[list[AnyOutputGroup], list[str]]:
    notes = Notes(root / "docs")
    changed = library.replace_notes(notes)
    groups: list[AnyOutputGroup] = [
        _paper_page_group(summary, library, catalog, config) for summary in changed
    ]
    return groups, _note_problems(notes, store, library)


def _note_problems(notes: Notes, store: Store, library: ArchiveRecords) -> list[str]:
    return [*notes.problems, *notes.unmatched(_all_slugs(store, library))]


def _all_slugs(store: Store, library: ArchiveRecords) -> Iterator[str]:
    """Name all papers, hidden and unreadable ones too, and what they were called before."""
    yield from (path.stem for path in store.paths())
    yield from (ids.slug(former) for summary in library.summaries for former in summary.ids[1:])


def is_generated(path: str) -> bool:
    """Tell whether a path under ``docs/`` is one that a build writes."""
    return path in GENERATED or path.partition("/")[0] in GENERATED


def handwritten_pages(docs: Path) -> tuple[str, ...]:
    """List the pages that somebody wrote by hand, by path under ``docs/``; notes are none."""
    paths_found: list[Path] = []
    for top in docs.iterdir() if docs.exists() else ():
        if not is_generated(top.name) and top.name != NOTES_FOLDER:
            paths_found += (
                top.rglob("*.md") if top.is_dir() else [top] if top.suffix == ".md" else []
            )
    paths = (path.relative_to(docs).as_posix() for path in paths_found)
    return tuple(sorted(path for path in paths if not re.search(r"(^|/)\.", path)))


def read_catalog(root: Path, config: Config) -> Catalog:
    """Read the archive at ``root`` and classify every paper; what is broken is left out."""
    overrides_by_id = overrides.load_overrides(
        root / "archive", (topic.name for topic in config.topics)
    )
    store, notes = Store(root / "archive"), Notes(root / "docs")
    library = ArchiveRecords(
        store, overrides_by_id, notes, config.topics, root / CACHE_FOLDER / "records.db"
    )
    entries = [summary.entry for summary in library.summaries]
    pinned = library.pinned_ids
    library.close()
    return Catalog(entries, config.topics, pinned, config.author_pages)


def site_groups(
    store: Store,
    library: ArchiveRecords,
    catalog: Catalog,
    search_index: SearchIndexBuilder,
    config: Config,
    handwritten: Iterable[str],
) -> Iterator[AnyOutputGroup]:
    """Name everything the site is made of, one group at a time; ``handwritten`` are pages it is not.

    The many small groups come last: who shares them out has little to wait for in the end.
    """
    yield single_page_group(home.make_page(catalog, config.title, config.description))
    yield from topics.page_groups(catalog, config.page_size)
    yield from dates.page_groups(catalog, config.page_size)
    yield from authors.page_groups(catalog, config.page_size)
    yield from organisations.page_groups(catalog, config.page_size)
    yield single_page_group(trending.make_page(catalog))
    yield single_page_group(statistics.make_page(catalog))
    yield single_page_group(starred.make_page())
    read_errors: list[RecordError] = []
    run_log = list(log.read_runs(store.root, read_errors))
    yield single_page_group(
        status.make_page(health.source_health(config.follow, run_log), read_errors)
    )
    if catalog.has_sharded_search:
        yield single_page_group(search.make_page())
        yield search_index.index_group()
    yield from exports.file_groups(
        catalog, library, config, name_feeds.list_feeds(catalog, config), handwritten
    )
    for summary in library.summaries:
        yield from _paper_groups(summary, library, catalog, config)


def _paper_groups(
    summary: RecordSummary, library: ArchiveRecords, catalog: Catalog, config: Config
) -> Iterator[AnyOutputGroup]:
    """Make what there is of one paper: its page, its former addresses, its files."""
    e = summary.entry
    yield _paper_page_group(summary, library, catalog, config)
    for page in redirect.redirect_pages(e, summary.ids):
        yield OutputGroup(
            page.path.removesuffix(".md"), library.record_hash(e.slug), partial(_as_tuple, page)
        )
    yield exports.paper_file_group(e.slug, catalog, library, config)


def _paper_page_group(
    summary: RecordSummary, library: ArchiveRecords, catalog: Catalog, config: Config
) -> OutputGroup[Page]:
    e = summary.entry
    # The links of a note may lead anywhere: whether its page is still the same is asked each time.
    has_notes = bool(library.notes(e.slug))
    inputs = (
        None
        if has_notes
        else hash_bytes(library.record_hash(e.slug), papers.neighbour_hash(e, catalog))
    )
    make = partial(_paper_page, e.slug, library, catalog, config)
    return OutputGroup(e.path.removesuffix(".md"), inputs, make)


def _paper_page(
    slug: str, library: ArchiveRecords, catalog: Catalog, config: Config
) -> tuple[Page]:
    paper, notes = library.paper(slug), library.notes(slug)
    return (papers.make_page(paper, catalog, config.repository, notes),)


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)
