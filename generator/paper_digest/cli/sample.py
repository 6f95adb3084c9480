"""Takes the sample out of a fork of the project, and nothing that somebody added."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from paper_digest.cli.owned_files import sha256
from paper_digest.model.counted import counted
from paper_digest.store.files import Store

#: Every record of the sample: its SHA-256 and its path below archive/, as ``sha256sum`` prints them.
SAMPLE_LIST = "sample.sha256"


def sample_papers(root: Path) -> tuple[list[Path], list[Path]]:
    """Return the records that are the sample's, and those that are not or were changed."""
    text = (resources.files("paper_digest.cli") / SAMPLE_LIST).read_text("ascii")
    hashes = {path: digest for digest, path in (line.split() for line in text.splitlines())}
    archive = root / "archive"
    sample: list[Path] = []
    others: list[Path] = []
    for path in Store(archive).paths():
        of_sample = hashes.get(path.relative_to(archive).as_posix()) == sha256(path.read_bytes())
        (sample if of_sample else others).append(path)
    return sample, others


def delete_sample(root: Path) -> Iterator[str]:
    """Delete the sample's records, and the diary of runs with the last of them; says what was done.

    Raises:
        LockedError: if another run is writing.
    """
    store = Store(root / "archive")
    with store.lock():
        sample, others = sample_papers(root)
        for path in sample:
            path.unlink()
        for folder in sorted({path.parent for path in sample}):
            if not any(folder.iterdir()):
                folder.rmdir()
        diary = [] if others else sorted((store.root / "runs").glob("*.jsonl"))
        for path in diary:
            path.unlink()
    yield f"{counted(len(sample), 'paper')} of the sample deleted."
    if others:
        yield f"{counted(len(others), 'paper is', 'papers are')} not the sample's, or changed, and left alone."
    elif diary:
        yield f"The diary of runs was cleared: {counted(len(diary), 'file')}."
