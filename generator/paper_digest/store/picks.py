"""Picks of the week: papers that a curator recommends in a sentence, in ``archive/picks.yml``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.store.curator_entries import EntryKind, append_entry, load_entries
from paper_digest.store.curator_files import check_line, read_day
from paper_digest.text.fields import one_line
from paper_digest.text.yaml_document import YamlDocument, convert_document

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
    picks = load_entries(archive / PICKS_FILE, _KIND, problems)
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
    values = {
        "paper": pick.paper,
        "because": one_line(pick.because),
        "by": one_line(pick.by),
        "date": pick.date,
    }
    append_entry(path, values, _KIND)
    return path


def _read_pick(written: YamlDocument, line: int) -> Pick:
    given = convert_document(written, _WrittenPick, _CURE)
    for field in ("paper", "because", "by"):
        text = getattr(given, field)
        check_line(text, field, written.where)
        if not text:
            raise ConfigError(written.where, f"{field} is empty", _CURE)
    day = read_day(given.date, "date", written.where)
    if not day:
        raise ConfigError(written.where, "date is empty", _CURE)
    return Pick(given.paper, given.because, given.by, day, line)


_KIND = EntryKind(
    "pick", MAX_PICKS, _CURE, _read_pick, lambda pick: f"{pick.paper} is the pick of {pick.date}"
)
