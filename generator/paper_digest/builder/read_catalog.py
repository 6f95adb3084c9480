"""The archive as a catalog, for what shows papers and builds no site."""

from __future__ import annotations

from pathlib import Path

from paper_digest.builder.curated import CuratedReader
from paper_digest.builder.open_records import open_records
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import with_joined_organisations
from paper_digest.incremental.reading_cache import WORDS_CACHE, reading_cache
from paper_digest.settings.config import Config


def read_catalog(root: Path, config: Config) -> Catalog:
    """Read the archive at ``root`` and classify every paper; what is broken is left out."""
    with reading_cache(root) as cache, open_records(root, config) as records:
        stored = (summary.entry for summary in records.summaries)
        entries = list(with_joined_organisations(stored, config.organisation_names))
        catalog = Catalog(
            entries, config.topics, records.pinned_ids, config.author_pages, config.author_names
        )
        index = SearchIndexBuilder(records, catalog, config.topics, cache / WORDS_CACHE)
        catalog.monitors = index.monitored_papers(config)
        catalog.curated = CuratedReader(root / "archive", (), records, config, []).read()
    return catalog
