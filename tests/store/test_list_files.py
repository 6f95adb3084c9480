"""Lists as a curator writes them: what is wrong costs its entry alone, and is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import Problem
from paper_digest.store.curated_lists import CuratedList, load_lists

GOOD = "title: Kites\npapers: ['arxiv:2503.02130']\n"


def load(place: Path, **files: str) -> tuple[tuple[CuratedList, ...], list[Problem]]:
    (place / "lists").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / "lists" / f"{name}.yml").write_text(text, "utf-8")
    problems: list[Problem] = []
    return load_lists(place, problems), problems


def test_papers_sections_notes_and_days_stand_in_order(tmp_path: Path) -> None:
    text = """\
title: Kites, a course
about: |
  First *this*.
by: Ada Example
papers:
  - 10.1000/Kites
  - section: Week 2
    note: Harder.
  - paper: "2503.02130"
    note: |
      Over
      two lines.
    added: 2026-03-03
"""
    [one], problems = load(tmp_path, course=text)
    assert problems == []
    assert (one.name, one.about, one.about_line, one.by) == (
        "course",
        "First *this*.",
        3,
        "Ada Example",
    )
    assert [(i.paper, i.section, i.note, i.added, i.line) for i in one.items] == [
        ("10.1000/Kites", "", "", "", 6),
        ("", "Week 2", "Harder.", "", 7),
        ("2503.02130", "", "Over two lines.", "2026-03-03", 9),
    ]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("2503.02130", "is a number and should be a text"),
        ("true", "should be a text"),
        ("[a]", "should be"),
        ("{}", "neither a paper nor a section"),
        ("{paper: a, section: b}", "neither a paper nor a section"),
        ("{paper: a, note: 1}", "should be a text"),
        ("{paper: a, noet: b}", "noet"),
        ("{paper: a, added: soon}", "added is no day"),
        ("{paper: a, added: 2026-03-03 10:00:00}", "added is no day"),
        ('"a\\u202eb"', "no text of one line"),
        ('{paper: a, note: "a\\u202eb"}', "what no reader sees"),
        ("{section: '" + "x" * 301 + "'}", "no text of one line"),
    ],
)
def test_a_bad_entry_costs_itself(tmp_path: Path, entry: str, words: str) -> None:
    text = f"title: Kites\npapers:\n  - one\n  - {entry}\n  - two\n"
    [one], [problem] = load(tmp_path, kites=text)
    assert [item.paper for item in one.items] == ["one", "two"]
    assert problem.where == f"{tmp_path}/lists/kites.yml:4"
    assert words in problem.what
    assert problem.cure


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("papers: []\n", 1, "lacks title:"),
        ("title: ''\n", 1, "title is empty"),
        ("title: 12\n", 1, "should be a text"),
        ("title: A\npapers: arxiv:1\n", 2, "should be a list"),
        ("title: A\nauthor: b\n", 2, "author"),
        ('title: A\nabout: "a\\u202eb"\n', 2, "what no reader sees"),
        (f"title: A\npapers: [{', '.join('x' * 2001)}]\n", 2, "more than 2,000"),
        ("title: A\ntitle: B\n", 2, "stands here and on line 1"),
        ("- a\n", 1, "should be"),
        ("", 1, "should be"),
        ("[", None, "is not YAML"),
    ],
)
def test_a_bad_file_costs_itself(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    lists, [problem] = load(tmp_path, bad=text, good=GOOD)
    assert [one.name for one in lists] == ["good"]
    assert problem.where.startswith(f"{tmp_path}/lists/bad.yml")
    assert line is None or problem.where.endswith(f":{line}")
    assert words in problem.what
    assert problem.cure


@pytest.mark.parametrize("name", ["Kites", "a b", "index", "a--b", "über"])
def test_a_name_that_no_address_has_is_refused(tmp_path: Path, name: str) -> None:
    lists, [problem] = load(tmp_path, **{name: GOOD})
    assert lists == ()
    assert "an address" in problem.what


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    place = tmp_path_factory.mktemp("lists")
    load(place)
    (place / "lists" / "any.yml").write_bytes(data)
    lists, problems = load(place, good=GOOD)
    assert "good" in [one.name for one in lists]
    assert len(lists) + len(problems) >= 2
