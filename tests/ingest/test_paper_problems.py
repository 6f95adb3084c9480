"""What is too long for lists is named once, taken whole, and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from paper_digest.catalog.entry import MAX_AUTHORS, MAX_TITLE_CHARS
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.sources import jsonl
from paper_digest.store.files import Store


def _ingest(folder: Path, *records: Mapping[str, object]) -> list[str]:
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    with Store(folder).lock():
        writer = PaperWriter(Store(folder), IngestReport())
        writer.ingest_batch(
            jsonl.parse(data, Request("boats.jsonl")), jsonl.SOURCE, Request("boats.jsonl")
        )
        writer.finish()
    return [problem.what for problem in writer.report.problems]


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("title", "boat " * MAX_TITLE_CHARS, "a title of"),
        ("authors", [{"name": f"Ada {n}"} for n in range(MAX_AUTHORS + 1)], "authors; lists"),
    ],
)
def test_what_lists_cannot_hold_is_named_once(
    tmp_path: Path, field: str, value: object, what: str
) -> None:
    long = {"id": "arxiv:2101.00001", "title": "Long boats", field: value}
    good = {"id": "arxiv:2101.00002", "title": "Good boats"}
    [problem] = _ingest(tmp_path, long, good)
    assert what in problem
    assert problem.startswith("arxiv:2101.00001 has")
    papers = {paper.id: paper for paper in Store(tmp_path).read_all([])}
    assert set(papers) == {long["id"], good["id"]}
    stored = papers["arxiv:2101.00001"]
    assert len(stored.title) >= MAX_TITLE_CHARS or len(stored.authors) > MAX_AUTHORS
    assert _ingest(tmp_path, long, good) == []
