"""The bulk snapshot: both forms, bad lines, broken files, and little memory."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Version
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import bulk
from paths import DATA

FIXTURES = DATA / "arxiv"
SNAPSHOT = (FIXTURES / "snapshot.jsonl").read_bytes()


def read(data: bytes = SNAPSHOT, note: str = "2025-11-21") -> Batch:
    return arxiv.parse(data, Request("a/folder/snapshot.jsonl", note))


def record(number: int, **fields: object) -> bytes:
    told = {"id": f"2511.{number:05}", "title": "Boats", "abstract": "They float."}
    return json.dumps(told | fields).encode() + b"\n"


def test_the_published_snapshot_is_read() -> None:
    paper = read().papers[0]
    assert paper.id == "arxiv:0704.0001"
    assert paper.title == "Boats in a snapshot"
    assert paper.authors == (Author("Ada Example", "Example"), Author("Béla Próba Jr.", "Próba"))
    assert paper.versions == (Version(1, "2007-04-02"), Version(2, "2007-07-24"))
    assert (paper.published, paper.updated) == ("2007-04-02", "2007-07-24")
    assert paper.categories == ("cs.RO", "math.DG")
    assert paper.doi == "10.1000/boats_7"
    assert paper.sightings[0].page == "snapshot.jsonl"  # not the folder it lay in


def test_the_flat_form_is_read() -> None:
    paper = read().papers[1]
    assert paper.categories == ("cs.RO", "cs.AI")
    assert paper.abstract == "First line\nsecond $a<b$ line"
    assert paper.doi == "10.1000/boats.9"


def test_bad_lines_are_problems_with_their_numbers() -> None:
    batch = read()
    assert [problem.line for problem in batch.problems] == [2, 3, 5, 6, 7, 7]
    texts = [problem.what for problem in batch.problems]
    for text, named in zip(
        texts,
        ("2503.10", "number 2503.1", "1 of 3 authors", "not JSON", "0001-01-01", "2999-01-01"),
        strict=True,
    ):
        assert named in text
    assert batch.papers[2].published == batch.papers[2].updated == ""


def test_a_version_beside_or_in_the_id_is_kept_as_such() -> None:
    (beside,) = read(record(1, version="v4", published="2025-11-02", updated="2025-11-09")).papers
    (inside,) = read(record(1, id="2511.00001v4", published="2025-11-02")).papers
    assert beside.id == inside.id == "arxiv:2511.00001"
    assert beside.versions == (Version(1, "2025-11-02"), Version(4, "2025-11-09"))
    assert inside.versions == (Version(1, "2025-11-02"), Version(4))


def test_the_first_day_after_the_month_of_the_id_is_still_believed() -> None:
    (near,) = read(record(1, published="2025-12-02"), "").papers
    (far,) = read(record(1, published="2025-12-09"), "").papers
    assert (near.published, near.inferred) == ("2025-12-02", False)
    assert (far.published, far.inferred, far.updated) == ("2025-11", True, "2025-12-09")


def test_a_doi_with_angle_brackets_is_one() -> None:
    sici = "10.1002/(SICI)1000-0000(200005/06)3:3<139::AID-BOAT41>3.0.CO;2-2"
    assert read(record(1, doi=sici)).papers[0].doi == sici.lower()
    assert read(record(1, doi="10.1002/<b>bold</b>")).papers[0].doi == ""


def test_a_file_of_another_kind_is_one_error_and_soon() -> None:
    taken = 0

    def lines() -> Iterator[bytes]:
        nonlocal taken
        for taken in range(1, 10_000):  # noqa: B007 - read outside
            yield b'{"no": "paper"}\n'

    with pytest.raises(SourceError, match="first 20 lines"):
        list(bulk.parse_lines(lines(), Request("other.jsonl")))
    assert taken == 20
    with pytest.raises(SourceError, match="is empty"):
        list(bulk.parse_lines([], Request("empty.jsonl")))


def test_a_compressed_file_cut_off_gives_what_came_before() -> None:
    whole = gzip.compress(b"".join(record(n, title=f"Boat {n * n}") for n in range(5000)))
    seen: list[Batch] = []
    with (
        gzip.open(io.BytesIO(whole[: len(whole) // 2])) as lines,
        pytest.raises(SourceError, match="breaks off after line") as fault,
    ):
        seen.extend(bulk.parse_lines(lines, Request("half.jsonl.gz")))
    assert len(seen[0].papers) == bulk.MAX_BATCH_ENTRIES
    assert fault.value.cure


def test_a_byte_order_mark_and_blank_lines_do_no_harm() -> None:
    batch = read(b"\xef\xbb\xbf" + record(1) + b"\r\n\n" + record(2))
    assert [paper.bare_id for paper in batch.papers] == ["2511.00001", "2511.00002"]
    assert batch.problems == ()


def test_a_line_too_long_is_a_problem() -> None:
    batch = read(record(1) + record(2, abstract="x" * 4_000_000))
    assert (len(batch.papers), batch.problems[0].line) == (1, 2)


def test_memory_does_not_grow_with_the_file() -> None:
    """Four times as many lines take no more at their peak: only one batch is held."""

    def peak(count: int) -> int:
        lines = (record(n % 90_000, abstract="They float. " * 20) for n in range(count))
        tracemalloc.start()
        for _ in bulk.parse_lines(lines, Request("many.jsonl")):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(bulk.MAX_BATCH_ENTRIES)
    assert peak(bulk.MAX_BATCH_ENTRIES * 8) < peak(bulk.MAX_BATCH_ENTRIES * 2) * 1.5


def test_nasty_records_are_in_or_named(corpus: Path) -> None:
    path = corpus / "nasty.jsonl"
    batch = arxiv.parse(path.read_bytes(), Request(str(path)))
    assert len(batch.papers) == 32
    assert [problem.line for problem in batch.problems] == [31, 32]  # Hugging Face entries
    by_id = {paper.bare_id: paper for paper in batch.papers}
    assert len(by_id["2603.25938"].authors) > 1000
    assert by_id["0802.2001"].doi.endswith("3.0.co;2-2")
    assert by_id["1602.06769"].versions[-1].number == 4
    assert "2603.10000" in by_id


def test_forty_thousand_records_are_in_or_named(corpus: Path) -> None:
    path = corpus / "arxiv_40k.jsonl.gz"
    count = problems = inferred = withdrawn = 0
    largest = 0
    with gzip.open(path) as lines:
        for batch in bulk.parse_lines(lines, Request(str(path))):
            largest = max(largest, len(batch.papers))
            count += len(batch.papers)
            problems += len(batch.problems)
            inferred += sum(paper.inferred for paper in batch.papers)
            withdrawn += sum(bool(paper.withdrawn) for paper in batch.papers)
            assert all(p.published and p.title and p.authors and p.categories for p in batch.papers)
    assert (count, problems) == (40_000, 0)
    assert (inferred, withdrawn) == (1347, 52)
    assert largest <= bulk.MAX_BATCH_ENTRIES
