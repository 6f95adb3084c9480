"""The manual: its reference is what the code says, its commands are commands, its tutorial can be walked."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
import yaml
from manual_pages import MANUAL, PAGES, console_lines
from paper_digest.cli.main import cli
from paper_digest.ingest.follow_filter import split_filters
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paths import ROOT
from temporary_project import digest


def yaml_blocks(text: str) -> list[str]:
    return re.findall(r"(?ms)^```yaml\n(.*?)^```", text)


def parse(words: list[str], command: click.Command, context: click.Context) -> None:
    """Parse a command line as click does, down to the last subcommand; nothing runs."""
    rest = command.make_parser(context).parse_args(args=[*words])[1]
    if isinstance(command, click.Group) and rest:
        _, sub, rest = command.resolve_command(context, rest)
        assert sub
        parse(rest, sub, click.Context(sub, parent=context))


@pytest.mark.parametrize("name", PAGES)
def test_every_command_is_one_with_real_options(name: str) -> None:
    for line in console_lines((MANUAL / name).read_text("utf-8")):
        words = shlex.split(line)
        if words[0] == "digest":
            parse(words[1:], cli, click.Context(cli, info_name="digest"))
        else:
            assert words[0] in {"python3", ".", "pip", "cd", "mkdocs", "git", "export"}, line


def test_the_tutorials_steps_give_a_valid_archive(tmp_path: Path) -> None:
    text = (MANUAL / "tutorial.md").read_text("utf-8")
    [made] = [line for line in console_lines(text) if line.startswith("digest new")]
    program = Path(sys.executable).with_name("digest")
    words = [str(program), *shlex.split(made)[1:]]
    subprocess.run(words, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    archive = tmp_path / "papers"
    follow, topics = yaml_blocks(text)
    settings = (archive / "archive.yml").read_text("utf-8")
    before = settings[settings.index("follow:") : settings.index("# The taxonomy")]
    (archive / "archive.yml").write_text(settings.replace(before, follow), "utf-8")
    (archive / "topics.yml").write_text(topics, "utf-8")
    ran = digest(archive, "check")
    assert (ran.returncode, ran.stderr) == (0, "")
    config = load_config(archive)
    assert "kites" in {topic.name for topic in config.topics}
    assert len(config.follow) == 2


@pytest.mark.parametrize("name", PAGES)
def test_every_example_is_yaml(name: str) -> None:
    for block in yaml_blocks((MANUAL / name).read_text("utf-8")):
        assert yaml.safe_load(block)


@pytest.mark.parametrize("name", PAGES)
def test_every_entry_of_follow_asks_for_something(name: str) -> None:
    day = date(2026, 3, 2)
    for block in yaml_blocks((MANUAL / name).read_text("utf-8")):
        given = yaml.safe_load(block)
        for entry in given.get("follow", ()) if isinstance(given, dict) else ():
            options = {key: value for key, value in entry.items() if key != "source"}
            source = registry().source(entry["source"])
            assert source.requests(split_filters(source, options)[0], day, day)


def command_lines(command: click.Command, name: str) -> Iterator[str]:
    """Describe a command: its words, its help, its options; then its subcommands."""
    context = click.Context(command, info_name=name)
    pieces = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").split()
    yield f"### `{' '.join((name, *pieces))}`\n"
    yield " ".join((command.help or "").split()) + "\n"
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        yield "| Option | What it does |\n| --- | --- |\n" + "".join(
            f"| `{', '.join(o.opts + o.secondary_opts)}` | {o.help} |\n" for o in options
        )
    if isinstance(command, click.Group) and command is not cli:
        yield "With the name of a source (`digest ingest bibtex FILE...`) it reads files of that source.\n"


def reference() -> str:
    """Write the reference page from the code and from the tables that are held against it."""
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    settings = architecture.split("\n## archive.yml\n")[1].split("\n## ")[0].strip()
    readme = (ROOT / "README.md").read_text("utf-8")
    decisions = readme.split("\n## Decide about single papers\n")[1].split("\n## ")[0]
    head = "---\ntitle: Reference\n---\n\n# Reference\n"
    parts = [
        head,
        "## Settings: archive.yml\n",
        settings + "\n",
        "## Topics\n",
        architecture.split("\n## Topics\n")[1].split("\nA paper's topics come from")[0].strip()
        + "\n",
        "## Decide about single papers\n",
        decisions.strip() + "\n",
        "## Commands\n",
        "Exit codes: 0 all well, 1 done but for the problems named, 2 it could not run (then one line says why), 130 stopped with Control-C. `--root DIR` names another folder than the present one. `--json` prints one object, of a command line that is wrong too: what the command found, `lines` for a person, and `problems`, each with `where` and `what`, and with `line` and `cure` where they are known. What a run that asks sources met is one text, in `what`.\n",
    ]
    context = click.Context(cli)
    for name in sorted(cli.list_commands(context)):
        command = cli.get_command(context, name)
        assert command
        parts += command_lines(command, f"digest {name}")
    return "\n".join(parts)


def test_the_reference_is_golden() -> None:
    """``make golden`` writes it anew."""
    page = MANUAL / "reference.md"
    if os.environ.get("UPDATE_GOLDENS"):
        page.write_text(reference(), "utf-8")
    assert page.read_text("utf-8") == reference()


#: What a message says of the manual: the heading, and the page it stands on.
_CITED = re.compile(r"“([^”]+)”(?: and “([^”]+)”)? in the manual(?:, (Reference|How to))?")


def test_what_messages_cite_of_the_manual_stands_there() -> None:
    """An operator has the manual and not this repository's README."""
    pages = {"Reference": "reference.md", "How to": "how-to.md"}
    cited = 0
    for path in sorted((ROOT / "generator" / "paper_digest").rglob("*.py")):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:compare with|see) README", text), path
        assert not re.search(r"\(README\.md\)", text), path
        for first, second, page in _CITED.findall(text):
            assert page, f"{path}: “{first}” on which page of the manual?"
            headings = re.findall(r"(?m)^#+ (.+)$", (MANUAL / pages[page]).read_text("utf-8"))
            for heading in filter(None, (first, second)):
                cited += 1
                assert heading in headings, f"{path} cites “{heading}”, which the manual has not"
    assert cited >= 9
