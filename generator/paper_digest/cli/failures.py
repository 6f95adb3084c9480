"""What ends a command, as a problem with its cure."""

from __future__ import annotations

import sqlite3

from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.machine_errors import machine_problem


def problem_of(error: DigestError | OSError | sqlite3.DatabaseError) -> Problem:
    """Say what is wrong; a damaged cache is deleted, so that the next command makes it anew."""
    if isinstance(error, DigestError):
        return error.problem
    if isinstance(error, OSError):
        return machine_problem(error)
    from paper_digest.incremental.sqlite import discard_damaged

    return discard_damaged(error)
