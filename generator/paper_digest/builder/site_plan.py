"""The plan of a site: every group of pages and files it is made of, with a hash of what each needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from paper_digest.builder import name_feeds
from paper_digest.builder.record_cache import RecordSummary
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
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
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from paper_digest.store.runs import health, log

#: Pages whose Markdown is published beside them.
PUBLISHED_MARKDOWN_PREFIX = "papers/"

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
    ) -> None:
        self._store, self._records, self._catalog = store, records, catalog
        self._search_index, self._config = search_index, config

    def groups(self, handwritten: Iterable[str]) -> Iterator[AnyOutputGroup]:
        """Name everything the site is made of, one group at a time.

        The many small groups come last: processes that share the groups then end together.

        Args:
            handwritten: paths under ``docs/`` of pages that people wrote, for the sitemap.
        """
        catalog, config = self._catalog, self._config
        yield single_page_group(home.make_page(catalog, config.title, config.description))
        yield from topics.page_groups(catalog, config.page_size)
        yield from dates.page_groups(catalog, config.page_size)
        yield from authors.page_groups(catalog, config.page_size)
        yield from organisations.page_groups(catalog, config.page_size)
        yield single_page_group(trending.make_page(catalog))
        yield single_page_group(statistics.make_page(catalog))
        yield single_page_group(starred.make_page())
        read_errors: list[RecordError] = []
        runs = list(log.read_runs(self._store.root, read_errors))
        yield single_page_group(
            status.make_page(health.source_health(config.follow, runs), read_errors)
        )
        if catalog.has_sharded_search:
            yield single_page_group(search.make_page())
            yield self._search_index.index_group()
        feeds = name_feeds.list_feeds(catalog, config)
        yield from exports.file_groups(catalog, self._records, config, feeds, handwritten)
        for summary in self._records.summaries:
            yield from self._paper_groups(summary)

    def paper_page_group(self, summary: RecordSummary) -> OutputGroup[Page]:
        """Return the group of one paper's page."""
        e = summary.entry
        # The links of a note may lead anywhere, so its page is made in every build.
        has_notes = bool(self._records.notes(e.slug))
        inputs = (
            None
            if has_notes
            else hash_bytes(
                self._records.record_hash(e.slug), papers.neighbour_hash(e, self._catalog)
            )
        )
        return OutputGroup(e.path.removesuffix(".md"), inputs, partial(self._paper_page, e.slug))

    def _paper_groups(self, summary: RecordSummary) -> Iterator[AnyOutputGroup]:
        """Name what there is of one paper: its page, its former addresses, its files."""
        slug = summary.entry.slug
        yield self.paper_page_group(summary)
        for page in redirect.redirect_pages(summary.entry, summary.ids):
            inputs = self._records.record_hash(slug)
            yield OutputGroup(page.path.removesuffix(".md"), inputs, partial(_as_tuple, page))
        yield exports.paper_file_group(slug, self._catalog, self._records, self._config)

    def _paper_page(self, slug: str) -> tuple[Page]:
        paper, notes = self._records.paper(slug), self._records.notes(slug)
        return (papers.make_page(paper, self._catalog, self._config.repository, notes),)


def _as_tuple(page: Page) -> tuple[Page]:
    return (page,)
