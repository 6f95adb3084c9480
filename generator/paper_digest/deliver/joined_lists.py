"""Puts both in where two runs at once each added an entry at the end of one list, which git takes for a conflict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paper_digest.deliver.git import run_git
from paper_digest.store.atomic import replace_file
from paper_digest.store.proposals import PROPOSALS_FILE

#: Lists of which each entry is whole by itself, and begins with the paper that it is about. ``merge=union`` will not do:
#: where two entries share a line, as those of one person do, git keeps it once, and mixes the others.
_LISTS = (f"archive/{PROPOSALS_FILE}",)


def join_lists(root: Path, author: Sequence[str]) -> bool:
    """Go on with a rebase that stopped at lists to whose ends both sides added; tells whether it is through.

    Not where something else is in conflict, a side changed what stood there before, or both added the same paper.

    Args:
        root: the top of the checkout.
        author: settings that name an author, where git knows none.
    """
    names = run_git(root, "diff", "--name-only", "--diff-filter=U").stdout.split()
    joined = {name: _joined(root, name) for name in names if name in _LISTS}
    if not names or len(joined) < len(names) or not all(joined.values()):
        return False
    for name, text in joined.items():
        replace_file(root / name, text.encode())
    run_git(root, "add", "--", *joined)
    words = ("-c", "core.editor=true", "rebase", "--continue")
    return not run_git(root, *author, *words).returncode


def _joined(root: Path, name: str) -> str:
    """Return a list with what each side added; "" where that is not all that they did."""
    base, theirs, ours = (run_git(root, "show", f":{stage}:{name}").stdout for stage in (1, 2, 3))
    if not (theirs.startswith(base) and ours.startswith(base) and theirs.endswith("\n")):
        return ""
    if base and not base.endswith("\n"):
        return ""
    added, others = ours.removeprefix(base), theirs.removeprefix(base)
    if not added.startswith("- ") or _heads(added) & _heads(others):
        return ""
    return theirs + added


def _heads(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.startswith("-")}
