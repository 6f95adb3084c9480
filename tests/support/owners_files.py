"""Which files of a checkout are its owner's: tests carry their own, so that no archive turns them red."""

from __future__ import annotations

from pathlib import Path

from paths import ROOT

#: What an operator changes or empties, by its name in the project's root.
OWNERS_FILES = ("archive", "archive.yml", "topics.yml", "mkdocs.yml", "theme", "docs/about.md")

_PATHS = {ROOT / name for name in OWNERS_FILES}
#: A word that each of those paths holds: asked first, since every file that a test opens is asked about.
_HINTS = tuple({Path(name).stem for name in OWNERS_FILES})

#: What works on the archive of the folder it stands in, and the words with which it does not.
_PROGRAMS = {"digest", "mkdocs"}
_WORDS_OF_OTHER_PLACES = {"new", "--root", "-f", "--config-file", "--help", "--version"}


def is_of_owner(path: str) -> bool:
    """Say whether a path, absolute or from where the process stands, is one of those or below one."""
    if not any(hint in path for hint in _HINTS):
        return False
    absolute = Path(path)
    if not absolute.is_absolute():
        absolute = Path.cwd() / path
    return not _PATHS.isdisjoint((absolute, *absolute.parents))


def works_on_root(words: list[str], place: str) -> bool:
    """Say whether a command, started in a folder, is one of ours and works on the checkout itself."""
    is_ours = any(Path(word).name in _PROGRAMS or "paper_digest.cli" in word for word in words[:3])
    return is_ours and _WORDS_OF_OTHER_PLACES.isdisjoint(words) and Path.cwd() / place == ROOT
