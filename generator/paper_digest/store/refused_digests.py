"""Digests of a model that were refused, in ``archive/refused_digests.jsonl``: none is asked for again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from paper_digest.model.errors import Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line
from paper_digest.store.json_lines import read_lines

REFUSED_DIGESTS_FILE = "refused_digests.jsonl"


class RefusedDigest(StrictStruct, frozen=True):
    """One refusal: the paper, the hash of what was asked, the model, why, and the ISO day."""

    id: str
    key: str
    model: str
    why: str
    at: str


def read_refused_keys(archive: Path, problems: list[Problem]) -> frozenset[str]:
    """Return the keys of all that was asked and refused; a line that cannot be read is a problem."""
    path, keys = archive / REFUSED_DIGESTS_FILE, set()
    for number, line in read_lines(path, problems):
        try:
            keys.add(msgspec.json.decode(line, type=RefusedDigest).key)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            what = f"is no refusal of a digest: {error}"
            problems.append(Problem(f"{path}:{number}", what, cure="delete the line"))
    return frozenset(keys)


def append_refusal(archive: Path, refusal: RefusedDigest) -> None:
    """Add a refusal."""
    append_line(archive / REFUSED_DIGESTS_FILE, msgspec.json.encode(refusal))
