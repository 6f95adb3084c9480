"""Kills and collisions: whatever happens to a run, the store loads and the next run completes it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from paper_digest.model.errors import Problem
from paper_digest.store.files import Store
from source_answers import project, tree
from temporary_project import digest

#: Runs that are killed; more of them with KILLS in the environment.
KILLS = int(os.environ.get("KILLS", "12"))
COMMAND = [sys.executable, "-c", "from paper_digest.cli.main import main; main()"]


def dump(place: Path, count: int, comment: str = "") -> Path:
    """Write a dump, the last third of whose papers swallow those of the first."""
    lines = []
    for n in range(count):
        paper: dict[str, object] = {
            "id": f"doi:10.1000/{n}",
            "doi": f"10.1000/{n}",
            "title": f"Boat {n}",
            "abstract": "They float. " * 40,
            "claims": [{"source": "bibtex", "agrees": ["title", "abstract", "doi"]}],
        }
        if n >= count * 2 // 3:
            twin = n - count * 2 // 3
            paper |= {
                "id": f"arxiv:2603.{twin:05}",
                "doi": f"10.1000/{twin}",
                "title": f"Boat {twin}",
            }
        if comment:
            said = {"source": "bibtex", "agrees": ["title", "abstract", "comment", "doi"]}
            paper |= {"comment": comment, "claims": [said]}
        lines.append(json.dumps(paper))
    path = place / f"dump{comment}.jsonl"
    path.write_text("\n".join(lines))
    return path


#: Kills itself (-9) at the n-th time it opens, renames or removes a file of the archive, and tells
#: how often it did where it came to its end; audit events: docs.python.org/3/library/audit_events.html
SUICIDAL = """
import os, signal, sys
after, archive, count = int(sys.argv.pop(1)), sys.argv.pop(1), 0

def hook(event, args):
    global count
    if event in {"open", "os.rename", "os.remove", "os.mkdir"} and archive in str(args[0]):
        count += 1
        if count == after:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
from paper_digest.cli.main import cli
cli(standalone_mode=False)
print(count)
"""


def run(place: Path, path: Path, after: int) -> int | None:
    """Ingest a dump; returns how often a file was touched, or ``None`` if it was killed."""
    words = [str(after), str(place / "archive"), "ingest", "jsonl", str(path), "--root", str(place)]
    command = [sys.executable, "-c", SUICIDAL, *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode in {0, -signal.SIGKILL}, ran.stderr
    return int(ran.stdout.split()[-1]) if ran.returncode == 0 else None


def run_for(place: Path, path: Path, seconds: float) -> None:
    """Ingest a dump and kill it after some time, in the middle of whatever it does."""
    command = [*COMMAND, "ingest", "jsonl", str(path), "--root", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_killed_ingest_loses_nothing_and_the_next_completes_it(tmp_path: Path) -> None:
    whole = project(tmp_path / "whole", [])
    place = project(tmp_path / "killed", [])
    dumps = [dump(tmp_path, 600, comment) for comment in ("", "later")]
    began = time.monotonic()
    touches = [run(whole, path, 0) for path in dumps]
    lasts = (time.monotonic() - began) / 2
    wanted = tree(whole)
    assert len(wanted) == 400
    assert touches[0]
    rng, killed = random.Random(3), 0  # noqa: S311 - moments, not secrets
    store = Store(place / "archive")
    for number in range(KILLS):
        if number % 4 == 0:  # begin anew now and then, or there is nothing left to write
            for file in store.paths():
                file.unlink()
        before = {paper.id for paper in store.read_all()}
        if number % 4 == 3:
            run_for(place, dumps[1], rng.uniform(0.3 * lasts, lasts))
        else:
            killed += run(place, dumps[number % 2], rng.randint(1, touches[0])) is None
        broken: list[Problem] = []
        after = {i for paper in store.read_all(broken) for i in (paper.id, *paper.aliases)}
        assert broken == []
        assert before <= after
    for path in dumps:
        assert digest(place, "ingest", "jsonl", str(path)).returncode == 0
    assert tree(place) == wanted
    assert list((place / "archive").rglob("*.tmp")) == []
    assert killed >= KILLS // 4  # each that began with an empty archive


def test_two_at_once_do_not_clash(tmp_path: Path) -> None:
    place = project(tmp_path, [])
    path = dump(tmp_path, 600)
    command = [*COMMAND, "ingest", "jsonl", str(path), "--root", str(place)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 2])
    for process, (_, errors) in zip(both, said, strict=True):
        if process.returncode:
            assert "the archive is being written by process" in errors
            assert "wait until it ends" in errors
    assert len(tree(place)) == 400
