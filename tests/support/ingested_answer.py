"""One answer of a source taken into a store, as an ingest does it."""

from __future__ import annotations

from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store


def ingest_answer(store: Store, source: str, answer: bytes) -> None:
    """Read what the source of this name answered, and write its papers."""
    reader, request = registry().source(source), Request("kites")
    with store.lock():
        writer = PaperWriter(store, IngestReport())
        writer.ingest_batch(reader.parse(answer, request), reader, request)
        writer.finish()
