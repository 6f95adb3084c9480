"""The plan of a site: every group of pages and files it is made of, with a hash of what each needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from paper_digest.builder import name_feeds
from paper_digest.builder.record_cache import RecordSummary
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.render import exports
from paper_digest.render.exports import arrivals
from paper_digest.render.pages import page_kinds
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from paper_digest.store.runs import log

#: What a site is made of: groups of pages, and groups of files.
AnyOutputGroup = OutputGroup[Page] | OutputGroup[SiteFile]


class SitePlan:
    """The groups of one build."""

    def __init__(
        self,
        store: Store,
        records: ArchiveRecords,
        catalog: Catalog,
        search_index: SearchIndexBuilder,
        config: Config,
        faults: Callable[[], tuple[Problem, ...]],
    ) -> None:
        self._records, self._catalog = records, catalog
        self._search_index, self._config = search_index, config
        #: Lines of the log of runs that cannot be read, and groups that cannot even be named.
        self.problems: list[Problem] = []
        runs = tuple(log.read_runs(store.root, self.problems))
        self._inputs = PageInputs(catalog, config, records, runs, faults)
        self._kinds = page_kinds()
        self._paper_groups = [kind.paper_groups for kind in self._kinds if kind.paper_groups]

    def groups(self, handwritten: Iterable[str]) -> Iterator[AnyOutputGroup]:
        """Name everything the site is made of, one group at a time.

        The many small groups come last: processes that share the groups then end together.

        Args:
            handwritten: paths under ``docs/`` of pages of words, for the sitemap.
        """
        catalog, config = self._catalog, self._config
        for kind in self._kinds:
            with contained(self.problems, f"site/{kind.paths[0]}"):
                yield from kind.groups(self._inputs)
        with contained(self.problems, "site/assets/search"):
            yield self._search_index.index_group()
        feeds = name_feeds.list_feeds(catalog, config)
        with contained(self.problems, "site/feeds, site/exports and site/api"):
            yield from exports.file_groups(catalog, self._records, config, feeds, handwritten)
            yield from arrivals.file_groups(catalog, self._records)
            yield from exports.gone_file_groups(catalog, self._records, config)
        for summary in self._records.summaries:
            slug = summary.entry.slug
            with contained(self.problems, self._records.record_path(slug)):
                yield from self.paper_page_groups(summary)
                yield exports.paper_file_group(slug, catalog, self._records, config)

    def paper_page_groups(self, summary: RecordSummary) -> Iterator[PageGroup]:
        """Name the pages of one paper."""
        for paper_groups in self._paper_groups:
            yield from paper_groups(summary.entry, self._inputs)
