"""What commands print: the same three options on all of them, one JSON object, and no traceback."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from paper_digest.cli.main import cli
from source_answers import project
from temporary_project import digest

#: These two serve until somebody stops them: what they print is for browsers and for programs.
WITHOUT_OUTPUT = {"serve", "mcp"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return project(tmp_path, [])


@pytest.mark.parametrize("name", sorted(cli.commands.keys() - WITHOUT_OUTPUT))
def test_every_command_has_the_same_options(name: str) -> None:
    commands = [cli.commands[name]]
    if isinstance(commands[0], click.Group):
        group = commands[0]
        context = click.Context(group)
        subcommands = (group.get_command(context, one) for one in group.list_commands(context))
        commands += filter(None, subcommands)
    for command in commands:
        words = {word for option in command.params for word in option.opts}
        assert {"-q", "--quiet", "-v", "--verbose", "--json"} <= words, command.name


@pytest.mark.parametrize(
    "words",
    [("check",), ("status",), ("ingest",), ("ingest", "--dry-run"), ("build",), ("review",), ("clean",)],
)  # fmt: skip
def test_json_is_one_object_with_problems(place: Path, words: tuple[str, ...]) -> None:
    (place / "mkdocs.yml").write_text("site_name: Boats\nplugins: [paper-digest]\n")
    (place / "docs").mkdir(exist_ok=True)
    ran = digest(place, *words, "--json")
    [line] = ran.stdout.splitlines()
    given = json.loads(line)
    assert given["problems"] == []
    assert ran.returncode == 0
    assert digest(place, *words, "--quiet").stdout == ""


def test_an_error_is_json_too_and_keeps_its_exit_code(tmp_path: Path) -> None:
    for words in (("status",), ("ingest",), ("build",)):
        ran = digest(tmp_path, *words, "--json")
        assert ran.returncode == 2
        [problem] = json.loads(ran.stdout)["problems"]
        assert "archive.yml" in problem["where"]
        assert problem["cure"]
        assert ran.stderr.startswith("error: ")


#: Command lines that are wrong in themselves, or for the archive they are given in.
WRONG = (
    *(f"{name} --nonsense" for name in sorted(cli.commands.keys() - WITHOUT_OUTPUT)),
    "nonsense",
    "add",
    "build --as-of yesterday",
    "fix x",
    "ingest --since 2025-99-99",
    "ingest bibtex missing.bib",
    "ingest nonsense x",
    "new .",
    "new papers",
    "status -q -v",
    "volumes nonsense",
)


@pytest.mark.parametrize("line", WRONG)
def test_a_line_that_is_wrong_is_json_wherever_that_is_asked_for(place: Path, line: str) -> None:
    """A person reads click's words on standard error all the same."""
    name, *words = line.split()
    for given in ([name, *words, "--json"], [name, "--json", *words]):
        ran = CliRunner().invoke(cli, [*given, "--root", str(place)])
        assert ran.exit_code == 2, ran.stderr
        [problem] = json.loads(ran.stdout)["problems"]
        assert problem["what"] in ran.stderr
        assert problem["where"]
        assert problem["cure"].endswith("--help")
    assert CliRunner().invoke(cli, [name, *words, "--root", str(place)]).stdout == ""


def test_problems_are_json_with_their_parts(place: Path) -> None:
    (place / "a.bib").write_text("@article{b, year=2020}\n")
    ran = digest(place, "ingest", "bibtex", str(place / "a.bib"), "--json")
    assert ran.returncode == 1
    [problem] = json.loads(ran.stdout)["problems"]
    assert (problem["where"], problem["line"]) == (str(place / "a.bib"), 1)


def test_only_verbose_shows_where_an_error_arose(tmp_path: Path) -> None:
    assert "Traceback" not in digest(tmp_path, "status").stderr
    ran = digest(tmp_path, "status", "-v")
    assert "Traceback" in ran.stderr
    assert ran.stderr.splitlines()[-1].startswith("error: ")
    assert "exclude one another" in digest(tmp_path, "status", "-v", "-q").stderr


def test_verbose_names_what_a_build_wrote(place: Path) -> None:
    assert "written: " in digest(place, "build", "-v").stdout
    assert "written: " not in digest(place, "build").stdout


def test_a_busy_port_is_one_line_with_another_port(place: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        ran = digest(place, "serve", "--port", str(port))
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    [line] = ran.stderr.splitlines()
    assert line.startswith(f"error: localhost:{port}: another program uses this port; give another")


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_what_is_no_port_is_refused(place: Path, port: str) -> None:
    ran = digest(place, "serve", "--port", port)
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False)
