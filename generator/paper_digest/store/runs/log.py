"""The log of ingests: one line for each run and source, in ``archive/runs/YYYY-MM.jsonl``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import msgspec

from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.follow import UNASKED_NAMES
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line
from paper_digest.store.folders import folder_files
from paper_digest.store.json_lines import read_lines

#: Problems written out in a record; the rest are only counted.
MAX_PROBLEMS_WRITTEN = 20
#: Ids of papers left out that are written out in a record.
MAX_LEFT_OUT_WRITTEN = 50


class Run(StrictStruct, frozen=True):
    """One source's part of one ingest.

    Attributes:
        source: the source's name. ``query``: its options, as one line of JSON.
        started: ISO time (UTC). ``since`` and ``until``: the days it was to fill, inclusive.
        ok: every address answered with something readable, so those days need no second try.
        answers: how many answers came. ``stale``: how many of them were the same as the last time.
        entries: entries read; of their papers so many were new and so many changed.
        newest: the last day on which the source listed a paper, by its own dates (ISO date, or "").
        problems: entries that could not be read. ``said``: the first problems in words.
        undecided: pairs of records of which this run met one, and that may be one paper.
        left_out: papers that did not pass the entry's filters. ``left_out_ids``: the first of them.
        entry: ``entry_key`` of the entry; "" in runs of older versions, and of the watch.
    """

    source: str
    query: str
    started: str
    since: str
    until: str
    ok: bool
    answers: int = 0
    stale: int = 0
    entries: int = 0
    new: int = 0
    changed: int = 0
    newest: str = ""
    problems: int = 0
    said: tuple[str, ...] = ()
    undecided: int = 0
    left_out: int = 0
    left_out_ids: tuple[str, ...] = ()
    entry: str = ""


def query_key(options: Mapping[str, object]) -> str:
    """Write the options of a ``follow:`` entry on one line, the same whatever their order.

    Where the service lies is left out, and so is which papers are taken: the same days come.
    """
    return _one_line({name: value for name, value in options.items() if name not in UNASKED_NAMES})


def entry_key(options: Mapping[str, object]) -> str:
    """Return what distinguishes entries of ``follow:`` that ask for the same: a short hash of all their options."""
    return blake2b(_one_line(options).encode(), digest_size=4).hexdigest()


def shown_key(options: Mapping[str, object]) -> str:
    """Write the options of an entry and its filters on one line: ``query_key`` of an entry that others are like."""
    return _one_line({name: value for name, value in options.items() if name != "base_url"})


def _one_line(options: Mapping[str, object]) -> str:
    return msgspec.json.encode(options, order="deterministic").decode()


def read_runs(root: Path, problems: list[Problem] | None = None) -> Iterator[Run]:
    """Yield all runs of the archive at ``root``, oldest first.

    Raises:
        RecordError: naming the file, the line and the cure, if a line cannot be read; with
            ``problems``, that is appended there instead.
    """
    for path in folder_files(root / "runs", problems):
        if path.suffix != ".jsonl":
            continue
        for number, line in read_lines(path, problems):
            try:
                run = msgspec.json.decode(line, type=Run)
                _check_days(run)
                yield run
            except (msgspec.DecodeError, ValueError) as error:
                what = f"is no record of a run: {error}"
                record_error = RecordError(f"{path}:{number}", what, "delete the line")
                if problems is None:
                    raise record_error from error
                problems.append(record_error.problem)


def _check_days(run: Run) -> None:
    """Refuse a run whose days or moment are none; without its zone a moment cannot be compared with others."""
    for day in (run.started[:10], run.since, run.until):
        date.fromisoformat(day)
    if datetime.fromisoformat(run.started).utcoffset() is None:
        raise ValueError("started has no time zone")


def runs_of_the_past(runs: Iterable[Run], today: date) -> list[Run]:
    """Leave out the runs that a wrong clock dated into the future: they filled no day of the past."""
    return [run for run in runs if date.fromisoformat(run.started[:10]) <= today + timedelta(1)]


def append_runs(root: Path, runs: Iterable[Run]) -> None:
    """Add runs to the files of the months they began in."""
    for run in runs:
        append_line(root / "runs" / f"{run.started[:7]}.jsonl", msgspec.json.encode(run))
