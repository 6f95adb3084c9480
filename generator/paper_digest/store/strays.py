"""Names what lies in ``archive/`` and is none of ours, so that nobody takes it for a part of the archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from paper_digest.model.errors import Problem
from paper_digest.store.atomic import TEMPORARY_SUFFIX
from paper_digest.store.changes import CHANGES_FOLDER
from paper_digest.store.curated_lists import LISTS_FOLDER
from paper_digest.store.curator_files import CURATOR_FILE_ENDING
from paper_digest.store.folders import is_folder, list_folder, unreadable_folders
from paper_digest.store.meetings import MEETINGS_FOLDER
from paper_digest.store.overrides import OVERRIDES_ENDS, OVERRIDES_FOLDER
from paper_digest.store.picks import PICKS_FILE
from paper_digest.store.proposals import PROPOSALS_FILE
from paper_digest.store.volume_lists import VOLUME_ENDING, VOLUMES_FOLDER

#: How names may end in each folder of the archive; "/" is a folder's own end.
_ENDS = {
    "archive": (".jsonl", "/", PICKS_FILE, PROPOSALS_FILE),
    "runs": (".jsonl",),
    CHANGES_FOLDER: (".jsonl",),
    VOLUMES_FOLDER: (VOLUME_ENDING,),
    MEETINGS_FOLDER: (CURATOR_FILE_ENDING,),
    LISTS_FOLDER: (CURATOR_FILE_ENDING,),
    OVERRIDES_FOLDER: OVERRIDES_ENDS,
    "papers": ("/",),
    "": (".md", ".md/"),  # a folder of papers; a record that is a folder is named when it is read
}
#: What people write there is YAML, in files of other names than these (``picks.yaml``, ``lists/kites.YML``).
_DECISION_ENDS = (".yml", ".yaml")
_RECORD_CURE = "move it into a folder of archive/papers/ if it is a paper's, or delete it"
_DECISION_CURE = "compare its name and its folder with the manual's; names end in .yml"
_CURE = "move it out of archive/; it is passed over"


class Stray(NamedTuple):
    """Something in the archive that nothing reads.

    ``is_lost``: it may be meant to be papers, or what a person decided or wrote, so that the site lacks it.
    """

    problem: Problem
    is_lost: bool


def find_strays(archive: Path, problems: list[Problem] | None = None) -> Iterator[Stray]:
    """Yield what lies in the wrong place; hidden files are left out, and nothing is opened.

    Raises:
        RecordError: a folder may not be read; with ``problems``, that is appended there instead.
    """
    yield from _strays_in(str(archive), "archive", problems, within_papers=False)


def _strays_in(
    folder: str, kind: str, problems: list[Problem] | None, *, within_papers: bool
) -> Iterator[Stray]:
    for entry in list_folder(Path(folder), problems):
        name = entry.name + "/" * is_folder(entry)
        if name.startswith(".") or name.endswith(TEMPORARY_SUFFIX):
            continue
        if kind == "archive" and entry.name in _ENDS and not is_folder(entry):
            unlisted = unreadable_folders([Path(entry.path)])
            yield from (Stray(problem, is_lost=True) for problem in unlisted)
            continue
        is_other = kind == "archive" and is_folder(entry) and entry.name not in _ENDS
        if is_other or not name.endswith(_ENDS[kind]):
            yield _stray(entry, name, within_papers=within_papers)
        elif is_folder(entry) and kind:
            is_papers = entry.name == "papers"
            below = entry.name if kind == "archive" else ""
            yield from _strays_in(
                entry.path, below, problems, within_papers=is_papers or within_papers
            )


def _stray(entry: os.DirEntry[str], name: str, *, within_papers: bool) -> Stray:
    is_dead = entry.is_symlink() and not Path(entry.path).exists()
    is_record = within_papers and (is_dead or name.endswith((".md", "/")))
    is_decision = not within_papers and name.lower().endswith(_DECISION_ENDS)
    what = "is a link that leads nowhere" if is_dead else "is no part of the archive"
    cure = _RECORD_CURE if is_record else _DECISION_CURE if is_decision else _CURE
    return Stray(Problem(entry.path, what, cure=cure), is_record or is_decision)
