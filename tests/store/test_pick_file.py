"""The file of picks: read entry by entry, and written to without losing what a person wrote there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.store.picks import Pick, add_pick, load_picks

KITES = Pick("arxiv:2503.02130", "No tails.", "Ada", "2026-03-03")


def load(place: Path, text: str = "") -> tuple[tuple[Pick, ...], list[Problem]]:
    if text:
        (place / "picks.yml").write_text(text, "utf-8")
    problems: list[Problem] = []
    return load_picks(place, problems), problems


def entry(paper: str, day: str, because: str = "Because.") -> str:
    return f"- {{paper: '{paper}', because: {because}, by: Ada, date: {day}}}\n"


def test_the_newest_pick_comes_first_and_no_file_has_none(tmp_path: Path) -> None:
    assert load(tmp_path) == ((), [])
    text = entry("a", "2026-01-01") + entry("b", "2026-03-03") + entry("c", "2026-03-03")
    picks, problems = load(tmp_path, text)
    assert problems == []
    assert [(pick.paper, pick.week) for pick in picks] == [
        ("c", "2026-W10"),
        ("b", "2026-W10"),
        ("a", "2026-W01"),
    ]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("- {paper: a, because: b, by: c}\n", "lacks date"),
        ("- {paper: a, because: b, by: c, date: soon}\n", "date is no day"),
        ("- {paper: a, because: '', by: c, date: 2026-03-03}\n", "because is empty"),
        ("- {paper: 2503.02130, because: b, by: c, date: 2026-03-03}\n", "should be a text"),
        ('- {paper: a, because: "b\\nc", by: c, date: 2026-03-03}\n', "no text of one line"),
        ("- arxiv:2503.02130\n", "should be"),
        (entry("good", "2026-03-03"), "pick of 2026-03-03 on line 1 already"),
    ],
)
def test_a_bad_entry_costs_itself(tmp_path: Path, bad: str, words: str) -> None:
    text = entry("good", "2026-03-03") + bad + entry("last", "2026-03-04")
    picks, [problem] = load(tmp_path, text)
    assert [pick.paper for pick in picks] == ["last", "good"]
    assert problem.where == f"{tmp_path}/picks.yml:2"
    assert words in problem.what
    assert problem.cure


@pytest.mark.parametrize("text", ["a: b\n", "[", "- a\n<<<<<<< HEAD\n"])
def test_a_bad_file_is_named_and_never_written_to(tmp_path: Path, text: str) -> None:
    picks, [problem] = load(tmp_path, text)
    assert picks == ()
    assert problem.cure
    with pytest.raises(ConfigError):
        add_pick(tmp_path, KITES)
    assert (tmp_path / "picks.yml").read_text("utf-8") == text


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1)


@given(WORDS, WORDS)
def test_any_words_come_back_and_comments_stay(
    tmp_path_factory: pytest.TempPathFactory, because: str, by: str
) -> None:
    place = tmp_path_factory.mktemp("picks")
    before = "# Ours.\n" + entry("old", "2026-01-01").rstrip()
    load(place, before)
    add_pick(place, Pick("arxiv:2503.02130", because, by, "2026-03-03"))
    picks, problems = load(place)
    assert problems == []
    assert [(p.paper, p.because, p.by) for p in picks] == [
        ("arxiv:2503.02130", because, by),
        ("old", "Because.", "Ada"),
    ]
    assert (place / "picks.yml").read_text("utf-8").startswith(before)


def test_a_pick_of_the_same_day_is_refused(tmp_path: Path) -> None:
    add_pick(tmp_path, KITES)
    with pytest.raises(ConfigError, match="already"):
        add_pick(tmp_path, KITES)
    assert len(load(tmp_path)[0]) == 1
