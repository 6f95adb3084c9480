"""Whether the bytes of a file that a person wrote are text that can be published."""

from __future__ import annotations

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line

#: What no text has, and no page may hold (HTML, "parse errors"); UTF-16 without its mark is full of the first.
_CONTROL = late_pattern(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def text_problem(where: str, data: bytes) -> Problem | None:
    """Return what keeps a text from being published, with its line, or ``None``.

    Args:
        where: names the file.
        data: all of it.
    """
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(where, "is not UTF-8", _line(data, error.start), "save it as UTF-8")
    if conflict := conflict_line(data):
        return Problem(where, CONFLICT_FAULT, conflict, CONFLICT_CURE)
    if control := _CONTROL.search(data):
        what = f"holds a character that no text has (U+{control[0][0]:04X})"
        cure = "take it out, or save the file as UTF-8"
        return Problem(where, what, _line(data, control.start()), cure)
    return None


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
