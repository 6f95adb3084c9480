"""The records of an archive for commands that read it and build nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from paper_digest.builder.records import ArchiveRecords
from paper_digest.incremental.reading_cache import RECORDS_CACHE, reading_cache
from paper_digest.settings.config import Config
from paper_digest.store import overrides
from paper_digest.store.notes import Notes
from paper_digest.store.volumes import VolumeStore


@contextmanager
def open_records(root: Path, config: Config) -> Iterator[ArchiveRecords]:
    """Give the papers of the archive at ``root`` to a command that only reads, with the builds' cache."""
    store = VolumeStore(root / "archive", config.volume, [])
    with reading_cache(root) as cache:
        records = ArchiveRecords(
            store,
            overrides.load_overrides(store.root, config.topic_names, []),
            Notes(root / "docs"),
            config.topics,
            cache / RECORDS_CACHE,
        )
        with closing(records):
            yield records
