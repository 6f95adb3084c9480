"""Finds what a commit of a folder leaves out: files behind links, in repositories that lie in it, and ignored ones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from paper_digest.deliver.git import run_git
from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem
from paper_digest.store.atomic import TEMPORARY_SUFFIX

_LINK, _REPOSITORY = "120000", "160000"  # git's modes of what it commits as a line of text
_CURE = "put the files themselves there"


def outside_problems(root: Path, paths: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each link and repository at or below ``paths`` whose files are not committed with it.

    A link that leads nowhere has no files, and those behind one that leads to another of the paths are committed there.

    Args:
        root: a folder of the checkout.
        paths: below ``root``; committed before.
    """
    real_root = Path(os.path.realpath(root))
    # Not resolved: a path that is a link itself holds nothing.
    folders = [Path(os.path.normpath(real_root / path)) for path in paths]
    listed = run_git(root, "-c", "core.quotePath=true", "ls-files", "--stage", "--", *paths).stdout
    for line in listed.splitlines():
        mode, name = line.partition(" ")[0], _plain_name(line.partition("\t")[2])
        if mode == _REPOSITORY:
            yield Problem(
                name,
                "is a git repository of its own, whose files are not committed here",
                cure=_CURE,
            )
        elif mode == _LINK and (root / name).exists():
            end = Path(os.path.realpath(root / name))
            if not {end, *end.parents} & {*folders}:
                yield Problem(
                    name, f"is a link, and the files in {end} are not committed", cure=_CURE
                )


def ignored_problems(root: Path, paths: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each line of a ``.gitignore`` that holds files at or below ``paths`` back.

    Hidden files, in hidden folders too, and copies that a run or an editor leaves are meant to be ignored.

    Args:
        root: a folder of the checkout.
        paths: below ``root``.
    """
    words = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", *paths)
    names = [name for name in run_git(root, *words).stdout.split("\0") if _is_wanted(name)]
    if not names:
        return
    # git says of each name which file, line and pattern it is.
    said = run_git(
        root, "check-ignore", "--verbose", "-z", "--stdin", given="\0".join(names)
    ).stdout
    held: dict[tuple[str, ...], list[str]] = {}
    for *line, name in zip(*[iter(said.split("\0"))] * 4, strict=False):
        held.setdefault(tuple(line), []).append(name)
    for (file, number, pattern), ours in held.items():
        example = ours[0] if len(ours) == 1 else f"{counted(len(ours), 'file')}, such as {ours[0]},"
        yield Problem(
            file,
            f"keeps {example} out of the repository",
            int(number),
            f"take “{pattern}” out, or write it so that it fits nothing there",
        )


def _is_wanted(name: str) -> bool:
    parts = Path(name).parts
    return bool(parts) and not (
        name.endswith((TEMPORARY_SUFFIX, "~")) or any(part.startswith(".") for part in parts)
    )


def _plain_name(name: str) -> str:
    """Return a file's name without the quotes and escapes that git puts around one that is not plain ASCII."""
    if not name.startswith('"'):
        return name
    return os.fsdecode(name[1:-1].encode().decode("unicode_escape").encode("latin-1"))
