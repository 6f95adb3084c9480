"""A fault of the program in one paper stops no other, and nothing of what was known is lost with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest import writer as writer_module
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.paper import Author, Paper
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

#: Where an unforeseen error may arise: as fields are checked, as ids are settled, as records are merged.
STEPS = ("drop_future_dates", "assign_title_id", "settle_ids", "restate")
NUMBERS = st.lists(st.integers(1, 6), min_size=1, max_size=8)


def paper(number: int, title: str = "") -> Paper:
    return Paper(
        id=f"arxiv:2601.0000{number}",
        title=title or f"Slow boats of kind number {number}",
        authors=(Author(f"Ada Number{number}"),),
    )


def take(store: Store, papers: list[Paper]) -> IngestReport:
    report = IngestReport()
    with store.lock():
        writer = PaperWriter(store, report, date(2026, 3, 2))
        for one in papers:
            writer.ingest_paper(one, registry().source("text"), "2026-03-01", "page.txt")
        writer.finish()
    return report


def files(store: Store) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.paths()}


@given(
    known=NUMBERS, coming=NUMBERS, step=st.sampled_from(STEPS), failing=st.integers(1, 6),
)  # fmt: skip
def test_the_others_are_taken_as_if_it_had_not_come(
    known: list[int],
    coming: list[int],
    step: str,
    failing: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    bad = paper(failing).id
    real = getattr(writer_module, step)

    def fail_of_one(*given: object, **options: object) -> object:
        if any(isinstance(one, Paper) and one.id == bad for one in given):
            raise ValueError("nobody foresaw this")
        return real(*given, **options)

    with_fault, without = (Store(tmp_path_factory.mktemp("archive")) for _ in range(2))
    for store in (with_fault, without):
        take(store, [paper(number) for number in known])
    news = [paper(number, f"Fast boats of kind number {number}") for number in coming]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer_module, step, fail_of_one)
        report = take(with_fault, news)
    # A paper that is new is merged with nothing the first time.
    is_new = step == "restate" and failing not in known
    take(without, [one for one in news if is_new or one.id != bad])
    assert files(with_fault) == files(without)
    failures = [one for one in report.problems if "nobody foresaw this" in one.what]
    assert len(failures) == max(0, coming.count(failing) - is_new)
    assert all(bad in one.what and one.where == "page.txt" for one in failures)
    assert report.blocked == len(failures), "the days of its list stay open"
    take(with_fault, news)
    take(without, news)
    assert files(with_fault) == files(without), "the next run takes it"


def test_the_machines_fault_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(writer_module, "drop_future_dates", fail)
    with pytest.raises(OSError, match="full"):
        take(Store(tmp_path), [paper(1)])
