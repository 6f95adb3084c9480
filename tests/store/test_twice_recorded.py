"""A paper of which two records are there is named, and what is said to do mends it."""

from __future__ import annotations

import shlex
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.store.twice_recorded import twice_recorded
from temporary_project import digest, new_project

IDS = [f"doi:10.1000/{letter}" for letter in "abcde"]


@given(st.lists(st.lists(st.sampled_from(IDS), min_size=1, unique=True), unique_by=lambda p: p[0]))
def test_each_two_papers_of_one_id_are_named_once(papers: list[list[str]]) -> None:
    problems = [*twice_recorded(Store(Path("archive")), [tuple(one) for one in papers])]
    pairs = {frozenset((a[0], b[0])) for a, b in combinations(papers, 2) if {*a} & {*b}}
    said = {
        frozenset((problem.what.split()[0], problem.what.split()[5].rstrip(",")))
        for problem in problems
    }
    assert (len(problems), said) == (len(pairs), pairs)


@pytest.mark.parametrize("cure", [0, 1])
@pytest.mark.parametrize("former", ["itself", "both"])
def test_what_is_said_to_do_mends_it(tmp_path: Path, former: str, cure: int) -> None:
    """A record that was united comes back; or two records have the same former id."""
    project = new_project(tmp_path / "project")
    store = Store(project / "archive")
    papers = [Paper(id=id_, title=f"Kites of {id_}", doi=id_[4:]) for id_ in IDS[:3]]
    store.write(papers)
    assert digest(project, "check").returncode == 0
    assert digest(project, "same", IDS[0], IDS[1]).returncode == 0
    if former == "itself":
        store.write([papers[1]])
    else:
        store.write([papers[1]])
        assert digest(project, "different", IDS[0], IDS[1]).returncode == 0
        assert digest(project, "same", IDS[1], IDS[2]).returncode == 0
    for _ in range(3):
        ran = digest(project, "check")
        if not ran.returncode:
            break
        assert "both have a record; run: digest same" in ran.stderr
        line = ran.stderr.splitlines()[0].partition("; run: ")[2]
        command = line.split(", or ")[cure].removeprefix("digest ")
        ended = digest(project, *shlex.split(command))
        assert ended.returncode == 0, ended.stderr
    assert ran.returncode == 0, ran.stderr
