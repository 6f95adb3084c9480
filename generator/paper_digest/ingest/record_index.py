"""Opens the index in which each paper that comes is looked up."""

from __future__ import annotations

from pathlib import Path

from paper_digest.identity.matching import PaperIndex
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.model.errors import Problem
from paper_digest.store.decisions import read_decisions
from paper_digest.store.files import Store
from paper_digest.store.match_cache import MATCH_CACHE, read_stored_records


def match_cache_path(root: Path) -> Path:
    """Name the file of the match keys of a project's records."""
    return root / CACHE_FOLDER / MATCH_CACHE


def open_index(store: Store, match_cache: Path | None, problems: list[Problem]) -> PaperIndex:
    """Return the index of a store's records.

    Args:
        store: the records.
        match_cache: the file of their match keys; without it all records are read.
        problems: gets one for each record that cannot be read.
    """
    decisions, read_problems = read_decisions(store.root), list[Problem]()
    if match_cache:
        stored = read_stored_records(store, match_cache, read_problems)
        if not stored.have_leftovers:
            problems += read_problems
            return PaperIndex((), decisions, stored)
    return PaperIndex(store.read_all(problems), decisions)
