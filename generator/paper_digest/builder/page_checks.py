"""Whether a page that somebody wrote by hand can be published."""

from __future__ import annotations

from collections.abc import Callable

from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.text.written_text import text_problem


def page_problem(where: str, read: Callable[[], bytes]) -> Problem | None:
    """Return what keeps a page from being published, or ``None``.

    Args:
        where: names the page.
        read: reads its bytes; may raise ``OSError``.
    """
    try:
        return text_problem(where, read())
    except OSError as error:
        return unreadable_problem(error, where)
