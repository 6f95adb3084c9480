"""What an archive is known by beside its title: its runs and its papers, of which no other has one by chance."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.errors import Problem
from paper_digest.store.runs.log import read_runs

#: How many runs and papers a list at a target names: as many as never go all at once.
SAMPLE_SIZE = 16

_HASH_DIGITS = 16


class ArchiveTraces(msgspec.Struct, frozen=True, omit_defaults=True):
    """Hashes of an archive's runs, and of the names of its papers' pages; none where it has none or nobody knows."""

    runs: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()

    def sample(self) -> ArchiveTraces:
        """Return a few of them, which of two states of one archive are nearly the same."""
        return ArchiveTraces(_smallest(self.runs), _smallest(self.papers))

    def lacks_all(self, sample: ArchiveTraces) -> str:
        """Return what of a sample an archive has none of, though both have some: "ingests", "papers", or "".

        Every clone has the log of runs, and no two archives share a run; of archives filled from files alone
        the papers have to do.
        """
        for word, ours, theirs in (
            ("ingests", self.runs, sample.runs),
            ("papers", self.papers, sample.papers),
        ):
            if ours and theirs:
                return word if ours.isdisjoint(theirs) else ""
        return ""


def read_traces(root: Path) -> ArchiveTraces:
    """Return the traces of the archive and the built site in a project's folder; what cannot be read is passed over."""
    problems: list[Problem] = []
    runs = (f"{r.started} {r.source} {r.query}" for r in read_runs(root / "archive", problems))
    pages = root / "site" / "papers"
    # Each paper has a folder, and where it has another id now one is left at the former.
    names = [path.name for path in pages.iterdir() if path.is_dir()] if pages.is_dir() else []
    return ArchiveTraces(_hashes(runs), _hashes(names))


def _hashes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(hash_bytes(os.fsencode(word)).hex()[:_HASH_DIGITS] for word in words)


def _smallest(hashes: frozenset[str]) -> frozenset[str]:
    return frozenset(sorted(hashes)[:SAMPLE_SIZE])
