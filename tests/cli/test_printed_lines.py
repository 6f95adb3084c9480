"""What commands print of files and records is one line each, which no terminal and no workflow's log obeys."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.cli.explain import explain_paper
from paper_digest.cli.pair_table import pair_rows
from paper_digest.ingest.review import ReviewPair
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Author, Claim, Digest, Link, Paper, Sighting
from paper_digest.model.printable import printed_line
from paper_digest.settings.config import Config
from paper_digest.store.files import Store

HOSTILE = "a\x1b[31mred\x1b]0;title\x07\x9b2J\u202e\n::error::b\r::c\u2028::d\x85::e"
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def hostile_paper(number: int) -> Paper:
    return Paper(
        id=f"doi:10.5555/kites.{number}",
        title=f"Kites {number}",
        authors=(Author(HOSTILE),),
        published="2021",
        comment=HOSTILE,
        venue=HOSTILE,
        journal_ref=HOSTILE,
        keywords=(HOSTILE,),
        organisation=HOSTILE,
        digest=Digest(HOSTILE, by=HOSTILE),
        links=(Link("other", "https://example.org/a", title=HOSTILE),),
        sightings=(Sighting(HOSTILE, HOSTILE, entry=HOSTILE),),
        claims=(Claim(HOSTILE, agrees=("title",), differs={"venue": HOSTILE}, entry=HOSTILE),),
        abstract=f"{HOSTILE} {number}",
    )


def test_a_record_is_explained_in_lines_that_are_only_shown(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    with store.lock():
        store.write([hostile_paper(1)])
    lines = list(explain_paper(store, Config("Notes"), "doi:10.5555/kites.1"))
    assert any("red" in line for line in lines)
    assert not any(OBEYED.search(line) or line.lstrip().startswith("::") for line in lines)


def test_pairs_are_shown_in_lines_that_are_only_shown() -> None:
    pair = ReviewPair(hostile_paper(1), hostile_paper(2), HOSTILE)
    for emphasise in (str, str.upper):
        assert not any(OBEYED.search(line) for line in pair_rows(pair, 80, emphasise))


@given(st.builds(Problem, *[st.text(max_size=20) | st.just(HOSTILE)] * 2))
def test_a_problem_is_one_line_whatever_its_file_is_called(problem: Problem) -> None:
    assert not OBEYED.search(str(problem))
    assert not OBEYED.search(str(msgspec.structs.replace(problem, line=3, cure=HOSTILE)))


@given(st.text(max_size=40))
def test_what_can_be_shown_stays(text: str) -> None:
    line = printed_line(text)
    line.encode()
    assert printed_line(line) == line
    if text.isprintable():
        assert line == text
