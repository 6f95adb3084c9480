"""Every command that takes a paper's name, asked about a paper whose record is there and cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from paper_digest.cli.check import check_archive
from paper_digest.cli.main import cli
from paper_digest.cli.new_archive import Answers, new_archive
from paper_digest.model.errors import DigestError
from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store

TODAY = date(2026, 3, 4)
LAMPS, RIVERS, FORMER = "doi:10.1234/lamps", "doi:10.1234/rivers", "arxiv:2501.00007"
TITLE = "Lamps Without Oil"

#: What is said of PAPER, by command; RIVERS is a paper that can be read.
COMMANDS: dict[str, tuple[str, ...]] = {
    "correct-author": ("Ada Doe", "Ada Roe", "PAPER"),
    "different": ("PAPER", RIVERS),
    "explain": ("PAPER",),
    "fix": ("PAPER", "title=Boats"),
    "hide": ("PAPER",),
    "pick": ("PAPER", "--because", "It floats.", "--by", "Ada"),
    "pin": ("PAPER",),
    "retag": ("PAPER", "agents"),
    "review --different": ("PAPER", RIVERS),
    "review --later": ("PAPER", RIVERS),
    "review --same": ("PAPER", RIVERS),
    "same": (RIVERS, "PAPER"),
    "unmerge": ("PAPER",),
}
#: These take names of papers, and look no record up by them: ``add`` asks its source.
OTHERS = {"add"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "lamps"
    new_archive(root, Answers(title="Lamps"))
    papers = (Paper(id=LAMPS, title=TITLE, aliases=(FORMER,)), Paper(id=RIVERS, title="Rivers"))
    Store(root / "archive").write(papers)
    return root


def said(root: Path, command: str, *words: str) -> tuple[bool, str]:
    """Run a command; returns whether all was well, and what it said."""
    try:
        line = [*command.split(), *words, "--root", str(root)]
        ran = CliRunner().invoke(cli, line, catch_exceptions=False)
    except DigestError as error:
        return False, str(error)
    return ran.exit_code == 0, ran.output


def spoil(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("title:", "title"), "utf-8")


def link_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def test_all_commands_that_take_papers_are_asked() -> None:
    commands = {name: cli.get_command(click.Context(cli), name) for name in cli.list_commands(click.Context(cli))}  # fmt: skip
    taking = {
        name
        for name, command in commands.items()
        for one in (command.params if command else ())
        if one.name in {"paper", "papers", "one"} or one.metavar == "ID ID"
    }
    assert taking - OTHERS == {name.split()[0] for name in COMMANDS}


@pytest.mark.parametrize("damage", [spoil, link_nowhere])
def test_a_paper_whose_record_cannot_be_read_is_not_said_to_be_absent(
    archive: Path, damage: Callable[[Path], None]
) -> None:
    """By whatever name: to correct an id that is right, or to decide about one that is none, mends nothing."""
    path = Store(archive / "archive").path(LAMPS)
    damage(path)
    before = {one: one.stat().st_mtime_ns for one in (archive / "archive").rglob("*.*l")}
    for command, words in COMMANDS.items():
        names = [slug(LAMPS), TITLE] if damage is spoil else [LAMPS]
        # Of an id that no record has now, a verdict is heeded once its record comes in.
        names += [FORMER] * (command in {"explain", "hide", "review --same"})
        for name in names:
            given = (name if word == "PAPER" else word for word in words)
            is_well, output = said(archive, command, *given)
            assert not is_well, (command, name, output)
            assert path.name in output, (command, name, output)
            assert "not in the archive" not in output
    after = {one: one.stat().st_mtime_ns for one in (archive / "archive").rglob("*.*l")}
    assert after == before


@pytest.mark.parametrize("verdict", ["same", "different", "later"])
def test_a_verdict_is_about_papers_by_whatever_name(archive: Path, verdict: str) -> None:
    """A DOI without its kind was taken for an id that no record has: the verdict was about nothing, and all was well."""
    is_well, output = said(archive, f"review --{verdict}", LAMPS[4:], "No such title")
    assert (is_well, "not in the archive" in output) == (False, True)
    is_well, output = said(archive, f"review --{verdict}", LAMPS[4:], slug(RIVERS))
    assert is_well, output
    decided = (archive / "archive" / "verdicts.jsonl").read_text("utf-8")
    assert f'"{LAMPS}"' in decided
    assert f'"{RIVERS}"' in decided


def test_what_curators_say_of_such_a_paper_is_no_fault(archive: Path) -> None:
    """The record is the fault; the line of a pick was called wrong, and the paper to be added again."""
    texts = {
        "picks.yml": f"- {{paper: '{LAMPS}', because: It burns., by: Ada, date: {TODAY}}}\n",
        "proposals.yml": f"- paper: {LAMPS[4:]}\n",
        "meetings/2026-03-lamps.yml": f"date: 2026-03-03\npapers: ['https://doi.org/{LAMPS[4:]}']\n",
        "lists/lamps.yml": f"title: Lamps\npapers: ['{LAMPS}']\n",
    }
    for name, text in texts.items():
        (archive / "archive" / name).parent.mkdir(exist_ok=True)
        (archive / "archive" / name).write_text(text, "utf-8")
    assert check_archive(archive, TODAY) == []
    path = Store(archive / "archive").path(LAMPS)
    spoil(path)
    [problem] = check_archive(archive, TODAY)
    assert problem.where.startswith(str(path))


def test_a_decision_about_a_former_id_of_such_a_paper_is_not_called_wrong(archive: Path) -> None:
    """Whoever corrects the id brings a hidden paper back."""
    path = Store(archive / "archive").path(LAMPS)
    (archive / "archive" / "overrides").mkdir()
    (archive / "archive" / "overrides" / "a.yml").write_text(f"- {{id: '{FORMER}', hide: true}}\n")
    assert check_archive(archive, TODAY) == []
    spoil(path)
    said = [str(one) for one in check_archive(archive, TODAY)]
    assert len(said) == 2
    assert f"{FORMER} is in no record that can be read, and 1 record cannot: {path}" in said[1]
