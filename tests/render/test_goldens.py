"""Goldens: each saved page of the fixtures, the records it gives and the pages made of them.

The expected output lies beside the input. ``make golden`` rewrites it: then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.render.pages import paper as papers
from paper_digest.settings.config import load_config
from paper_digest.sources import text
from paper_digest.store import record_format
from paths import DATA, SAMPLE

FIXTURES = DATA / "text"
UPDATE = bool(os.environ.get("UPDATE_GOLDENS"))


def records(page: Path) -> list[Paper]:
    batch = text.parse(page.read_bytes(), Request(page.name))
    return [attribute_fields(p, "text", p.sightings[0].seen) for p in batch.papers]


def compare(golden: Path, made: str) -> None:
    if UPDATE:
        golden.write_text(made, "utf-8")
    assert golden.read_text("utf-8") == made, (
        f"{golden.name} differs: run make golden, read the diff"
    )


@pytest.mark.parametrize("page", sorted(FIXTURES.glob("*.txt")), ids=lambda p: p.stem)
def test_golden_records(page: Path) -> None:
    made = "\n".join(record_format.encode_paper(paper).decode() for paper in records(page))
    compare(page.with_suffix(".records.md"), made)


@pytest.mark.parametrize("page", sorted(FIXTURES.glob("*.txt")), ids=lambda p: p.stem)
def test_golden_pages(page: Path) -> None:
    config = load_config(SAMPLE)
    classifier = TopicClassifier(config.topics)
    found = records(page)
    entries = [catalog_entry(p, [m.topic for m in classifier.classify(p)]) for p in found]
    catalog = Catalog(entries, config.topics)
    made = "\n".join(papers.make_page(p, catalog).markdown() for p in found)
    compare(page.with_suffix(".pages.md"), made)
