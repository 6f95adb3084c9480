"""The documents tell the truth: commands, settings, dependencies and modules as they are."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import click
import msgspec
import pytest
from msgspec import inspect
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from paper_digest.cli.main import cli
from paper_digest.settings.config import NUMBER_BOUNDS, Config
from paper_digest.settings.monitors import Monitor
from paper_digest.settings.services import (
    MAX_MEETING_DAYS,
    MAX_PAPERS_PER_MAIL,
    Analytics,
    Comments,
    Mail,
)
from paper_digest.settings.summaries import NUMBER_BOUNDS as SUMMARY_BOUNDS
from paper_digest.settings.summaries import Summaries
from paper_digest.settings.taxonomy import TopicChange


def commands(group: click.Group, before: str = "digest") -> list[tuple[str, click.Command]]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        found.append((f"{before} {name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{before} {name}")
    return found


@pytest.mark.parametrize(("name", "command"), commands(cli))
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help, name
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


@pytest.mark.parametrize("name", [name for name, _ in commands(cli)])
def test_every_command_stands_in_the_readme(name: str, root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    if name.startswith("digest ingest "):
        assert f"| `{name.removeprefix('digest ingest ')}` |" in readme
    else:
        assert f"`{name}" in readme


SETTINGS: dict[str, type[msgspec.Struct]] = {
    "Setting": Config,
    "In `monitors`": Monitor,
    "In `summaries`": Summaries,
    "In `mail`": Mail,
    "In `comments`": Comments,
    "In `analytics`": Analytics,
    "In a topic": TopicChange,
}
BOUNDS = (
    NUMBER_BOUNDS
    | SUMMARY_BOUNDS
    | {"port": (1, 65535), "limit": (1, MAX_PAPERS_PER_MAIL), "meeting_days": (0, MAX_MEETING_DAYS)}
)
#: What is read otherwise than its type says.
READ_OTHERWISE = {
    ("topics", "Setting"): ["`default`, `none` or a list", "`default`"],
    ("labels", "In `summaries`"): ["four texts", "`Claim`, `How`, `How well`, `Not shown`"],
    ("options", "In `summaries`"): ["parameters by name", "none"],
    ("content_signals", "Setting"): ["yes or no by use", "none"],
    ("csp", "Setting"): ["sources by directive, or `off`", "none"],
}


SIMPLE_LABELS = {
    inspect.StrType: "text",
    inspect.BoolType: "yes or no",
    inspect.VarTupleType: "list",
    inspect.TupleType: "list",
    inspect.StructType: "group",
    inspect.DictType: "names by name",
}


def type_label(info: inspect.Type, name: str) -> str:
    """Write a type as the tables do."""
    match info:
        case inspect.IntType() | inspect.FloatType():
            least, greatest = BOUNDS[name]
            return f"{least:,} to {greatest:,}"
        case inspect.LiteralType(values):
            *others, last = [f"`{value}`" for value in values]
            return f"{', '.join(others)} or {last}" if others else last
        case inspect.UnionType(types):
            labels = [
                type_label(choice, name)
                for choice in types
                if not isinstance(choice, inspect.NoneType) and not is_unset(choice)
            ]
            return (", or " if "`" in labels[-1] else " or ").join(labels)
    return SIMPLE_LABELS[type(info)]


def is_unset(info: inspect.Type) -> bool:
    return isinstance(info, inspect.CustomType) and info.cls is msgspec.UnsetType


def default_label(field: inspect.Field) -> str:
    if field.required:
        return "required"
    if isinstance(field.type, inspect.DictType):
        return "none"
    if field.default is msgspec.UNSET or field.default is msgspec.NODEFAULT:
        return "unchanged"
    match field.default:
        case "" | None | ():
            return "none"
        case False:
            return "no"
    return f"`{field.default}`"


@pytest.mark.parametrize("heading", SETTINGS)
def test_the_tables_of_settings_are_those_of_the_code(heading: str, root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    table = text.split(f"| {heading} | Type | Default | Meaning |\n")[1].split("\n\n")[0]
    rows = {row.split(" | ")[0]: row.split(" | ") for row in table.splitlines()[1:]}
    kind = inspect.type_info(SETTINGS[heading])
    assert isinstance(kind, inspect.StructType)
    assert list(rows) == [f"| `{field.encode_name}`" for field in kind.fields]
    for field in kind.fields:
        _, *labels, meaning = rows[f"| `{field.encode_name}`"]
        derived = [type_label(field.type, field.encode_name), default_label(field)]
        assert labels == READ_OTHERWISE.get((field.encode_name, heading), derived)
        assert len(meaning) > len("text |")


def test_every_dependency_has_its_reason(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    table = text.split("## Dependencies")[1].split("\n## ")[0]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in project["dependencies"]:
        name = re.match(r"[\w-]+", requirement)
        assert name
        assert name[0] in table, f"{name[0]} has no reason"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_the_locks_hold_what_the_project_asks_for(lock: str, root: Path) -> None:
    """Every requirement is locked at an allowed version; ``make lock`` writes the locks anew."""
    lines = (root / lock).read_text("utf-8").splitlines()
    locked = defaultdict(set)
    for line in lines:
        if match := re.match(r"([\w.-]+)==([^ ;]+)", line):
            locked[canonicalize_name(match[1])].add(match[2])
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = list(project["dependencies"])
    if lock == "requirements-test.txt":
        wanted += project["optional-dependencies"]["test"]
    for requirement in map(Requirement, wanted):
        versions = locked[canonicalize_name(requirement.name)]
        assert versions, f"{requirement} is not locked: run make lock"
        assert all(v in requirement.specifier for v in versions), f"{requirement}: {versions}"
    assert sum("--hash=sha256:" in line for line in lines) >= len(locked)


#: What an archive has, or a build makes: not in the repository, or not always.
MADE_LATER = re.compile(
    r"(?:docs|archive|papers|overrides|runs|site|theme|shared|node_modules|\.cache)/|tests/data/NAME/|topics\.yml|\.paper-digest\.json|program\.txt|wheels/|zensical\.yml|main\.html|zensical-theme/|.*\*"
)


@pytest.mark.parametrize(
    "name",
    ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "generator/paper_digest/search/README.md"],
)  # fmt: skip
def test_every_file_that_a_document_names_is_there(name: str, root: Path) -> None:
    package = root / "generator" / "paper_digest"
    scripts = {path.name for path in package.rglob("*.js")}
    text = (root / name).read_text("utf-8")
    for word in set(re.findall(r"`([\w./*-]+(?:\.(?:py|js|html|css|json|yml|toml|ts)|/))`", text)):
        if MADE_LATER.match(word) or word in scripts:
            continue
        places = (root, package, (root / name).parent)
        assert any((place / word).exists() for place in places), f"{name} names {word}"


def test_every_test_that_the_threat_model_names_is_there(root: Path) -> None:
    named = set(re.findall(r"`(test_\w+)`", (root / "SECURITY.md").read_text("utf-8")))
    source = "\n".join(path.read_text("utf-8") for path in (root / "tests").rglob("test_*.py"))
    assert len(named) > 20
    assert named <= set(re.findall(r"^def (test_\w+)\(", source, re.MULTILINE))


def test_no_module_is_longer_than_two_hundred_and_fifty_lines(root: Path) -> None:
    long = {
        str(path.relative_to(root)): count
        for path in (root / "generator").rglob("*")
        if path.suffix in {".py", ".js", ".css"}
        and (count := len(path.read_text("utf-8").splitlines())) > 250
    }
    assert long == {}


def test_every_module_says_what_it_does_in_one_sentence(root: Path) -> None:
    for path in (root / "generator").rglob("*.py"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert re.match(r'r?""".+[.:;,]?', first), path
