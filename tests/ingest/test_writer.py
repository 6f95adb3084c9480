"""Papers find their record, or become one; nothing is lost, and no order of arrival matters."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.ingest.files import ingest_files
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.paper import Author, Notice, Paper, Sighting
from paper_digest.sources import jsonl
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from paper_digest.text.entities import plain_fields
from paper_strategies import records
from paths import SAMPLE

TODAY = date(2026, 3, 2)
TITLE = "An Invented Title of Some Length"
ABSTRACT = " ".join(f"plain{'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(20))


def absorb(store: Store, *papers: Paper, source: str = "text") -> IngestReport:
    report = IngestReport()
    with store.lock():
        absorber = PaperWriter(store, report, TODAY)
        for paper in papers:
            absorber.ingest_paper(paper, registry().source(source), "2026-03-01", "page.txt")
        absorber.flush()
    return report


def saved(**fields: object) -> Paper:
    """A paper that has nothing but its title, as a saved page tells it."""
    return Paper(id="title:0123456789abcdef", **{"title": TITLE, **fields})  # type: ignore[arg-type]


def files(store: Store) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in store.paths()}


def in_every_order(papers: Sequence[Paper]) -> list[dict[str, bytes]]:
    found = []
    for order in permutations(papers):
        with tempfile.TemporaryDirectory() as place:
            store = Store(Path(place))
            absorb(store, *order)
            found.append(files(store))
    return found


NAMESAKES = [
    saved(author_count=3, published="2024-05-01"),
    saved(author_count=4, published="2024-05-01"),
    saved(author_count=3, published="2019"),
    saved(author_count=3),
]


def test_namesakes_are_papers_of_their_own_in_any_order() -> None:
    first, *others = in_every_order(NAMESAKES)
    assert len(first) == 4
    assert all(other == first for other in others)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.builds(
            saved,
            author_count=st.none() | st.integers(1, 2),
            published=st.sampled_from(["", "2024-05-01", "2024-05-02", "2025-01-01"]),
            abstract=st.sampled_from(["", "Some words."]),
            sightings=st.sampled_from([(), (Sighting("text", "p1"),), (Sighting("text", "p2"),)]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_titles_alone_give_the_same_store_in_any_order(papers: list[Paper]) -> None:
    first, *others = in_every_order(papers)
    assert all(other == first for other in others)
    facts = {(p.author_count, p.published[:4]) for p in papers}
    assert len(first) >= len({f for f in facts if all(f)})


@given(records(st.just("title:0123456789abcdef")))
def test_a_settled_id_stays(paper: Paper) -> None:
    once = assign_title_id(paper)
    assert assign_title_id(once) == once
    assert (
        assign_title_id(msgspec.structs.replace(paper, id="arxiv:2503.00001")).id
        == "arxiv:2503.00001"
    )


def test_a_record_that_goes_into_another_within_one_run_stops_nothing(tmp_path: Path) -> None:
    """It was read once more, to give up an id, after it had gone: the whole run ended there."""
    loom, pair = "doi:10.1234/loom", (Author("Ada Abel"), Author("Bo Blum"))
    absorb(Store(tmp_path), Paper(id="arxiv:2503.00001", title=TITLE), source="arxiv")
    report = absorb(
        Store(tmp_path),
        Paper(id="arxiv:2503.00002", title=TITLE, same_as=(loom,)),
        Paper(id=loom, title=TITLE, authors=pair),
        Paper(
            id="arxiv:2503.00002",
            title="A Survey of Looms",
            authors=(Author("Cy Cox"),),
            doi=loom[4:],
        ),
        source="crossref",
    )
    assert report.entries == 3
    stored = list(Store(tmp_path).read_all())
    ids = {i for p in stored for i in (p.id, *p.aliases, *p.disputed_ids)}
    assert {"arxiv:2503.00001", "arxiv:2503.00002", loom} <= ids


def test_too_little_is_known_to_unite_two_pages_title() -> None:
    one, two = (saved(sightings=(Sighting("text", page),)) for page in ("p1", "p2"))
    assert assign_title_id(one).id != assign_title_id(two).id
    assert (
        assign_title_id(saved(abstract=ABSTRACT)).id == assign_title_id(saved(abstract=ABSTRACT)).id
    )


def test_a_saved_paper_becomes_the_arxiv_one_and_leaves_a_redirect(tmp_path: Path) -> None:
    store = Store(tmp_path)
    page = saved(author_count=2, published="2025-03-04", abstract=ABSTRACT)
    absorb(store, page)
    arxiv = Paper(
        id="arxiv:2503.00001",
        title=TITLE,
        authors=(Author("Ada A"), Author("Bo B")),
        published="2025-03-04",
    )
    report = absorb(store, arxiv, source="arxiv")
    assert (report.new, report.changed) == (set(), {"arxiv:2503.00001"})
    [paper] = store.read_all()
    assert paper.aliases == (assign_title_id(page).id,)
    # The saved page again: it is found by its former id.
    for again in (absorb(store, page), absorb(store, arxiv, source="arxiv")):
        assert (again.new, again.changed) == (set(), set())
    assert [p.aliases for p in store.read_all()] == [(assign_title_id(page).id,)]


def test_what_two_records_know_together_may_unite_a_third(tmp_path: Path) -> None:
    store = Store(tmp_path)
    absorb(store, saved(author_count=2, published="2025-03-04"))
    absorb(store, Paper(id="arxiv:2503.00001", abstract=ABSTRACT), source="text")
    assert len(list(store.read_all())) == 2
    named = Paper(id="arxiv:2503.00001", title=TITLE, author_count=2, published="2025-03-01")
    report = absorb(store, named, source="arxiv")
    assert len(list(store.read_all())) == 1
    assert (report.new, report.changed, report.unchanged) == (set(), {"arxiv:2503.00001"}, set())


@pytest.mark.parametrize("order", [0, 1])
def test_a_leftover_of_a_killed_run_is_taken_in(tmp_path: Path, order: int) -> None:
    store = Store(tmp_path)
    # Either the former id's file is read first or the other's.
    former = attribute_fields(saved(comment="kept"), "text", "")
    holder = "title:00000000000000ff" if order else "arxiv:2503.00001"
    store.write(
        [former, attribute_fields(Paper(id=holder, title=TITLE, aliases=(former.id,)), "text", "")]
    )
    absorb(store)
    [paper] = store.read_all()
    assert (paper.id, paper.comment, paper.aliases) == (holder, "kept", (former.id,))


def test_a_deletion_of_a_paper_that_never_was_here_is_passed_over(tmp_path: Path) -> None:
    store = Store(tmp_path)
    gone = Paper(id="arxiv:2410.00011", withdrawn="removed from arXiv")
    report = absorb(store, gone, source="arxiv")
    assert (report.entries, report.ignored_removals, report.paper_count, report.problems) == (
        1,
        1,
        0,
        [],
    )
    assert files(store) == {}
    absorb(store, Paper(id="arxiv:2410.00011", title="Boats"))
    assert absorb(store, gone, source="arxiv").changed == {"arxiv:2410.00011"}
    [paper] = store.read_all()
    assert (paper.title, paper.withdrawn) == ("Boats", "removed from arXiv")


def test_a_notice_about_a_paper_that_is_not_here_is_counted(tmp_path: Path) -> None:
    notice = Paper(id="doi:10.5555/kites", doi="10.5555/kites", notices=(Notice("correction"),))
    report = absorb(Store(tmp_path), notice, source="pubmed")
    assert (report.entries, report.ignored_removals, report.paper_count) == (1, 1, 0)


def test_no_date_lies_in_the_future(tmp_path: Path) -> None:
    store = Store(tmp_path)
    report = absorb(store, Paper(id="arxiv:2603.00001", title="Boats", published="2031-01-01"))
    [paper] = store.read_all()
    assert paper.published == ""
    assert [(p.where, "lies in the future" in p.what) for p in report.problems] == [
        ("page.txt", True)
    ]


def test_what_is_said_of_a_broken_file_is_named_and_the_file_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    paper = Paper(id="arxiv:2603.00001", title="Boats")
    absorb(store, paper)
    path = store.path(paper.id)
    path.write_bytes(path.read_bytes()[:30])
    half = path.read_bytes()
    report = absorb(store, msgspec.structs.replace(paper, comment="new"), paper)
    assert path.read_bytes() == half
    assert (report.entries, report.blocked, report.paper_count) == (2, 2, 0)
    assert all(str(path) in p.what and "git" in p.cure for p in report.problems)


def dump(papers: Iterable[Paper]) -> bytes:
    return b"".join(msgspec.json.encode(paper) + b"\n" for paper in papers)


def test_a_dump_gives_the_same_archive_byte_for_byte(tmp_path: Path) -> None:
    ours, other = Store(SAMPLE / "archive"), Store(tmp_path)
    data = dump(ours.read_all())
    for _ in range(2):
        report = ingest_files(
            other, jsonl.SOURCE, [("dump", io.BytesIO(data))], today=date(2100, 1, 1)
        )
        assert report.problems == []
        assert files(other) == files(ours)
    assert not report.changed


@settings(max_examples=25, deadline=None)
@given(records(st.just("arxiv:2503.00010")), records(st.just("arxiv:2503.00010")))
def test_a_dump_is_merged_as_its_papers_would_be(one: Paper, two: Paper) -> None:
    mine, theirs = (
        attribute_fields(plain_fields(one), "huggingface", "2025-01-01"),
        attribute_fields(plain_fields(two), "arxiv", "2025-01-02"),
    )
    with tempfile.TemporaryDirectory() as place:
        store = Store(Path(place))
        store.write([mine])
        with store.lock():
            absorber = PaperWriter(store, IngestReport())
            absorber.ingest_paper(theirs, registry().source("jsonl"), "2026-01-01", "dump")
            absorber.flush()
        [merged] = store.read_all()
    [wanted] = [merge_papers(mine, theirs, registry().ranking)]
    assert merged.claims == wanted.claims
    assert msgspec.structs.replace(merged, abstract="") == msgspec.structs.replace(
        wanted, abstract=""
    )
