"""What is wrong in the templates that an operator wrote: named with file and line, in the place of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import FrameType

import jinja2

from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import machine_problem, unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.text.written_text import text_problem

_CURE = "correct the template, or take it away: that of the program is used then"


def template_faults(folder: Path, env: jinja2.Environment | None = None) -> Iterator[Problem]:
    """Yield what keeps templates below a folder from being read.

    Args:
        folder: the operator's, which need not be there.
        env: parses them, where their syntax is to be looked at too.
    """
    for path in sorted(folder.rglob("*.html")):
        try:
            data = read_file(path)
        except OSError as error:
            yield unreadable_problem(error, str(path))
            continue
        problem = text_problem(str(path), data)
        if not problem and env:
            try:
                env.parse(data.decode("utf-8-sig"), filename=str(path))
            except jinja2.TemplateSyntaxError as error:
                problem = _problem(str(path), error.lineno, error)
        if problem:
            yield problem


def raised_fault(error: Exception, folder: Path, place: str) -> Problem | None:
    """Return what an error that ended a build says of a template or of the machine; ``None`` of any other error.

    Args:
        error: what was raised.
        folder: of the operator's templates.
        place: where the machine has a fault, if the error does not say it.
    """
    if isinstance(error, UnicodeDecodeError):
        return next(template_faults(folder), None)
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return _problem(error.filename, error.lineno, error)
    if not isinstance(error, jinja2.TemplateError):
        # A template that is nowhere is an OSError too.
        return machine_problem(error, place) if isinstance(error, OSError) else None
    places = (_place(frame, line) for frame, line in walk_tb(error.__traceback__))
    where, line = next((one for one in reversed([*places]) if one[0].endswith(".html")), ("", 0))
    return _problem(where or str(folder), line, error)


def _place(frame: FrameType, line: int) -> tuple[str, int]:
    """Return file and line of a frame; those of a template where Jinja did not put them there already."""
    template = frame.f_globals.get("__jinja_template__")
    return frame.f_code.co_filename, template.get_corresponding_lineno(line) if template else line


def _problem(where: str, line: int, error: jinja2.TemplateError) -> Problem:
    what = (error.message or type(error).__name__).rstrip(".")
    if isinstance(error, jinja2.TemplateNotFound):
        what = f"{error.name} is no template"
    return Problem(where, f"cannot be used: {what}", line or None, _CURE)
