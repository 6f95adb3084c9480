"""One build of an archive: its store read and classified, then the site's groups of files."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from functools import partial
from operator import attrgetter
from pathlib import Path

import msgspec

from paper_digest.builder.archive_state import archive_state
from paper_digest.builder.change_log import entries_with_changes
from paper_digest.builder.generated import handwritten_pages, write_generated
from paper_digest.builder.monitors import monitor_problems
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.builder.site_plan import AnyOutputGroup, SitePlan
from paper_digest.builder.standard_pages import absent_pages, standard_page
from paper_digest.builder.topic_review import remember_built_topics
from paper_digest.builder.written_docs import misplaced_problem
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import with_joined_organisations
from paper_digest.catalog.site_volumes import SiteVolume
from paper_digest.incremental.file_times import FileTimes
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.incremental.output_group import SiteFile
from paper_digest.incremental.reading_cache import RECORDS_CACHE, WORDS_CACHE
from paper_digest.incremental.sync_docs import DocsChanges, write_changed
from paper_digest.model import ids
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.render.pages.page import Page
from paper_digest.settings.config import Config
from paper_digest.settings.volume_urls import volume_path, volume_url
from paper_digest.store import overrides
from paper_digest.store.files import Store
from paper_digest.store.folders import unreadable_folders
from paper_digest.store.notes import Notes
from paper_digest.store.paper_override import unused_overrides
from paper_digest.store.strays import find_strays
from paper_digest.store.twice_recorded import twice_recorded
from paper_digest.store.volumes import VolumeStore
from paper_digest.text.language import language

log = logging.getLogger("mkdocs.plugins.paper-digest")


class SiteBuild:
    """An archive read for one build.

    All methods but ``rebuild_notes`` end with ``close``.
    """

    def __init__(self, root: Path, config: Config, times: FileTimes | None = None) -> None:
        """Read and classify the archive at ``root``; pages are made when they are asked for.

        ``times`` are those of the files of ``archive/``, if somebody looked at them already.
        """
        self._docs, self._config = root / "docs", config
        self._input_problems: list[Problem] = []
        self._store = VolumeStore(root / "archive", config.volume, self._input_problems)
        self._place = f"{root}/"
        self._overrides = overrides.load_overrides(
            self._store.root, config.topic_names, self._input_problems
        )
        notes = Notes(self._docs)
        self._records = ArchiveRecords(
            self._store,
            self._overrides,
            notes,
            config.topics,
            root / CACHE_FOLDER / RECORDS_CACHE,
            times,
        )
        summaries, archive = self._records.summaries, self._store.root
        entries = entries_with_changes(summaries, archive, self._input_problems)
        self.catalog = Catalog(
            with_joined_organisations(entries, config.organisation_names),
            config.topics,
            self._records.pinned_ids,
            config.author_pages,
            config.author_names,
        )
        self.catalog.phrases = {one.entry.slug: one.phrases for one in self._records.summaries}
        self.catalog.volumes = tuple(
            SiteVolume(
                v.name, volume_path(v.name, config), volume_url(v.name, config), len(v.papers)
            )
            for v in self._store.linked_volumes
        )
        search_index = SearchIndexBuilder(
            self._records,
            self.catalog,
            config.topics,
            root / CACHE_FOLDER / WORDS_CACHE,
            uses_lunr=config.search == "lunr" and not self._store.volumes,
            volume_paths=tuple(volume.path for volume in self.catalog.volumes),
        )
        with contained(self._input_problems, "related papers"):
            self.catalog.related = search_index.related_papers()
            self.catalog.map_places = search_index.map_places
        remember_built_topics(self._records)
        with contained(self._input_problems, "monitors"):
            self.catalog.monitors = search_index.monitored_papers(config)
        self._input_problems += monitor_problems(config, root)
        self.catalog.entry_hash = self._records.entry_hash
        self.catalog.cached_text = self._records.cached_text
        self.catalog.last_text = self._records.texts.last_text
        #: What groups could not be made in this build; whoever makes them appends to it.
        self.group_faults: list[Problem] = []
        self.plan = SitePlan(
            self._store, self._records, self.catalog, search_index, config, lambda: self.faults
        )
        self._input_problems += self._records.problems
        for stray in find_strays(self._store.root):
            if stray.is_lost:
                self._input_problems.append(stray.problem)
            else:
                log.info("%s", str(stray.problem).removeprefix(self._place))
        self._input_problems += unused_overrides(
            Store(self._store.root), self._overrides, self._config.topic_names
        )
        self._input_problems += self._note_problems(notes)
        self._input_problems += unreadable_folders([root / "theme"])
        self._input_problems += twice_recorded(
            self._store, (summary.ids for summary in self._records.summaries)
        )

    @property
    def problems(self) -> list[Problem]:
        """What could not be read, each with its cure; paths are those below the project's folder."""
        problems = dict.fromkeys((*self._input_problems, *self.plan.problems))
        return [one.below(self._place) for one in problems]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """All that could not be read or made so far."""
        return (*self.problems, *self.group_faults)

    def failed_place(self, group_name: str) -> str:
        """Say where a group failed: at the file of its paper, or of the paper read last."""
        slug = group_name.rpartition("/")[2]
        is_own = group_name.startswith(("papers/", "api/papers/"))
        slug = slug if is_own and slug in self.catalog.by_slug else self._records.last_read_slug
        place = self._records.record_path(slug) if slug else "the site"
        return f"{place} (of /{group_name})"

    def groups(self, unchanged: AbstractSet[str] = frozenset()) -> Iterator[AnyOutputGroup]:
        """Name all that the site is made of; the items of a group are made when it is asked.

        Args:
            unchanged: slugs of papers whose own groups are left out, because the site has them.
        """
        words = sorted({*handwritten_pages(self._docs), *absent_pages(self._docs)})
        return self.plan.groups(words, unchanged)

    def archive_state(self) -> bytes:
        """Hash what the site shows, by which an older site is known."""
        return archive_state(self._records, self._config, self._store.root)

    def rebuild_notes(self) -> tuple[list[AnyOutputGroup], list[Problem]]:
        """Read the notes again.

        Returns:
            The groups of pages of the papers that have notes, or had, and the problems of the notes.
        """
        notes = Notes(self._docs)
        changed = self._records.replace_notes(notes)
        groups = [group for one in changed for group in self.plan.paper_page_groups(one)]
        return [*groups], self._note_problems(notes)

    def after_fork(self) -> None:
        """Open anew, in a forked process, what two processes may not share."""
        self._records.after_fork()

    def reading_together(self) -> AbstractContextManager[None]:
        """Read what one group joins in one go (``TextCache.reading_together``)."""
        return self._records.texts.reading_together()

    def flush(self) -> None:
        """Write what other processes of this build may need."""
        self._records.texts.flush()

    def close(self) -> None:
        """Write what the next build may need, and close the cache."""
        self._records.close()

    def _note_problems(self, notes: Notes) -> list[Problem]:
        return [*notes.problems, *notes.unmatched(self._all_slugs())]

    def _all_slugs(self) -> Iterator[str]:
        """Name all papers that have a record, hidden and unreadable ones too, and what they were called before."""
        removed = {id_ for id_, one in self._overrides.items() if one.removed}
        yield from (path.stem for path in Store(self._store.root).paths())
        yield from (ids.slug(one) for one in self._records.all_ids() - removed)


class BuildResult(msgspec.Struct):
    """What a build did: papers on the site, files changed, and what it had to leave out."""

    paper_count: int
    changes: DocsChanges
    problems: list[Problem]


def build_docs(root: Path, config: Config, static_files: Path | None = None) -> BuildResult:
    """Write the Markdown pages and other files of the archive at ``root`` into ``root/docs``.

    Args:
        root: the folder of archive.yml.
        config: what it says.
        static_files: gets the Markdown published beside papers' pages, which our plugin writes
            into the site: a folder that an engine without it copies there as it is.
    """
    with language(config.language):
        site_build, docs = SiteBuild(root, config), root / "docs"

        def files() -> Iterator[SiteFile]:
            for group in sorted(site_build.groups(), key=attrgetter("is_report")):
                failed_place = partial(site_build.failed_place, group.name)
                with contained(site_build.group_faults, failed_place):
                    yield from [*_group_files(group, static_files)]
            for path in absent_pages(docs):
                yield path, standard_page(path, config)

        changes = write_generated(docs, files())
        for path in static_files.glob("papers/*.md") if static_files else ():
            if not (docs / "papers" / path.name).exists():
                path.unlink()
        site_build.close()
        problems = [*site_build.faults, *map(misplaced_problem, changes.foreign)]
        return BuildResult(len(site_build.catalog.entries), changes, problems)


def _group_files(group: AnyOutputGroup, static_files: Path | None) -> Iterator[SiteFile]:
    """Make a group as files under ``docs/``; writes what stands beside pages into ``static_files``."""
    for item in group.make():
        if not isinstance(item, Page):
            yield item
            continue
        if static_files and item.published:
            write_changed(static_files / item.path, item.published_markdown().encode())
        yield item.path, item.markdown().encode()
