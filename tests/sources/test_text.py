"""Pages saved as text: both kinds, every gap they have, and what is not one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest.files import ingest_files
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Paper
from paper_digest.model.sightings import merge_sightings
from paper_digest.sources import text
from paper_digest.store.files import Store
from paper_digest.text.dates import MONTH_ABBREVIATIONS
from paths import DATA

FIXTURES = DATA / "text"


def papers(name: str, note: str = "") -> dict[str, Paper]:
    batch = text.parse((FIXTURES / name).read_bytes(), Request(name, note))
    return {p.title or p.id: p for p in batch.papers}


def test_a_papers_page_gives_titles_counts_dates_and_comments() -> None:
    found = papers("huggingface-inferred.txt")
    assert len(found) == 5
    first = found["A made-up title: with a colon"]
    assert first.author_count == 13
    assert (first.published, first.inferred) == ("2025-05-10", True)
    assert first.sightings[0].comments == 4
    assert [link.url for link in first.links] == ["https://github.com/made-up/method"]
    assert "k_{ast}" in first.abstract  # verbatim in the store


def test_the_pages_year_is_the_one_after_its_latest_printed_year() -> None:
    found = papers("huggingface-inferred.txt")
    seen = found["Old work"].sightings[0]
    assert (seen.seen, seen.inferred) == ("2025-06-03", True)
    assert (found["Old work"].published, found["Old work"].inferred) == ("2023-12-13", False)


def test_a_date_later_than_the_page_is_a_problem_and_not_a_guess() -> None:
    name = "huggingface-inferred.txt"
    batch = text.parse((FIXTURES / name).read_bytes(), Request(name))
    [late] = [p for p in batch.papers if p.title.startswith("Later")]
    assert late.published == ""
    assert [p.line for p in batch.problems] == [29]


def test_the_day_given_by_hand_overrides_the_inference() -> None:
    found = papers("huggingface-inferred.txt", "2024-06-03")
    assert found["A made-up title: with a colon"].published == "2024-05-10"
    assert found["Old work"].sightings[0].seen == "2024-06-03"
    assert not found["Old work"].sightings[0].inferred


def test_an_abstract_cut_off_is_kept_and_marked() -> None:
    cut = papers("huggingface-inferred.txt")["No facts at all"]
    assert cut.truncated
    assert cut.abstract == "This abstract was cut in the middle of a ..."
    assert cut.author_count is None


def test_a_second_paragraph_belongs_to_its_abstract() -> None:
    long = papers("huggingface-inferred.txt")["One more, with two paragraphs"]
    assert long.abstract.startswith("First paragraph of the abstract.\n\nAnd a second one")
    assert long.author_count == 1234


def test_a_page_without_any_year_invents_none() -> None:
    page = (FIXTURES / "huggingface-inferred.txt").read_text("utf-8")
    page = page.replace(", 2023", "").replace(", 2024", "")
    batch = text.parse(page.encode(), Request("x"))
    assert {p.published for p in batch.papers} == {""}
    assert {s.seen for p in batch.papers for s in p.sightings} == {""}
    said = {p.title: (p.sightings[0].seen_as, p.sightings[0].published_as) for p in batch.papers}
    assert said["A made-up title: with a colon"] == ("Jun 3", "May 10")
    assert said["Old work"] == ("Jun 3", "Dec 13")
    assert {page for page, _ in said.values()} == {"Jun 3"}


@given(st.dates(date(2001, 1, 1), date(2025, 1, 1)), st.booleans(), st.integers(0, 9))
def test_a_date_is_read_whole_or_held_as_it_was_printed(
    day: date,
    with_year: bool,  # noqa: FBT001 - hypothesis gives it
    comments: int,
) -> None:
    printed = f"{MONTH_ABBREVIATIONS[day.month - 1]} {day.day}" + (
        f", {day.year}" if with_year else ""
    )
    page = f"new\nSubscribe\nDaily Papers\nJun 3\nBoats\nThey float.\n·\n{printed} {comments}\n"
    [paper] = text.parse(page.encode(), Request("x")).papers
    [sighting] = paper.sightings
    if with_year:
        assert (paper.published, sighting.published_as) == (day.isoformat(), "")
    else:
        assert (paper.published, sighting.published_as) == ("", printed)
        assert (sighting.seen, sighting.seen_as) == ("", "Jun 3")
        merged = merge_sightings(sighting, msgspec.structs.replace(sighting, seen="2024-06-03"))
        assert (merged.seen, merged.seen_as, merged.published_as) == ("2024-06-03", "", printed)


def test_a_dump_of_abstracts_gives_ids_comments_and_links() -> None:
    name = "arxiv.txt"
    batch = text.parse((FIXTURES / name).read_bytes(), Request(name))
    assert [p.id for p in batch.papers] == [
        "arxiv:2401.00001",
        "arxiv:1203.4567",
        "arxiv:hep-lat/0605020",
    ]
    first, second, third = batch.papers
    assert first.title == ""
    assert first.comment.startswith("12 pages")
    assert first.links[0].url == "https://github.com/made-up/project"
    assert second.abstract == "Another invented abstract, without a comment."
    assert third.abstract == "2 new ways to begin an abstract with a digit."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"<!DOCTYPE html><html><body>Daily Papers</body></html>",
        b'{"papers": []}',
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "Daily Papers".encode("utf-16"),
        b"Just a note.\n\nWith two paragraphs.\n",
    ],
)
def test_anything_else_is_told_what_was_expected(data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        text.parse(data, Request("page.txt"))
    assert "expected a Hugging Face papers page" in str(error.value)
    assert error.value.cure


@given(st.text())
def test_no_text_crashes_the_source(page: str) -> None:
    for head in ("", "new\n\nSubscribe\n\nDaily Papers\n\nJun 3\n\n"):
        with suppress(SourceError):
            text.parse((head + page).encode("utf-8", "replace"), Request("x"))


def _ingest(folder: Path, pages: list[Path]) -> tuple[IngestReport, dict[str, bytes]]:
    store = Store(folder)
    opened = ((p.name, BytesIO(p.read_bytes())) for p in pages)
    report = ingest_files(store, text.SOURCE, opened)
    return report, {str(p.relative_to(folder)): p.read_bytes() for p in store.paths()}


def test_the_saved_pages_go_in_whole(seeds: Path, tmp_path: Path) -> None:
    pages = sorted(seeds.glob("*.txt"))
    entries = [len(text.parse(p.read_bytes(), Request(p.name)).papers) for p in pages]
    assert entries == [10, 67, 29, 52, 72]
    report, files = _ingest(tmp_path / "a", pages)
    assert report.problems == []
    assert len(report.new) == len(files) == 216
    again, same = _ingest(tmp_path / "a", pages)
    assert (len(again.new), len(again.changed), same) == (0, 0, files)
    _, backwards = _ingest(tmp_path / "b", pages[::-1])
    assert backwards == files


def test_what_the_saved_pages_say_is_kept(seeds: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    pages = sorted(seeds.glob("*.txt"))
    batches = [text.parse(p.read_bytes(), Request(p.name)) for p in pages]
    assert sum(p.author_count is not None for b in batches for p in b.papers) == 90
    _ingest(tmp_path, pages)
    found = list(store.read_all())
    assert sum(len(p.sightings) > 1 for p in found) == 13
    [sparse] = [p for p in found if p.title.startswith("Sparse Linear Regression is Easy")]
    assert (sparse.published, sparse.inferred, len(sparse.sightings)) == ("2025-11-08", False, 2)
    whole = {p.title: p.abstract for b in batches for p in b.papers if not p.truncated}
    for paper in found:
        assert paper.truncated == (bool(paper.title) and paper.title not in whole)
