"""Who reads no more (``digest topics | head``) stops no command, and gets no message of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store

COMMANDS = (
    ("topics", "--all"),
    ("topics", "--json"),
    ("status",),
    ("check",),
    ("check", "--json"),
    ("build", "-v"),
    ("explain", "2501.00001"),
    ("explain", "nobody"),
    ("volumes",),
    ("review",),
    ("ingest",),
    ("ingest", "--help"),
    ("size",),
    ("clean",),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give an archive of a few papers, in which something is wrong."""
    (tmp_path / "archive.yml").write_text("title: Boats\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n", "utf-8")
    papers = (Paper(id=f"arxiv:2501.{n:05}", title=f"Loom {n}", published="2025") for n in range(9))
    Store(tmp_path / "archive").write(papers)
    (tmp_path / "archive" / "stray.txt").write_text("?", "utf-8")
    return tmp_path


def _run(place: Path, words: tuple[str, ...], closed: str = "") -> tuple[int, str]:
    """Run a command, one of whose outputs nobody reads; returns exit code and what the other said."""
    reading, writing = os.pipe()
    os.close(reading)
    outputs = [writing if closed == name else subprocess.PIPE for name in ("stdout", "stderr")]
    with subprocess.Popen(
        [sys.executable, "-m", "paper_digest", *words],
        cwd=place,
        text=True,
        stdout=outputs[0],
        stderr=outputs[1],
    ) as process:
        os.close(writing)
        said = process.communicate()
    return process.returncode, "".join(
        said[i] or "" for i in (0, 1) if closed != ("stdout", "stderr")[i]
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_ends_as_it_would_if_somebody_read_it(
    place: Path, words: tuple[str, ...]
) -> None:
    if words[0] == "build":
        (place / "docs").mkdir()
    code, _ = _run(place, words)
    _, shown = _run(place, words, "stderr")
    _, errors = _run(place, words, "stdout")
    if "--help" in words:  # click's own, which ends such a program with 1
        assert errors == ""
        return
    assert _run(place, words, "stdout")[0] == code
    assert _run(place, words, "stderr")[0] == code
    assert "roken pipe" not in shown + errors
    assert "Traceback" not in shown + errors
    assert "Exception" not in shown + errors


def test_the_work_is_done_all_the_same(place: Path) -> None:
    assert _run(place, ("build", "-v"), "stdout")[0] == 0
    assert len([*(place / "docs" / "papers").glob("*.md")]) == 9
