"""A problem reads the same in a report and in an exception, on every side of a fork."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError, DigestError, LockedError, Problem, RecordError


@given(
    st.sampled_from([DigestError, ConfigError, RecordError, LockedError]),
    st.text(),
    st.text(),
    st.text(),
)
def test_an_exception_is_its_problem_also_after_a_copy(
    kind: type[DigestError], where: str, what: str, cure: str
) -> None:
    error = kind(where, what, cure)
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copied) is kind
    assert copied.problem == error.problem == Problem(where, what, cure=cure)
    assert str(copied) == str(error.problem)
    assert (error.where, error.what, error.cure) == (where, what, cure)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("a.bib", "has no title", 7, "add one"), "a.bib:7: has no title; add one"),
        (Problem("a.bib", "has no title"), "a.bib: has no title"),
        (Problem("archive.yml:3", "is odd", cure="mend it"), "archive.yml:3: is odd; mend it"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, words: str) -> None:
    assert str(problem) == words
