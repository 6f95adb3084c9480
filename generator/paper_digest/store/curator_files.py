"""Files of a folder of the archive that a curator writes, one a thing: their names, and the texts in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.store.folders import folder_files
from paper_digest.text import fields

T = TypeVar("T")

CURATOR_FILE_ENDING = ".yml"

#: Characters of a text of one line, and of a text of several.
MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS = 300, 20_000

_DAY_CHARACTERS = len("YYYY-MM-DD")
_NAME = late_pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def read_folder(folder: Path, read: Callable[[Path], T], problems: list[Problem]) -> Iterator[T]:
    """Read each file of a folder, in order of names.

    Args:
        folder: the folder, which need not be there.
        read: reads one file; raises ConfigError or OSError where it cannot be used.
        problems: gets one problem for each file that cannot be used; it is passed over.
    """
    for path in folder_files(folder, problems):
        if not path.name.endswith(CURATOR_FILE_ENDING):
            continue
        try:
            yield read(path)
        except ConfigError as error:
            problems.append(error.problem)
        except OSError as error:
            problems.append(unreadable_problem(error, str(path)))


def page_name(path: Path, reserved: tuple[str, ...], example: str) -> str:
    """Return the name of a file without its ending, which is the last part of its page's address.

    Args:
        path: the file.
        reserved: names that other pages of the folder have.
        example: a good name, for the cure.

    Raises:
        ConfigError: no address can have it.
    """
    name = path.name.removesuffix(CURATOR_FILE_ENDING)
    if not _NAME.match(name) or name in reserved or len(name) > MAX_LINE_CHARACTERS:
        cure = f"write a-z, 0-9 and hyphens, as in {example}{CURATOR_FILE_ENDING}"
        raise ConfigError(str(path), "has no name that an address can have", cure)
    return name


def check_line(text: str, field: str, place: str) -> None:
    """Refuse what is no text of one line, or holds what no reader sees.

    Args:
        text: the text.
        field: its name, for the error.
        place: its file and line.

    Raises:
        ConfigError: naming all three.
    """
    if fields.one_line(text) != text or len(text) > MAX_LINE_CHARACTERS:
        cure = f"write it on one line, in up to {MAX_LINE_CHARACTERS} characters"
        raise ConfigError(place, f"{field} is no text of one line", cure)


def check_text(text: str, field: str, place: str) -> None:
    """Refuse a text of several lines that is too long or holds what no reader sees; see ``check_line``."""
    if fields.strip_invisible(text) != text:
        cure = "write it anew, without control characters"
        raise ConfigError(place, f"{field} holds what no reader sees", cure)
    if len(text) > MAX_TEXT_CHARACTERS:
        what = f"{field} has more than {MAX_TEXT_CHARACTERS:,} characters"
        raise ConfigError(place, what, "shorten it")


def read_day(value: object, field: str, place: str) -> str:
    """Return a day as ``YYYY-MM-DD``; "" where none is given.

    Args:
        value: as YAML has it: a date, or a text.
        field: its name, for the error.
        place: its file and line.

    Raises:
        ConfigError: it is no day.
    """
    if value == "":
        return ""
    if type(value) is date:
        return value.isoformat()
    try:
        if isinstance(value, str) and len(value) == _DAY_CHARACTERS:
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ConfigError(place, f"{field} is no day", "write it as in 2026-03-03")
