"""The log of changes: what became another in which record, when, by whom, and what it was before.

A file of lines for each month, ``archive/changes/2026-11.jsonl``. It is written with the records and
never read to write one. Filling an empty field is no change, but for what is news by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.ids import is_paper_id
from paper_digest.model.paper import Author, Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line
from paper_digest.store.folders import folder_files
from paper_digest.store.json_lines import read_lines
from paper_digest.text.dates import iso_day

CHANGES_FOLDER = "changes"

#: Fields of which a new value is a change where there was another.
LOGGED_FIELDS = (
    "title",
    "authors",
    "abstract",
    "published",
    "doi",
    "venue",
    "journal_ref",
    "licence",
    "withdrawn",
    "notices",
    "version",
)
#: Fields of which the first value is a change too: what came of a paper after it was listed.
NEWS_FIELDS = frozenset({"doi", "venue", "journal_ref", "withdrawn", "notices"})

#: Characters kept of each value; the record holds the whole ones.
MAX_VALUE_CHARS = 300
#: Changes logged of one run; the others are counted in a line of their own.
MAX_RUN_CHANGES = 2_000


class Change(StrictStruct, frozen=True):
    """One field of one record that became another.

    Attributes:
        at: the day (ISO date). ``id``: the paper; "" in the line that counts changes left out.
        field: one of ``LOGGED_FIELDS``; ``more`` in that line, whose ``after`` is their number.
        by: the source that stated it, or ``editor``.
        before, after: the value, shortened; "" for none.
    """

    at: str
    id: str
    field: str
    by: str
    before: str = ""
    after: str = ""


def record_changes(old: Paper, new: Paper, by: str, at: str) -> Iterator[Change]:
    """Yield what differs between two states of a record that a reader would want to know."""
    for field in LOGGED_FIELDS:
        before, after = _logged_value(old, field), _logged_value(new, field)
        if before == after or not (before or field in NEWS_FIELDS):
            continue
        yield Change(at, new.id, field, by, _shortened(before), _shortened(after))


def append_changes(root: Path, changes: Sequence[Change]) -> None:
    """Add changes to the files of their months; ``root`` is the folder ``archive/``."""
    by_month: dict[str, list[bytes]] = {}
    for change in changes:
        by_month.setdefault(change.at[: len("YYYY-MM")], []).append(msgspec.json.encode(change))
    for month, lines in by_month.items():
        append_line(root / CHANGES_FOLDER / f"{month}.jsonl", b"\n".join(lines))


def read_changes(root: Path, problems: list[Problem]) -> Iterator[Change]:
    """Yield all changes, oldest first; a line that cannot be read is a problem and passed over."""
    for path in folder_files(root / CHANGES_FOLDER, problems):
        if path.suffix != ".jsonl":
            continue
        for number, line in read_lines(path, problems):
            try:
                yield _checked(msgspec.json.decode(line, type=Change))
            except (msgspec.DecodeError, ValueError) as error:
                what = f"is no record of a change: {error}"
                problems.append(RecordError(f"{path}:{number}", what, "delete the line").problem)


class ChangeRecorder:
    """Takes the changes of one run until they are written with their records."""

    def __init__(self, root: Path, today: str) -> None:
        """Take changes of the ISO date ``today``; "" for a run without a day, of which none is logged."""
        self._root, self._today = root, today
        self._pending: list[Change] = []
        self._count = 0

    def add(self, olds: Iterable[Paper], merged: Paper, by: str) -> None:
        """Take what differs between a record and those it was made of; a new one is no change."""
        olds = list(olds)
        if not self._today or not olds:
            return
        old = next((one for one in olds if one.id == merged.id), olds[0])
        for change in record_changes(old, merged, by, self._today):
            self._count += 1
            if self._count <= MAX_RUN_CHANGES:
                self._pending.append(change)

    def flush(self) -> None:
        """Write what is held back, and how many changes were too many."""
        append_changes(self._root, self._pending)
        self._pending.clear()

    def finish(self) -> None:
        """Write all that is left, with the number of changes that were too many."""
        if (more := self._count - MAX_RUN_CHANGES) > 0:
            self._pending.append(Change(self._today, "", "more", "", after=str(more)))
        self.flush()


def _logged_value(paper: Paper, field: str) -> str:
    if field == "version":
        return str(paper.versions[-1].number) if paper.versions else ""
    value: Any = getattr(paper, field)
    if field == "authors":
        names: tuple[Author, ...] = value
        return ", ".join(author.name for author in names)
    if field == "notices":
        return ", ".join(f"{notice.kind} {notice.url}".strip() for notice in value)
    return str(value)


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_VALUE_CHARS else text[: MAX_VALUE_CHARS - 1] + "…"


def _checked(change: Change) -> Change:
    if iso_day(change.at) != change.at or not (is_paper_id(change.id) or change.field == "more"):
        raise ValueError(f"{change.at!r} is no day, or {change.id!r} no id")
    if change.field not in {*LOGGED_FIELDS, "more"}:
        raise ValueError(f"there is no field {change.field!r}")
    if change.field == "more" and not change.after.isdecimal():
        raise ValueError(f"{change.after!r} is no number")
    return msgspec.structs.replace(
        change, before=_shortened(change.before), after=_shortened(change.after)
    )
