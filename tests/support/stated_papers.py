"""Papers as sources state them, ingested one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store


def ingest_stated(root: Path, statements: Iterable[tuple[str, Paper]]) -> list[Paper]:
    """Ingest what sources, by name, say of papers in this order; returns the papers of the store at ``root``."""
    store = Store(root)
    with store.lock():
        writer = PaperWriter(store, IngestReport(), date(2026, 3, 2))
        for source, paper in statements:
            writer.ingest_paper(paper, registry().source(source), "2026-03-01", "x")
        writer.finish()
    return list(store.read_all())
