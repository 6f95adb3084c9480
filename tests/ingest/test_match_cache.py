"""With the cache of match keys an ingest ends as if it had read every record, and reads few."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.incremental import file_times
from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.ingest.record_index import match_cache_path, open_index
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Author, Paper
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

TODAY = date(2026, 3, 2)
TITLES = ("Weaving Numbers Into Cloth", "Weaving Numbers Into Cloth: A Study", "A Survey of Looms")
ABSTRACTS = ("", *(" ".join(f"{word}{n:c}" for n in range(97, 117)) for word in ("warp", "weft")))
IDS = (
    "arxiv:2503.00001",
    "arxiv:2503.00002",
    "doi:10.1234/loom",
    "doi:10.48550/arxiv.2503.00001",
    "acl:P18-1001",
    "title:0123456789abcdef",
)

papers = st.builds(
    Paper,
    id=st.sampled_from(IDS),
    title=st.sampled_from(TITLES),
    authors=st.sampled_from([(), (Author("Ada Abel"), Author("Bo Blum")), (Author("Cy Cox"),)]),
    published=st.sampled_from(["", "2024-05-01", "2025-03-01"]),
    doi=st.sampled_from(["", "10.1234/loom", "10.48550/arxiv.2503.00002"]),
    venue=st.sampled_from(["", "Loom Days"]),
    abstract=st.sampled_from(ABSTRACTS),
    same_as=st.sampled_from([(), ("arxiv:2503.00002",), ("doi:10.1234/loom",)]),
)
runs_of_papers = st.lists(
    st.tuples(st.lists(papers, min_size=1, max_size=3), st.sampled_from(["arxiv", "crossref"])),
    min_size=1,
    max_size=4,
)


def ingest(root: Path, added: Iterable[Paper], source: str, *, cached: bool) -> list[str]:
    """Add papers in a run of its own; returns the pairs that are for a person to decide."""
    store, report = Store(root / "store"), IngestReport()
    with store.lock():
        cache = match_cache_path(root) if cached else None
        writer = PaperWriter(store, report, TODAY, match_cache=cache)
        for paper in added:
            writer.ingest_paper(paper, registry().source(source), "2026-03-01", "a.txt")
        writer.finish()
    said = [str(problem).replace(str(root), "") for problem in report.problems]
    return [*map(str, report.undecided), *said]


def files(root: Path) -> dict[str, bytes]:
    folder = root / "store"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.md")}


def damage(cache: Path, how: str) -> None:
    """Do to the cache what may happen to a file between two runs."""
    if how == "gone" or not cache.exists():
        cache.unlink(missing_ok=True)
    elif how == "damaged":
        data = cache.read_bytes()
        cache.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    elif how == "of another program":
        write_checked(cache, bytes(16) + read_checked(cache)[16:])
    elif how == "made up":
        write_checked(cache, bytes(read_checked(cache)[:16]) + b"\x91\x91\xa1x")


@settings(max_examples=60, deadline=None)
@given(runs_of_papers, st.sampled_from(["", "gone", "damaged", "of another program", "made up"]))
def test_no_run_ends_in_another_way(runs: list[tuple[list[Paper], str]], how: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        one, two = Path(place, "one"), Path(place, "two")
        for added, source in runs:
            said = [ingest(root, added, source, cached=root == two) for root in (one, two)]
            assert said[0] == said[1]
            assert files(one) == files(two)
            damage(match_cache_path(two), how)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(papers, min_size=2, max_size=4),
    st.lists(papers, min_size=1, max_size=2),
    st.sampled_from(["deleted", "broken", "written over", "another's former id"]),
)
def test_what_befalls_a_record_between_two_runs_is_seen(
    first: list[Paper], then: list[Paper], what: str
) -> None:
    with tempfile.TemporaryDirectory() as place:
        one, two = Path(place, "one"), Path(place, "two")
        ingest(two, first, "arxiv", cached=True)
        path = min((two / "store").rglob("*.md"))
        if what == "deleted":
            path.unlink()
        elif what == "broken":
            path.write_bytes(path.read_bytes()[:9])
        elif what == "written over":
            path.write_bytes(path.read_bytes().replace(b"Weaving", b"Knotting"))
        else:
            store = Store(two / "store")
            held = next(store.read_all()).id
            store.write([Paper(id="arxiv:2501.00009", title="Swallowed", aliases=(held,))])
        shutil.copytree(two / "store", one / "store", dirs_exist_ok=True)
        said = [ingest(root, then, "arxiv", cached=root == two) for root in (one, two)]
        assert said[0] == said[1]
        assert files(one) == files(two)


def test_a_run_opens_the_records_it_compares_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [f"{word} looms that count to {word}" for word in ("One", "Two", "Three", "Four")]
    known = [Paper(id=f"arxiv:2503.0000{n}", title=title) for n, title in enumerate(titles)]
    ingest(tmp_path, known, "arxiv", cached=True)
    ingest(tmp_path, (), "arxiv", cached=True)
    monkeypatch.setattr(file_times, "MTIME_RESOLUTION_NS", 0)
    ingest(tmp_path, (), "arxiv", cached=True)
    opened: list[str] = []
    read_bytes = Store.read_bytes

    def read(store: Store, name: str) -> bytes:
        opened.append(name)
        return read_bytes(store, name)

    monkeypatch.setattr(Store, "read_bytes", read)
    store, problems = Store(tmp_path / "store"), list[Problem]()
    index = open_index(store, match_cache_path(tmp_path), problems)
    assert {*index.ids()} == {paper.id for paper in known}
    assert opened == []
    assert not index.find_record(Paper(id="arxiv:2503.00009", title="Of something else entirely"))
    assert opened == []
    assert index.find_record(Paper(id="arxiv:2503.00001"))
    index.possible_duplicates(Paper(id="acl:P18-1001", title=titles[2]))
    assert opened == ["papers/2503/2503.00002.md"]
    assert problems == []


def test_a_cache_that_cannot_be_written_stops_no_run(tmp_path: Path) -> None:
    match_cache_path(tmp_path).parent.parent.mkdir()
    match_cache_path(tmp_path).parent.write_text("no folder", "utf-8")
    ingest(tmp_path, [Paper(id=IDS[0], title=TITLES[0])], "arxiv", cached=True)
    assert [*files(tmp_path)] == ["papers/2503/2503.00001.md"]
