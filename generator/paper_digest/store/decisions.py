"""What a person decided of pairs of records: the same paper, or two; kept for every later run."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from paper_digest.model.errors import RecordError
from paper_digest.model.paper import StrictStruct

FILE = "verdicts.jsonl"


class Verdict(StrictStruct, frozen=True):
    """One decision; ``one`` is the lesser id of the two, ``at`` the ISO day it was made."""

    one: str
    two: str
    says: Literal["same", "different"]
    at: str = ""


def read(archive: Path) -> dict[frozenset[str], Literal["same", "different"]]:
    """Read all verdicts by pair of ids; a later one overrides an earlier one.

    Raises:
        RecordError: naming file, line and cure, if a line cannot be read.
    """
    path = archive / FILE
    found: dict[frozenset[str], Literal["same", "different"]] = {}
    if not path.exists():
        return found
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            verdict = msgspec.json.decode(line, type=Verdict)
        except msgspec.DecodeError as error:
            cure = "delete the line and give the verdict again with `digest review`"
            raise RecordError(f"{path}:{number}", f"is no verdict: {error}", cure) from error
        found[frozenset((verdict.one, verdict.two))] = verdict.says
    return found


def append(archive: Path, verdict: Verdict) -> None:
    """Add a verdict; a crash leaves the old file or the new one."""
    path = archive / FILE
    before = path.read_bytes() if path.exists() else b""
    beside = path.with_suffix(".jsonl.tmp")
    archive.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(before + msgspec.json.encode(verdict) + b"\n")
    beside.replace(path)
