"""A person's decisions on pairs of records, the same paper or two, in ``archive/verdicts.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from paper_digest.model.errors import RecordError
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line
from paper_digest.store.json_lines import read_lines

DECISIONS_FILE = "verdicts.jsonl"

#: What a person may say of a pair; "later" takes it off the list and decides nothing.
Verdict = Literal["same", "different", "later"]


class Decision(StrictStruct, frozen=True):
    """One decision; ``one`` is the lesser id of the two, ``at`` the ISO day it was made."""

    one: str
    two: str
    says: Verdict
    at: str = ""


def read_decisions(archive: Path) -> dict[frozenset[str], Literal["same", "different"]]:
    """Read what was decided, by pair of ids; a later line overrides an earlier one.

    Raises:
        RecordError: naming file, line and cure, if a line cannot be read.
    """
    decisions: dict[frozenset[str], Literal["same", "different"]] = {}
    for decision in _read_lines(archive):
        pair = frozenset((decision.one, decision.two))
        if decision.says == "later":
            decisions.pop(pair, None)
        else:
            decisions[pair] = decision.says
    return decisions


def read_postponed(archive: Path) -> frozenset[frozenset[str]]:
    """Read the pairs of ids whose last verdict is "later"; raises as ``read_decisions`` does."""
    last = {frozenset((d.one, d.two)): d.says for d in _read_lines(archive)}
    return frozenset(pair for pair, says in last.items() if says == "later")


def append_decision(archive: Path, decision: Decision) -> None:
    """Add a decision, which overrides earlier ones about the same pair."""
    append_line(archive / DECISIONS_FILE, msgspec.json.encode(decision))


def _read_lines(archive: Path) -> Iterator[Decision]:
    path = archive / DECISIONS_FILE
    for number, line in read_lines(path):
        try:
            yield msgspec.json.decode(line, type=Decision)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            cure = "delete the line and give the verdict again with `digest review`"
            raise RecordError(f"{path}:{number}", f"is no verdict: {error}", cure) from error
