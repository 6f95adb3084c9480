"""Every command line that the manual shows is run, or is listed here with the reason and the test that runs it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from manual_pages import MANUAL, PAGES, console_lines
from paper_digest.cli.main import cli
from paper_digest.cli.new_archive import Answers, new_archive
from paths import ROOT

#: The reference is written from the code: it names commands, and shows none.
SHOWN = [name for name in PAGES if name != "reference.md"]

INSTALLED = (
    "tests/cli/test_installed_archive.py::"
    "test_an_archive_lives_with_a_wheel_alone_and_a_newer_wheel_makes_no_conflict"
)
#: Command lines that are not run here, by how they begin: why, and the test that runs the same.
RUN_ELSEWHERE = {
    "digest add": (
        "asks arXiv, Crossref and others",
        "tests/ingest/test_add.py::test_files_and_standard_input_hold_names",
    ),
    "digest ingest jsonl": (
        "names no file",
        "tests/cli/test_main.py::test_exit_codes",
    ),
    "digest publish": (
        "needs a host",
        "tests/deliver/test_publish.py::test_the_target_becomes_the_site_and_nothing_is_sent_twice",
    ),
    "digest publish s3:": (
        "needs a store",
        "tests/deliver/test_publish.py::test_the_target_becomes_the_site_and_nothing_is_sent_twice",
    ),
    "digest serve": ("runs until it is stopped", INSTALLED),
    "digest summarise": (
        "needs a model",
        "tests/ingest/test_summaries.py::test_the_command_says_what_it_did",
    ),
    "digest votes": (
        "asks GitHub",
        "tests/ingest/test_votes.py::test_the_command_says_what_it_did",
    ),
    "digest volumes": (
        "builds a site",
        "tests/site/test_volume_sites.py::test_old_addresses_lead_to_the_volume_in_every_form",
    ),
    "digest snapshot": (
        "needs a built site",
        "tests/deliver/test_snapshots.py::test_an_archive_is_restored_to_the_byte_and_nothing_else_is_in_it",
    ),
    "digest build --as-of": (
        "builds a site from git",
        "tests/deliver/test_earlier_day.py::test_the_last_commit_of_a_day_is_that_by_utc",
    ),
    "mkdocs build": ("is no command of ours", INSTALLED),
    "digest mcp": (
        "asks a site until it is stopped",
        "tests/site/test_mcp.py::test_a_site_answers_over_stdio_and_at_its_address_alike",
    ),
    "digest new": ("is no whole command line", INSTALLED),
    "python3 -m venv": ("is no command of ours", INSTALLED),
    ". venv/bin/activate": ("is no command of ours", INSTALLED),
    "pip install": ("is no command of ours", INSTALLED),
    "cd papers": ("is no command of ours", INSTALLED),
    "export AWS_": (
        "is no command of ours",
        "tests/deliver/test_publish.py::test_the_target_becomes_the_site_and_nothing_is_sent_twice",
    ),
    "git": (
        "is no command of ours",
        "tests/deliver/test_git_push.py::test_others_commits_stay_below_ours",
    ),
}
#: What is run here though a shorter line of the same command is not.
RUN_HERE = ("digest new papers --yes", "digest volumes --close")

#: A paper as it was printed and another one, then its preprint, in which both ids stand.
PRINTED = """\
@article{a, title = {Kites over a made-up harbour at dawn}, author = {Doe, Ada and Roe, Bo}, year = 2025,
  doi = {10.1234/kites}}
@article{b, title = {Lamps without oil in seven recipes}, author = {Poe, Cy}, year = 2023, doi = {10.1234/lamps}}
"""
PREPRINT = """\
@article{kites, title = {Kites over a made-up harbour at dawn}, author = {Doe, Ada and Roe, Bo}, year = 2025,
  doi = {10.1234/kites}, eprint = {2503.02130}, archiveprefix = {arXiv}}
"""
PAPER = "arxiv:2503.02130"


def command_lines() -> list[tuple[str, str]]:
    """List what the pages show in blocks, and the command lines of ours within their sentences."""
    found = []
    for name in SHOWN:
        text = (MANUAL / name).read_text("utf-8")
        prose = re.sub(r"(?ms)^```.*?^```", "", text)
        inline = (" ".join(code.split()) for code in re.findall(r"`(digest [a-z][^`]*)`", prose))
        found += [(name, line) for line in dict.fromkeys((*console_lines(text), *inline))]
    return found


def reason(line: str) -> tuple[str, str] | None:
    """Say why a line is not run here, and what runs it; ``None`` where it is run."""
    if line.startswith(RUN_HERE):
        return None
    return next((why for start, why in RUN_ELSEWHERE.items() if line.startswith(start)), None)


@pytest.fixture(scope="module")
def made_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive of two papers, one of them united from two files; nobody changes it."""
    place = tmp_path_factory.mktemp("made") / "papers"
    new_archive(place, Answers(title="Kites"))
    settings = (place / "archive.yml").read_text("utf-8")
    follow = "follow:\n  - {source: bibtex, files: [library.bib]}\n"
    (place / "archive.yml").write_text(f"{settings}\n{follow}", "utf-8")
    for entries in (PRINTED, PREPRINT):
        (place / "library.bib").write_text(entries, "utf-8")
        run(f"digest ingest --root '{place}' bibtex '{place}/library.bib'")
    (place / "site").mkdir()
    (place / "site" / "index.html").write_text("<p>Kites", "utf-8")
    return place


@pytest.fixture
def archive(made_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of that archive."""
    monkeypatch.chdir(shutil.copytree(made_archive, tmp_path / "papers"))
    return tmp_path / "papers"


def run(line: str) -> str:
    """Run a command line of ours in the present folder; it has to succeed."""
    words = shlex.split(re.sub(r"\bID\b", PAPER, line))[1:]
    result = CliRunner().invoke(cli, words, catch_exceptions=False)
    assert result.exit_code == 0, f"{line}: {result.output}"
    return result.output


RUN = [(name, line) for name, line in command_lines() if not reason(line)]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(("name", "line"), RUN, ids=lambda text: text)
def test_a_command_of_the_manual_does_its_work(name: str, line: str) -> None:
    assert run(line), f"{name}: {line} says nothing"


def test_what_is_not_run_here_has_its_test_and_stands_in_the_manual() -> None:
    skipped = {line: why for _, line in command_lines() if (why := reason(line))}
    for start, (_, test) in RUN_ELSEWHERE.items():
        assert any(line.startswith(start) for line in skipped), f"{start} is in no page"
        file, _, function = test.partition("::")
        assert f"def {function}(" in (ROOT / file).read_text("utf-8"), f"{start}: {test}"
