"""Whether the bytes of a file that a person wrote are text that can be published."""

from __future__ import annotations

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line

#: What no text has, and no page may hold (HTML, "parse errors"); UTF-16 without its mark is full of the first.
_CONTROL = late_pattern(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def text_problem(where: str, data: bytes) -> Problem | None:
    """Return what keeps a text from being published, with its line, or ``None``.

    Args:
        where: names the file.
        data: all of it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(where, "is not UTF-8", line, "save it as UTF-8")
    if conflict := conflict_line(data):
        return Problem(where, CONFLICT_FAULT, conflict, CONFLICT_CURE)
    if control := _CONTROL.search(text):
        what = f"holds a character that no text has (U+{ord(control[0]):04X})"
        cure = "take it out, or save the file as UTF-8"
        line = text.count("\n", 0, control.start()) + 1
        return Problem(where, what, line, cure)
    return None
