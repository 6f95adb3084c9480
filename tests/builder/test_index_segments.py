"""A large archive's index keeps its base from build to build, and the answers are those of one index."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from paper_digest.builder.index_segments import IndexSegments
from paper_digest.search import base_segment
from paper_digest.search.cache import ForwardUpdate
from paper_digest.search.document import Document
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from search_documents import drawn, paper

TOPICS = {"sound": ("Sound", "")}


@pytest.fixture(autouse=True)
def small_archives_have_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an archive of 256 papers have a base of which a step is eight papers."""
    monkeypatch.setattr(base_segment, "MIN_SEGMENTED_PAPERS", 128)


class Archive:
    """Builds the index of some papers after that of others, as builds of one archive do."""

    def __init__(self) -> None:
        self.plan, self.files = b"", dict[str, bytes]()
        self._forward, self._documents = ForwardIndex(), dict[str, Document]()
        self.groups: dict[str, bytes | None] = {}

    def build(self, documents: list[Document]) -> set[str]:
        """Build; return the names of the groups that had to be made."""
        now = {one.slug: one for one in documents}
        was_dropped = [now.get(row.slug) != self._documents[row.slug] for row in self._forward.rows]
        dropped = self._forward.select(np.array(was_dropped, bool))
        if not any(was_dropped):
            dropped = ForwardIndex()
        self._forward, self._documents = build_forward_index(documents), now
        update = ForwardUpdate(self._forward, 0, dropped)
        self.plan = IndexSegments(lambda: update, TOPICS).pack_plan(self.plan)
        again = IndexSegments(lambda: update, TOPICS)  # as another process that makes groups
        groups = {group.name: group for group in again.groups(self.plan)}
        made = {name for name, one in groups.items() if self.groups.get(name) != one.inputs_hash}
        self.groups = {name: one.inputs_hash for name, one in groups.items()}
        for name in made:
            self.files |= {path.rpartition("/")[2]: data for path, data in groups[name].make()}
        assert set(again.files(self.plan)) <= set(self.files)
        return made

    def answers(self) -> list[object]:
        """Ask the files of the last builds."""
        return answers(self.files.__getitem__)


def answers(read: Callable[[str], bytes]) -> list[object]:
    search = RankedSearch(IndexReader(read))
    queries = ("kettle", "patient", "zebrafish", "corrected", "author:lovelace", "the old engine")
    return [search.answer(query, 50, is_exhaustive=True) for query in queries]


def built_once(documents: list[Document]) -> Archive:
    archive = Archive()
    archive.build(documents)
    return archive


PAPERS = drawn(256)
BASE, OTHERS = "assets/search/base", "assets/search"


def test_new_papers_leave_the_base_alone_and_give_the_bytes_of_a_first_build() -> None:
    archive = built_once(PAPERS)
    grown = [*PAPERS, paper("2901.00001", "A zebrafish", date="2029-01-01")]
    assert archive.build(grown) == {OTHERS}
    first = built_once(grown)
    assert {name: archive.files[name] for name in first.files} == first.files


def test_a_changed_and_a_removed_paper_are_masked() -> None:
    archive = built_once(PAPERS)
    changed = [
        msgspec.structs.replace(PAPERS[9], title="Corrected kettle"),
        *PAPERS[10:],
        *PAPERS[:8],
    ]
    assert archive.build(changed) == {OTHERS}
    assert archive.answers() == built_once(changed).answers()
    assert archive.build(PAPERS) == {OTHERS}
    assert archive.answers() == built_once(PAPERS).answers()


def test_the_base_is_made_anew_when_the_archive_has_grown_to_the_next_round_number() -> None:
    archive = built_once(PAPERS)
    made = set()
    for count in range(1, 9):
        papers = [
            *PAPERS,
            *(paper(f"2901.{n:05}", "Kettles", date="2029-01-01") for n in range(count)),
        ]
        made = archive.build(papers)
        assert made == ({OTHERS} if count < 8 else {BASE, OTHERS})
    assert archive.answers() == built_once(papers).answers()


def test_a_paper_that_cannot_be_had_as_it_was_has_the_base_made_anew() -> None:
    archive = built_once(PAPERS)
    archive._forward = ForwardIndex()  # the cache of words is lost
    archive._documents = {}
    changed = [*PAPERS[:-1], msgspec.structs.replace(PAPERS[-1], title="Corrected kettle")]
    assert archive.build(changed) == {BASE, OTHERS}
    assert archive.answers() == built_once(changed).answers()


def test_a_lost_site_gets_the_base_as_it_was() -> None:
    archive = built_once(PAPERS)
    changed = [msgspec.structs.replace(PAPERS[9], title="Corrected kettle"), *PAPERS[10:]]
    archive.build(changed)
    files, archive.files, archive.groups = archive.files, {}, {}
    assert archive.build(changed) == {BASE, OTHERS}
    assert archive.files.items() <= files.items()
