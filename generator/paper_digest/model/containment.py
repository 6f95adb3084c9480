"""The one place where an unforeseen error in one unit of work becomes a problem, and the rest goes on.

A unit is a record, a note, or a group of pages or files. What concerns the machine and not the unit
(a full disk, a folder without permission, a broken cache: ``OSError``, ``sqlite3.Error``) is raised
on: the next unit would fail of it too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from paper_digest.model.errors import DigestError, Problem

#: What an operator can do about an error that nobody foresaw.
REPORT_CURE = "report it, with this line and the file, to the makers of paper-digest"

_MAX_ERROR_CHARS = 200


@contextmanager
def contained(
    problems: list[Problem], where: str | Callable[[], str], what: str = "cannot be made"
) -> Iterator[None]:
    """Append a problem for whatever the block raises, and end the block there.

    Args:
        problems: gets the problem; a ``DigestError`` brings its own.
        where: the unit at fault, or a function that names it once the block has failed.
        what: what cannot be done with it.

    Raises:
        OSError, sqlite3.Error: the machine is at fault, not the unit.
    """
    try:
        yield
    except DigestError as error:
        problems.append(error.problem)
    except (OSError, sqlite3.Error):
        raise
    except Exception as error:  # noqa: BLE001 - the one place for errors that nobody foresaw
        place = where if isinstance(where, str) else where()
        problems.append(Problem(place, f"{what}: {describe_error(error)}", cure=REPORT_CURE))


def describe_error(error: BaseException) -> str:
    """Say what an unforeseen error says, on one line, and where in the program it arose."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace else ""
    return f"{words[:_MAX_ERROR_CHARS]}" + (f" (in {module})" if module else "")
