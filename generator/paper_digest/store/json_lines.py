"""Files of one JSON object a line: their lines, without a byte order mark, and without merge conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, is_conflict_marker

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_lines(path: Path, problems: list[Problem] | None = None) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its number (from 1), whatever ends it; nothing where there is no file.

    Args:
        path: the file.
        problems: gets one problem for a file that cannot be read, or for the markers of merge
            conflicts, which are passed over: both sides of a conflict are whole lines.

    Raises:
        RecordError: in its place, where ``problems`` is ``None``.
    """
    try:
        data = read_file(path)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            return
        unreadable = unreadable_problem(error, str(path))
        if problems is None:
            raise RecordError(unreadable.where, unreadable.what, unreadable.cure) from error
        problems.append(unreadable)
        return
    is_named = False
    for number, line in enumerate(data.removeprefix(_BYTE_ORDER_MARK).splitlines(), 1):
        if not is_conflict_marker(line):
            yield number, line
        elif not is_named:
            is_named = True
            conflict = RecordError(f"{path}:{number}", CONFLICT_FAULT, CONFLICT_CURE)
            if problems is None:
                raise conflict
            problems.append(conflict.problem)
