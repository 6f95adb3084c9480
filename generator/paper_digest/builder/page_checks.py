"""Whether a page that somebody wrote by hand can be published."""

from __future__ import annotations

from collections.abc import Callable

from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line


def page_problem(where: str, read: Callable[[], bytes]) -> Problem | None:
    """Return what keeps a page from being published, or ``None``.

    Args:
        where: names the page.
        read: reads its bytes; may raise ``OSError``.
    """
    try:
        data = read()
        data.decode("utf-8-sig")
    except OSError as error:
        return unreadable_problem(error, where)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(where, "is not UTF-8", line, "save it as UTF-8")
    conflict = conflict_line(data)
    return Problem(where, CONFLICT_FAULT, conflict, CONFLICT_CURE) if conflict else None
