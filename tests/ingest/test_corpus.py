"""Everything under shared/corpus: each entry in the store, or named as a problem."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from paper_digest.ingest.files import ingest_files, list_files
from paper_digest.ingest.report import IngestReport
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

#: The corpus was gathered before this day.
TODAY = date(2026, 11, 21)


def take(store: Store, source: str, *paths: Path) -> IngestReport:
    with ExitStack() as stack:
        opened = [(p.name, stack.enter_context(p.open("rb"))) for p in list_files(paths)]
        return ingest_files(store, registry().source(source), opened, today=TODAY)


def files(store: Store) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in store.paths()}


def twice(store: Store, source: str, *paths: Path) -> IngestReport:
    """Ingest, then again, which changes no byte."""
    first = take(store, source, *paths)
    before = files(store)
    again = take(store, source, *paths)
    assert files(store) == before
    assert (again.entries, again.new, again.changed) == (first.entries, set(), set())
    assert len(before) == first.paper_count
    assert all(p.cure for p in first.problems)
    return first


def test_all_readable_days_of_hugging_face(corpus: Path, tmp_path: Path) -> None:
    days = [corpus / "huggingface" / name for name in ("days", "verbatim")]
    assert len(list(list_files(days))) == 261
    report = twice(Store(tmp_path), "huggingface", *days)
    assert (report.entries, report.paper_count, report.problems) == (4247, 4247, [])


def test_broken_days_are_problems_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    broken = corpus / "huggingface" / "broken"
    report = twice(Store(tmp_path), "huggingface", broken)
    assert report.entries == 0
    named = [p.where.partition(".json")[0] for p in report.problems]
    assert named == sorted(path.stem for path in broken.iterdir())
    assert files(Store(tmp_path)) == {}


@pytest.mark.parametrize(
    ("source", "folder", "counts"),
    [
        ("bibtex", "bibtex", (2553, 2551, 6)),
        ("acl", "acl_xml", (435, 435, 0)),
        ("arxiv", "arxiv_oai", (1000, 1000, 0)),
        ("arxiv", "arxiv_rss", (10, 10, 0)),
        ("arxiv", "arxiv_atom", (30, 30, 0)),
        ("arxiv", "nasty.jsonl", (32, 32, 2)),
    ],
)
def test_every_entry_is_in_the_store_or_a_problem(
    corpus: Path, tmp_path: Path, source: str, folder: str, counts: tuple[int, int, int]
) -> None:
    report = twice(Store(tmp_path), source, corpus / folder)
    assert (report.entries, report.paper_count, len(report.problems)) == counts


def test_all_sources_make_one_truth_in_either_order(corpus: Path, tmp_path: Path) -> None:
    kinds = [
        ("huggingface", corpus / "huggingface" / "verbatim"),
        ("arxiv", corpus / "arxiv_atom"),
        ("bibtex", corpus / "bibtex" / "hepml.bib"),
    ]
    one, other = Store(tmp_path / "one"), Store(tmp_path / "other")
    for source, path in kinds:
        take(one, source, path)
    for source, path in reversed(kinds):
        take(other, source, path)
    assert files(one).keys() == files(other).keys()
    assert [(p.id, p.title, p.aliases) for p in one.read_all()] == [
        (p.id, p.title, p.aliases) for p in other.read_all()
    ]
