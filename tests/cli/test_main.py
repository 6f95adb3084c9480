"""The commands as a person runs them: exit codes, what they print, and silence elsewhere."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from paper_digest.cli.start import EXIT_STOPPED
from paper_digest.store.files import Store
from source_answers import project
from temporary_project import digest

#: Seconds until a machine is not slow but stuck.
_STUCK_SECONDS = 120

LINE = json.dumps({"id": "arxiv:2603.00001", "title": "Boats"})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return project(tmp_path, [])


def test_an_archive_that_follows_nothing_says_so(place: Path) -> None:
    ran = digest(place, "ingest")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "follows nothing" in ran.stdout


def test_all_that_is_followed_comes_and_its_problems_are_told(place: Path) -> None:
    bib = "@article{a, title={Boats}, year=2020, author={A. B}}\n@article{b, year=2020}\n"
    (place / "papers.bib").write_text(bib)
    project(
        place,
        [
            {"source": "bibtex", "files": ["papers.bib"]},
            {"source": "bibtex", "files": ["gone.bib"]},
        ],
    )
    ran = digest(place, "ingest")
    assert ran.returncode == 1
    assert ran.stdout == (
        "bibtex: 1 entry, 1 new, 0 changed.\nbibtex: 0 entries, 0 new, 0 changed.\n"
    )
    assert [line.split(":")[1].strip() for line in ran.stderr.splitlines()[:-1]] == [
        "papers.bib",
        "gone.bib",
    ]
    assert ran.stderr.endswith("2 problems, recorded in archive/runs.\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("ingest", "--since", "20 Nov"), 2, "write 2025-11-20"),
        (("ingest", "--since", "2025-11-20T00:00"), 2, "write 2025-11-20"),
        (("ingest", "--since", "2025-11-20", "--until", "2025-11-19"), 2, "lies after"),
        (("ingest", "jsonl", "gone.jsonl"), 2, "does not exist"),
        (
            ("ingest", "nowhere", "x"),
            2,
            "there is no source 'nowhere'; these are known: archive, arxiv",
        ),
        (("explain", "2511.00001"), 2, "is not in the archive"),
        (("review", "--same", "arxiv:1", "arxiv:2"), 2, "is not in the archive"),
        (("ingest", "bibtx", "x"), 2, "did you mean bibtex?"),
        (("ingest", "--since", "2025-02-30"), 2, "is no day"),
        (("add", "not a paper"), 1, "names no paper"),
        (("add", "reading-lst.md"), 1, "reading-lst.md: is not there; correct the file's name"),
    ],
)
def test_exit_codes(place: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ran = digest(place, *words)
    assert ran.returncode == code
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_without_settings_it_cannot_run(tmp_path: Path) -> None:
    ran = digest(tmp_path, "ingest")
    assert ran.returncode == 2
    assert "archive.yml: is missing" in ran.stderr


def test_a_disk_that_refuses_is_one_line(place: Path) -> None:
    (place / "archive").write_text("a file where the archive should be")
    dump = place / "dump.jsonl"
    dump.write_text(LINE)
    ran = digest(place, "ingest", "jsonl", str(dump))
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)


def test_the_folder_may_be_named_before_the_source(place: Path, tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    dump.write_text(LINE)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-c", "from paper_digest.cli.main import main; main()", "ingest"]
    words = ["--root", str(place), "jsonl", str(dump)]
    ran = subprocess.run(
        [*command, *words], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(elsewhere.iterdir()) == []
    assert [p.title for p in Store(place / "archive").read_all()]
    ran = subprocess.run(
        [*command, "--since", "2025-11-20", *words], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "--since is about what archive.yml follows" in ran.stderr


def test_files_folders_and_standard_input_are_read(place: Path) -> None:
    folder = place / "dumps"
    folder.mkdir()
    (folder / "a.jsonl").write_text(LINE)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(LINE.replace("00001", "00002").encode()))
    (folder / ".hidden").write_text("no dump")
    ran = digest(place, "ingest", "jsonl", str(folder))
    assert (ran.returncode, ran.stderr) == (0, "")  # quiet, because this is no terminal
    assert ran.stdout == "2 papers: 2 entries, 2 new, 0 changed.\n"
    command = [sys.executable, "-c", "from paper_digest.cli.main import main; main()"]
    piped = subprocess.run(
        [*command, "ingest", "jsonl", "-", "--root", str(place)],
        input=LINE.replace("00001", "00003"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert piped.stdout == "1 paper: 1 entry, 1 new, 0 changed.\n"


def test_the_day_a_page_was_saved_can_be_given(place: Path, root: Path) -> None:
    page = root / "tests" / "data" / "text" / "arxiv.txt"
    assert digest(place, "ingest", "text", str(page), "--date", "2026-01-02").returncode == 0
    days = {s.seen for paper in Store(place / "archive").read_all() for s in paper.sightings}
    assert days == {"2026-01-02"}


def test_review_and_explain_print_what_a_person_needs(place: Path) -> None:
    title = "An Invented Title of Some Length"
    one = {"id": "arxiv:2603.00001", "title": title, "authors": [{"name": "Ada A"}]}
    two = {"id": "doi:10.1000/boats", "title": title, "doi": "10.1000/boats"}
    (place / "two.jsonl").write_text("\n".join(map(json.dumps, (one, two))))
    digest(place, "ingest", "jsonl", str(place / "two.jsonl"))
    listed = digest(place, "review")
    assert listed.stdout.startswith("1. one paper?\nid ")
    assert f"= {title}" in listed.stdout
    assert listed.stdout.endswith("1 pair to decide, with --same, --different or --later.\n")
    done = digest(place, "review", "--same", "arxiv:2603.00001", "doi:10.1000/boats")
    assert "holds both" in done.stdout
    assert digest(place, "review").stdout == "There is nothing to decide.\n"
    explained = digest(place, "explain", "doi:10.1000/boats")
    assert "alias   doi:10.1000/boats" in explained.stdout


def test_a_build_makes_the_folder_it_writes_to(place: Path) -> None:
    (place / "dump.jsonl").write_text(LINE)
    digest(place, "ingest", "jsonl", str(place / "dump.jsonl"))
    ran = digest(place, "build")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Boats" in (place / "docs" / "papers" / "2603.00001.md").read_text("utf-8")


def test_control_c_has_an_exit_code_of_its_own(place: Path) -> None:
    """A command that waits for standard input is stopped while it does."""
    command = [sys.executable, "-c", "from paper_digest.cli.main import main; main()"]
    with subprocess.Popen(
        [*command, "add", "-"],
        cwd=place,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - a test without threads
    ) as process:
        lock = place / "archive" / ".lock"
        end = time.monotonic() + _STUCK_SECONDS
        while not (lock.exists() and lock.read_bytes()) and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=_STUCK_SECONDS)
    assert process.returncode == EXIT_STOPPED
    assert said.strip() == "stopped; run the command again to go on"
