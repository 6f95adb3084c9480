"""The log of changes: what a reader wants to know of, bounded, in lines that any text is safe in."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Author, Notice, Paper, Version
from paper_digest.store.changes import (
    LOGGED_FIELDS,
    MAX_RUN_CHANGES,
    MAX_VALUE_CHARS,
    Change,
    ChangeRecorder,
    append_changes,
    read_changes,
    record_changes,
)
from temporary_project import digest, new_project

DAY = "2026-03-05"
PAPER = Paper(id="arxiv:2603.00001", title="Looms", venue="", versions=(Version(1),))

CHANGED = {
    "title": (PAPER, msgspec.structs.replace(PAPER, title="Looms, mended"), ("Looms", "Looms, mended")),
    "venue": (PAPER, msgspec.structs.replace(PAPER, venue="ICLR"), ("", "ICLR")),
    "version": (PAPER, msgspec.structs.replace(PAPER, versions=(Version(1), Version(2))), ("1", "2")),
    "withdrawn": (PAPER, msgspec.structs.replace(PAPER, withdrawn="by the authors"), ("", "by the authors")),
    "notices": (PAPER, msgspec.structs.replace(PAPER, notices=(Notice("correction", "https://doi.org/10.1/a"),)), ("", "correction https://doi.org/10.1/a")),
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGED)
def test_what_a_reader_wants_to_know_is_logged_with_what_it_was_before(field: str) -> None:
    old, new, values = CHANGED[field]
    [change] = record_changes(old, new, "arxiv", DAY)
    assert change == Change(DAY, PAPER.id, field, "arxiv", *values)


def test_filling_a_gap_and_repeating_what_was_said_is_no_change() -> None:
    filled = msgspec.structs.replace(PAPER, abstract="A.", authors=(Author("Ada Weaver"),))
    assert not [*record_changes(PAPER, filled, "arxiv", DAY)]
    split = msgspec.structs.replace(filled, authors=(Author("Ada Weaver", family="Weaver"),))
    assert not [*record_changes(filled, split, "crossref", DAY)]


@given(st.sampled_from(LOGGED_FIELDS), st.text(max_size=2000), st.text(max_size=2000))
def test_any_text_is_one_line_of_bounded_length(field: str, before: str, after: str) -> None:
    old = msgspec.structs.replace(PAPER, title=before)
    for change in record_changes(old, msgspec.structs.replace(PAPER, title=after), "x", DAY):
        line = msgspec.json.encode(msgspec.structs.replace(change, field=field))
        assert b"\n" not in line
        assert max(len(change.before), len(change.after)) <= MAX_VALUE_CHARS


def test_a_run_logs_so_many_and_counts_the_others(tmp_path: Path) -> None:
    recorder = ChangeRecorder(tmp_path, DAY)
    for number in range(MAX_RUN_CHANGES + 7):
        recorder.add([PAPER], msgspec.structs.replace(PAPER, title=f"Looms {number}"), "arxiv")
    recorder.finish()
    changes = [*read_changes(tmp_path, [])]
    assert len(changes) == MAX_RUN_CHANGES + 1
    assert (changes[-1].field, changes[-1].after) == ("more", "7")


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good = Change(DAY, PAPER.id, "title", "arxiv", "a", "b")
    append_changes(tmp_path, [good, good])
    path = tmp_path / "changes" / "2026-03.jsonl"
    bad = (
        b"{", b"[]", b'{"at":"x","id":"arxiv:2603.00001","field":"title","by":""}',
        b'{"at":"2026-03-05","id":"../x","field":"title","by":""}',
        b'{"at":"2026-03-05","id":"arxiv:2603.00001","field":"nope","by":""}',
        b'{"at":"2026-03-05","id":"","field":"more","by":"","after":"<b>"}',
    )  # fmt: skip
    path.write_bytes(b"\n".join([*bad, path.read_bytes()]))
    problems: list[Problem] = []
    assert [*read_changes(tmp_path, problems)] == [good, good]
    assert [problem.where for problem in problems] == [
        f"{path}:{n}" for n in range(1, len(bad) + 1)
    ]


def test_what_a_person_decides_is_logged_and_so_is_taking_it_back(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    record = project / "archive" / "papers" / "2603" / "2603.00001.md"
    record.parent.mkdir(parents=True)
    record.write_text('---\nid: "arxiv:2603.00001"\ntitle: "Looms"\n---\n')
    for words in (("title=Looms <b>, mended",), ("--forget", "title")):
        ran = digest(project, "fix", "2603.00001", *words)
        assert ran.returncode == 0, ran.stderr
    first, second = read_changes(project / "archive", [])
    assert (first.by, first.before, first.after) == ("editor", "Looms", "Looms <b>, mended")
    assert (second.before, second.after) == ("Looms <b>, mended", "Looms")
    assert digest(project, "check").returncode == 0
