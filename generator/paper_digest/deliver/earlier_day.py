"""The archive as git held it on an earlier day, in a folder of its own; the work tree stays as it is."""

from __future__ import annotations

import os
import shutil
import tarfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from paper_digest.deliver.git import GitError, run_git
from paper_digest.deliver.snapshots.own_files import OWN_FOLDERS, OWN_NAMES
from paper_digest.settings.settings_file import CONFIG_FILE

#: Below the project's folder; git ignores it.
EARLIER_FOLDER = Path(".cache", "as-of")
#: How the site looks is of today, like the program: an earlier frame may name what is no more.
_FRAME_OF_TODAY = ("mkdocs.yml", "theme")

_MAX_WORDS = 300


class Commit(NamedTuple):
    """A commit: its name in 40 hexadecimal digits, and when it was made (ISO time)."""

    name: str
    time: str


def last_commit(root: Path, day: date) -> Commit:
    """Return the last commit up to the end of a day (UTC) of the branch that is checked out.

    Merged branches count from their merge on: until then the branch did not hold what they did.

    Raises:
        GitError: there is no git, no history, or none that is so old.
    """
    where = str(root)
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        what = "is in no git repository, or in one without a commit"
        raise GitError(where, what, "an earlier day is built from git: make a clone of the archive")
    end = f"--before={day}T23:59:59+00:00"
    words = ("log", "-1", "--first-parent", "--format=%H %cI", end, "HEAD")
    name, _, time = run_git(root, *words).stdout.strip().partition(" ")
    if name:
        return Commit(name, time)
    if run_git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        what = f"is a shallow clone, which holds no commit up to {day}"
        raise GitError(where, what, "fetch the rest: git fetch --unshallow")
    first = run_git(root, "log", "--first-parent", "--reverse", "--format=%cI", "HEAD").stdout[:10]
    raise GitError(
        where, f"has no commit up to {day}", f"its first is of {first}: name a later day"
    )


def extract_commit(root: Path, commit: Commit, folder: Path) -> Path:
    """Write the archive's own files of a commit, in the frame of today, in the place of what lies in ``folder``.

    Args:
        root: the project's folder, in a git repository or at its top.
        commit: the commit.
        folder: where to write.

    Raises:
        GitError: the commit holds no archive in this place, or a link out of it, or git cannot read it.
    """
    # From the top: in a folder below it git takes the names of a tree for names in that folder.
    top = Path(run_git(root, "rev-parse", "--show-toplevel").stdout.rstrip("\n"))
    prefix = run_git(root, "rev-parse", "--show-prefix").stdout.strip().rstrip("/")
    tree = f"{commit.name}:{prefix}"
    names = set(run_git(top, "ls-tree", "-z", "--name-only", tree).stdout.split("\0"))
    if CONFIG_FILE not in names:
        what = f"held no {CONFIG_FILE} on {commit.time[:10]}"
        raise GitError(str(root), what, "name a later day")
    own = sorted((names & {*OWN_NAMES, *OWN_FOLDERS}) - {*_FRAME_OF_TODAY})
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    packed = folder.with_name(f"{folder.name}.tar")
    try:
        # Without a setting of this machine's git that rewrites the ends of lines.
        words = ("-c", "core.autocrlf=false", "-c", "core.eol=lf", "archive", "--format=tar")
        ended = run_git(top, *words, f"--output={packed.resolve()}", tree, "--", *own)
        if ended.returncode:
            reason = " ".join(ended.stderr.split())[-_MAX_WORDS:]
            raise GitError(
                str(root), f"git cannot read {commit.name[:12]}: {reason}", "run git fsck"
            )
        outside = _unpack(packed, folder)
        if outside:
            what = f"held {outside} on {commit.time[:10]}, a link out of the archive: no commit holds its files"
            raise GitError(str(root), what, "name a day when it was a folder or a file")
        # Git holds no empty folder, and MkDocs builds nothing without this one.
        (folder / "docs").mkdir(exist_ok=True)
        for name in _FRAME_OF_TODAY:
            if (root / name).is_dir():
                shutil.copytree(root / name, folder / name)
            elif (root / name).is_file():
                shutil.copy(root / name, folder / name)
    finally:
        packed.unlink(missing_ok=True)
    return folder


def _unpack(packed: Path, folder: Path) -> str:
    """Unpack what git packed, up to the first entry that leads out of the folder.

    ``filter="data"`` does the same, and Debian 12's Python 3.11.2 lacks it.

    Returns:
        The name of that entry, or "".
    """
    with tarfile.open(packed) as tar:
        # Python 3.12 warns where nothing says which filter is meant; what is let in is said below.
        tar.extraction_filter = lambda member, _folder: member
        for member in tar:
            place = folder / member.name
            lands = place.parent / member.linkname if member.issym() else place
            if not _is_within(lands, folder) or not (
                member.isfile() or member.isdir() or member.issym()
            ):
                return member.name
            tar.extract(member, folder)
    return ""


def _is_within(path: Path, folder: Path) -> bool:
    # Unlike `Path.resolve`, which raises at a loop of links in some versions, this follows what it can.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
