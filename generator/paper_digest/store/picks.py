"""Picks of the week: papers that a curator recommends in a sentence, in ``archive/picks.yml``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.regular_file import read_file
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import replace_file
from paper_digest.store.curator_files import check_line, read_day
from paper_digest.text.fields import one_line
from paper_digest.text.yaml_document import YamlDocument, convert_document, parse_yaml

PICKS_FILE = "picks.yml"

#: Picks of one archive: 38 years of one a week.
MAX_PICKS = 2_000

_CURE = "compare with “Pick a paper of the week” in the manual, How to"


class Pick(StrictStruct, frozen=True):
    """One pick.

    Attributes:
        paper: what the paper is called. ``because``: the curator's sentence, plain.
        by: the curator. ``date``: the day of the pick, whose week it is the pick of.
        line: of the file. ``slug``: in a ``Catalog`` that of the paper.
    """

    paper: str
    because: str
    by: str
    date: str
    line: int = 0
    slug: str = ""

    @property
    def week(self) -> str:
        """The ISO week of the pick: ``2026-W10``."""
        year, number, _ = date.fromisoformat(self.date).isocalendar()
        return f"{year:04}-W{number:02}"


class _WrittenPick(StrictStruct, frozen=True):
    """One entry of the file."""

    paper: str
    because: str
    by: str
    date: Any


def load_picks(archive: Path, problems: list[Problem]) -> tuple[Pick, ...]:
    """Read all picks, the newest first; of one day what stands further down comes first.

    Args:
        archive: the folder ``archive/``.
        problems: gets one problem for each entry that cannot be used, or one for the file; it is passed over.
    """
    path = archive / PICKS_FILE
    if not path.exists():
        return ()
    try:
        picks = tuple(_read_picks(path, read_file(path), problems))
    except ConfigError as error:
        problems.append(error.problem)
        return ()
    except OSError as error:
        cure = "see that it is a file, and that you may read it"
        problems.append(Problem(str(path), f"cannot be read: {error.strerror}", cure=cure))
        return ()
    return tuple(sorted(picks, key=lambda pick: (pick.date, pick.line), reverse=True))


def add_pick(archive: Path, pick: Pick) -> Path:
    """Write a pick at the end of the file, which keeps what else stands there.

    Returns:
        The file.

    Raises:
        ConfigError: the pick cannot be used, the paper is that day's pick already, or the file is no list.
        OSError: the file cannot be read or written.
    """
    path = archive / PICKS_FILE
    before = read_file(path) if path.exists() else b""
    entry = {
        "paper": pick.paper,
        "because": one_line(pick.because),
        "by": one_line(pick.by),
        "date": pick.date,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    text = "- " + "\n  ".join(lines) + "\n"
    start = before if not before or before.endswith(b"\n") else before + b"\n"
    after = start + text.encode()
    problems: list[Problem] = []
    known = {one.line for one in _read_picks(path, before, [])} if before.strip() else set()
    added = [one for one in _read_picks(path, after, problems) if one.line not in known]
    if len(added) != 1:
        problem = next(iter(problems), Problem(str(path), "is no list", cure=_CURE))
        raise ConfigError(problem.where, problem.what, problem.cure)
    replace_file(path, after)
    return path


def _read_picks(path: Path, data: bytes, problems: list[Problem]) -> Iterator[Pick]:
    document = parse_yaml(data, str(path))
    values = document.value or []
    if not isinstance(values, list):
        raise ConfigError(str(path), "is no list", _CURE)
    if len(values) > MAX_PICKS:
        raise ConfigError(str(path), f"has more than {MAX_PICKS:,} picks", "take the oldest out")
    lines: dict[tuple[str, str], int] = {}
    for number, value in enumerate(values):
        try:
            pick = _read_pick(value, document, number)
        except ConfigError as error:
            problems.append(error.problem)
            continue
        first_line = lines.setdefault((pick.paper, pick.date), pick.line)
        if first_line != pick.line:
            what = f"{pick.paper} is the pick of {pick.date} on line {first_line} already"
            problems.append(Problem(f"{path}:{pick.line}", what, cure="take one of them out"))
            continue
        yield pick


def _read_pick(value: object, document: YamlDocument, number: int) -> Pick:
    line = document.line(number)
    where = f"{document.where}:{line}"
    part = YamlDocument(value, None, where, f"{number + 1}")
    try:
        given = convert_document(part, _WrittenPick, _CURE)
    except ConfigError as error:
        raise ConfigError(where, f"pick {error.problem.what}", error.problem.cure) from error
    for field in ("paper", "because", "by"):
        text = getattr(given, field)
        check_line(text, field, where)
        if not text:
            raise ConfigError(where, f"{field} is empty", _CURE)
    day = read_day(given.date, "date", where)
    if not day:
        raise ConfigError(where, "date is empty", _CURE)
    return Pick(given.paper, given.because, given.by, day, line)
