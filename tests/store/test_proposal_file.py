"""The file of proposals: read entry by entry, added to, and its votes rewritten without touching another word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.store.proposals import (
    MAX_PROPOSALS,
    PROPOSALS_FILE,
    Proposal,
    add_proposal,
    load_proposals,
    write_votes,
)


def load(place: Path, text: str = "") -> tuple[tuple[Proposal, ...], list[Problem]]:
    if text:
        (place / PROPOSALS_FILE).write_text(text, "utf-8")
    problems: list[Problem] = []
    return load_proposals(place, problems), problems


def test_a_paper_is_enough_and_no_file_has_none(tmp_path: Path) -> None:
    assert load(tmp_path) == ((), [])
    text = "- paper: arxiv:2503.02130\n- {paper: b, by: Ada, because: Short., issue: 7, votes: 3}\n"
    proposals, problems = load(tmp_path, text)
    assert problems == []
    assert proposals == (
        Proposal("arxiv:2503.02130", line=1),
        Proposal("b", "Ada", "Short.", 7, 3, line=2),
    )


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("- {by: a}\n", "proposal 2 lacks paper"),
        ("- {paper: ''}\n", "paper is empty"),
        ("- {paper: 2503.02130}\n", "should be a text"),
        ('- {paper: a, because: "b\\nc"}\n', "no text of one line"),
        ("- {paper: a, issue: -1}\n", "issue is out of range"),
        ("- {paper: a, votes: 10000000000}\n", "votes is out of range"),
        ("- {paper: a, votes: many}\n", "should be a whole number"),
        ("- {paper: a, vote: 3}\n", "vote"),
        ("- a\n", "should be"),
        ("- paper: good\n", "good is proposed on line 1 already"),
    ],
)
def test_a_bad_entry_costs_itself(tmp_path: Path, bad: str, words: str) -> None:
    proposals, [problem] = load(tmp_path, f"- paper: good\n{bad}- paper: last\n")
    assert [one.paper for one in proposals] == ["good", "last"]
    assert problem.where == f"{tmp_path}/{PROPOSALS_FILE}:2"
    assert words in problem.what
    assert problem.cure


@pytest.mark.parametrize(
    "text",
    ["a: b\n", "[", "- a\n<<<<<<< HEAD\n", "- paper: a\n" * (MAX_PROPOSALS + 1)],
    ids=range(4),
)
def test_a_bad_file_is_named_and_never_written_to(tmp_path: Path, text: str) -> None:
    proposals, [problem] = load(tmp_path, text)
    assert proposals == ()
    assert problem.cure
    with pytest.raises(ConfigError):
        add_proposal(tmp_path, Proposal("a"))
    with pytest.raises(ConfigError):
        write_votes(tmp_path, {7: 3})
    assert (tmp_path / PROPOSALS_FILE).read_text("utf-8") == text


def test_a_proposal_is_added_once(tmp_path: Path) -> None:
    add_proposal(tmp_path, Proposal("a", "Ada", "It is\n short.", 7))
    add_proposal(tmp_path, Proposal("b"))
    with pytest.raises(ConfigError, match="a is proposed on line 1 already"):
        add_proposal(tmp_path, Proposal("a", "Bo", issue=9))
    assert [(one.paper, one.because, one.issue) for one in load(tmp_path)[0]] == [
        ("a", "It is short.", 7),
        ("b", "", 0),
    ]


BLOCK = "- paper: {name}\n  # {note}\n  issue: {issue}  # 日本\n  by: Ada\n"
VOTED = "-\n    votes: 4 # {note}\n    issue: {issue}\n    paper: {name}\n"
FLOW = "- {{paper: {name}, issue: {issue}, because: '{note}'}}\n"
FLOW_VOTED = "- {{votes: 2, paper: {name}, issue: {issue}}}\n"
WITHOUT = "- paper: {name}\n"


@given(
    st.lists(st.tuples(st.sampled_from((BLOCK, VOTED, FLOW, FLOW_VOTED, WITHOUT)), st.text("aé😀", max_size=5)), min_size=1, max_size=6),
    st.dictionaries(st.integers(1, 7), st.integers(0, 5000)),
    st.sampled_from(("\n", "\r\n")),
)  # fmt: skip
def test_votes_are_written_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
    forms: list[tuple[str, str]],
    votes: dict[int, int],
    newline: str,
) -> None:
    place = tmp_path_factory.mktemp("proposals")
    lines = (f.format(name=f"p{n}", note=note, issue=n) for n, (f, note) in enumerate(forms, 1))
    text = "# Ours\n" + "".join(lines)
    (place / PROPOSALS_FILE).write_bytes(text.replace("\n", newline).encode())
    before, problems = load(place)
    assert problems == []
    write_votes(place, votes)
    after, _ = load(place)
    for old, new in zip(before, after, strict=True):
        assert new.votes == (votes.get(old.issue, old.votes) if old.issue else 0)
        assert (new.paper, new.issue, new.because) == (old.paper, old.issue, old.because)
    rest = (place / PROPOSALS_FILE).read_bytes().decode()
    for word in ("# Ours", "日本", "Ada", "😀", newline):
        assert rest.count(word) >= text.replace("\n", newline).count(word)
    written = (place / PROPOSALS_FILE).stat().st_mtime_ns
    assert write_votes(place, votes) == 0
    assert (place / PROPOSALS_FILE).stat().st_mtime_ns == written
