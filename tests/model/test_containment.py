"""What one unit of work raises becomes a problem; what the machine refuses does not."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest
from paper_digest.model.containment import REPORT_CURE, contained
from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.machine_errors import machine_problem


@pytest.mark.parametrize("error", [ValueError("odd\nlines"), KeyError("x"), RecursionError("deep")])
def test_an_error_that_nobody_foresaw_is_named_with_its_unit(error: Exception) -> None:
    problems: list[Problem] = []
    with contained(problems, lambda: "archive/papers/2511/x.md"):
        raise error
    [problem] = problems
    assert (problem.where, problem.cure) == ("archive/papers/2511/x.md", REPORT_CURE)
    assert f"cannot be made: {type(error).__name__}" in problem.what
    assert "\n" not in str(problem)


def test_a_problem_that_is_known_stays_as_it_is() -> None:
    problems: list[Problem] = []
    with contained(problems, "elsewhere"):
        raise RecordError("a.md:3", "is not UTF-8", "save it as UTF-8")
    assert [str(problem) for problem in problems] == ["a.md:3: is not UTF-8; save it as UTF-8"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), sqlite3.OperationalError("full")])
def test_what_the_machine_refuses_ends_all(error: Exception) -> None:
    problems: list[Problem] = []
    with pytest.raises(type(error)), contained(problems, "a unit"):
        raise error
    assert problems == []


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_names_its_file(number: int) -> None:
    problem = machine_problem(OSError(number, "words", "/no/such/file"))
    assert problem.where == "/no/such/file"
    assert problem.what


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EEXIST])
def test_a_link_that_leads_nowhere_is_called_one(tmp_path: Path, number: int) -> None:
    """Also where a folder was to be made in its place, of which the system says that it is there."""
    (tmp_path / "link").symlink_to(tmp_path / "none")
    error = OSError(number, "words", str(tmp_path / "link"))
    assert machine_problem(error).what == "is a link that leads nowhere"
    (tmp_path / "none").touch()
    assert "leads nowhere" not in machine_problem(error).what
