"""A person's decisions on pairs of records, the same paper or two, in ``archive/verdicts.jsonl``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from paper_digest.model.errors import RecordError
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line

DECISIONS_FILE = "verdicts.jsonl"


class Decision(StrictStruct, frozen=True):
    """One decision; ``one`` is the lesser id of the two, ``at`` the ISO day it was made."""

    one: str
    two: str
    says: Literal["same", "different"]
    at: str = ""


def read_decisions(archive: Path) -> dict[frozenset[str], Literal["same", "different"]]:
    """Read all decisions by pair of ids; a later one overrides an earlier one.

    Raises:
        RecordError: naming file, line and cure, if a line cannot be read.
    """
    path = archive / DECISIONS_FILE
    decisions: dict[frozenset[str], Literal["same", "different"]] = {}
    if not path.exists():
        return decisions
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            decision = msgspec.json.decode(line, type=Decision)
        except msgspec.DecodeError as error:
            cure = "delete the line and give the verdict again with `digest review`"
            raise RecordError(f"{path}:{number}", f"is no verdict: {error}", cure) from error
        decisions[frozenset((decision.one, decision.two))] = decision.says
    return decisions


def append_decision(archive: Path, decision: Decision) -> None:
    """Add a decision, which overrides earlier ones about the same pair."""
    append_line(archive / DECISIONS_FILE, msgspec.json.encode(decision))
