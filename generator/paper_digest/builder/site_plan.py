"""The plan of a site: every group of pages and files it is made of, with a hash of what each needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from functools import cached_property

from paper_digest.builder import name_feeds
from paper_digest.builder.cached_record import RecordSummary
from paper_digest.builder.curated import CuratedReader
from paper_digest.builder.dependency_index import DependencyIndex, group_names, with_groups
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model import ids
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.render import exports
from paper_digest.render.exports import (
    archive_map,
    arrivals,
    calendar,
    change_feed,
    standing_notices,
)
from paper_digest.render.pages import page_kinds
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs
from paper_digest.settings.config import Config
from paper_digest.store.runs import log
from paper_digest.store.volumes import VolumeStore

#: What a site is made of: groups of pages, and groups of files.
AnyOutputGroup = OutputGroup[Page] | OutputGroup[SiteFile]


class SitePlan:
    """The groups of one build."""

    def __init__(
        self,
        store: VolumeStore,
        records: ArchiveRecords,
        catalog: Catalog,
        search_index: SearchIndexBuilder,
        config: Config,
        faults: Callable[[], tuple[Problem, ...]],
    ) -> None:
        self._records, self._catalog = records, catalog
        self._search_index, self._config, self._volumes = search_index, config, store.linked_volumes
        #: Lines of the log of runs that cannot be read, and groups that cannot even be named.
        self.problems: list[Problem] = []
        catalog.curated = CuratedReader(
            store.root, store.volumes, records, config, self.problems
        ).read()
        # As ingests and `digest status` have them: one that a wrong clock dated ahead would be the last for years.
        today = datetime.now(UTC).date()
        runs = log.runs_of_the_past(log.read_runs(store.root, self.problems), today)
        self._inputs = PageInputs(catalog, config, records, tuple(runs), faults)
        self._kinds = page_kinds()
        #: Papers whose groups cannot be named.
        self._unnamed: set[str] = set()
        self._paper_groups = [kind.paper_groups for kind in self._kinds if kind.paper_groups]

    def unchanged_papers(self, packed_index: bytes, present_groups: AbstractSet[str]) -> set[str]:
        """Name the papers whose own groups a site has as they would be made.

        Args:
            packed_index: what ``packed_index`` returned when the site was built; b"" where it is not known.
            present_groups: the groups that the site has.
        """
        return with_groups(self._dependency_index.unchanged(packed_index), present_groups)

    def first_search_files(self) -> tuple[str, ...]:
        """Name what any search loads first, by path below the site."""
        return self._search_index.first_files()

    @staticmethod
    def own_groups(slugs: Iterable[str]) -> list[str]:
        """Name the groups of papers that ``unchanged_papers`` named."""
        return group_names(slugs)

    @cached_property
    def _dependency_index(self) -> DependencyIndex:
        return DependencyIndex(self._catalog, self._records, self._search_index.related)

    def packed_index(self, failed_groups: Iterable[str]) -> bytes:
        """Pack the index for the next build, without the papers of groups that could not be made or named."""
        failed = {name.rpartition("/")[2] for name in failed_groups}
        return self._dependency_index.packed(failed | self._unnamed)

    def groups(
        self, handwritten: Iterable[str], unchanged: AbstractSet[str] = frozenset()
    ) -> Iterator[AnyOutputGroup]:
        """Name everything the site is made of, one group at a time.

        The groups of single papers come before all that is joined from texts about papers: a process that
        has read a record makes its citations too, and lists, months and topics find them in the cache.

        Args:
            handwritten: paths under ``docs/`` of pages of words, for the sitemap.
            unchanged: slugs of papers whose own groups are left out.
        """
        catalog, config = self._catalog, self._config
        with contained(self.problems, "site/assets/search"):
            yield from self._search_index.index_groups()
        for summary in self._records.summaries:
            slug = summary.entry.slug
            if slug in unchanged:
                continue
            known = len(self.problems)
            with contained(self.problems, self._records.record_path(slug)):
                yield from self.paper_page_groups(summary)
                yield exports.paper_file_group(slug, catalog, self._records, config)
            if len(self.problems) > known:
                self._unnamed.add(slug)
        for kind in self._kinds:
            with contained(self.problems, f"site/{kind.paths[0]}"):
                yield from kind.groups(self._inputs)
        feeds = name_feeds.list_feeds(catalog, config)
        with contained(self.problems, "site/feeds, site/exports and site/api"):
            yield from exports.file_groups(catalog, self._records, config, feeds, handwritten)
            yield from arrivals.file_groups(catalog, self._records)
            yield from archive_map.map_groups(catalog)
            yield from change_feed.news_groups(catalog, self._records.ids)
            yield from standing_notices.notice_groups(catalog, self._records.ids)
            yield from calendar.calendar_groups(catalog, config)
            yield from exports.gone_file_groups(catalog, self._records, config)
        with contained(self.problems, "site/papers of volumes"):
            yield from self._moved_groups()

    def _moved_groups(self) -> Iterator[OutputGroup[SiteFile]]:
        """Name the files that lead from this site to the papers of its volumes."""
        if not self._volumes:
            return
        present_ids = [one for summary in self._records.summaries for one in summary.ids]
        gone_ids = (*self._records.hidden_ids, *self._records.disputed_ids())
        present_slugs = frozenset(map(ids.slug, (*present_ids, *gone_ids)))
        for volume in self._volumes:
            yield from exports.moved_groups(volume, self._config, present_slugs)

    def paper_page_groups(self, summary: RecordSummary) -> Iterator[PageGroup]:
        """Name the pages of one paper."""
        for paper_groups in self._paper_groups:
            yield from paper_groups(summary.entry, self._inputs)

    def page_groups_of(self, slugs: AbstractSet[str]) -> Iterator[PageGroup]:
        """Name the pages of some papers, by slug."""
        for summary in self._records.summaries if slugs else ():
            if summary.entry.slug in slugs:
                yield from self.paper_page_groups(summary)
