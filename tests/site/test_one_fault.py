"""Any one broken thing costs the site that thing and nothing else, under ``--strict`` too."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from site_builds import change, command, fast, files, project_of

pytestmark = pytest.mark.site

CONFLICT = b"<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"
#: Papers of the sample that a fault may strike.
PAPERS = ("1706.03762", "1707.06347", "1412.6980")

#: Breaks one thing about a paper; returns the file at fault.
Break = Callable[[Path, str, random.Random], str]


def record(project: Path, name: str) -> Path:
    [path] = (project / "archive" / "papers").glob(f"*/{name}.md")
    return path


def edited_record(edit: Callable[[bytes, random.Random], bytes]) -> Break:
    def break_it(project: Path, name: str, chance: random.Random) -> str:
        path = record(project, name)
        path.write_bytes(edit(path.read_bytes(), chance))
        return path.relative_to(project).as_posix()

    return break_it


def written(path: str, data: bytes) -> Break:
    def break_it(project: Path, name: str, _: random.Random) -> str:
        target = project / path.format(name=name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.replace(b"NAME", name.encode()))
        return target.relative_to(project).as_posix()

    return break_it


def _conflict_within(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = chance.randrange(1, len(lines) + 1)
    return b"".join((*lines[:at], CONFLICT, *lines[at:]))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, data.index(b"\n---\n"))]


RECORD_FAULTS: dict[str, Break] = {
    "a conflict in a record": edited_record(_conflict_within),
    "a conflict in an abstract": edited_record(lambda data, _: data + CONFLICT),
    "half a record": edited_record(_cut),
    "an empty record": edited_record(lambda _, __: b""),
    "a record that is no UTF-8": edited_record(lambda data, _: data + b"\xff\n"),
    "an unknown field": edited_record(lambda data, _: data.replace(b"---\n", b"---\nodd: 1\n", 1)),
    "a date that is none": edited_record(
        lambda data, _: re.sub(rb"(?m)^published: .*$", b'published: "soon"', data)
    ),
    "an id of no kind": edited_record(
        lambda data, _: re.sub(rb"(?m)^id: .*$", b'id: "odd:1"', data)
    ),
}
OTHER_FAULTS: dict[str, Break] = {
    "a conflict in a note": written("docs/notes/{name}.md", CONFLICT),
    "a note that is no UTF-8": written("docs/notes/{name}.md", b"\xff"),
    "a note about no paper": written("docs/notes/2001.00001.md", b"Whose?"),
    "a conflict in overrides": written("archive/overrides/a.yml", CONFLICT),
    "overrides that are no YAML": written("archive/overrides/a.yml", b"- id: [\n"),
    "an override of an unknown field": written(
        "archive/overrides/a.yml", b"- {id: 'arxiv:NAME', odd: 1}\n"
    ),
    "a conflict in the log of runs": written("archive/runs/2025-11.jsonl", CONFLICT[:13]),
    "a line that is no run": written("archive/runs/2025-11.jsonl", b"{}\n"),
    "a conflict in a page": written("docs/more.md", CONFLICT),
    "a page that is no UTF-8": written("docs/more.md", b"\xff"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = project_of(tmp_path_factory.mktemp("sound") / "project", "1[47]*/*.md")
    change(project, "[a paper](papers/1706.03762.md), ", "", "docs/about.md")
    fast(project)
    return project


def broken(project: Path, break_it: Break, seed: str) -> dict[str, bytes]:
    """Break a project, build it strictly, and hold what is said against the fault."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    place = break_it(project, chance.choice(PAPERS), chance)
    for _ in range(2):  # a fault is named until it is mended
        said, _ = (building := command(project, "build", "--strict")).communicate()
        assert building.returncode == 1, said
        assert "Traceback" not in said, said
        [line] = [line for line in said.splitlines() if line.startswith("ERROR")]
        assert place in line
    site = files(project / "site")
    status = site["status/index.html"].decode()
    assert place in re.sub(r"&#58;", ":", status)
    return site


@pytest.mark.parametrize("kind", RECORD_FAULTS)
def test_a_broken_record_costs_its_paper_alone(sound: Path, tmp_path: Path, kind: str) -> None:
    project = shutil.copytree(sound, tmp_path / "broken", symlinks=True)
    site = broken(project, RECORD_FAULTS[kind], kind)
    for name in PAPERS:  # the paper that was struck
        if f"papers/{name}/index.html" not in site:
            record(project, name).unlink()
    without = files(fast(project))
    differing = {
        path for path in site.keys() | without.keys() if site.get(path) != without.get(path)
    }
    assert differing == {"status/index.html"}


@pytest.mark.parametrize("kind", OTHER_FAULTS)
def test_another_fault_costs_no_page(sound: Path, tmp_path: Path, kind: str) -> None:
    project = shutil.copytree(sound, tmp_path / "broken", symlinks=True)
    before = files(sound / "site")
    site = broken(project, OTHER_FAULTS[kind], kind)
    assert {p for p in site.keys() | before.keys() if site.get(p) != before.get(p)} == {
        "status/index.html"
    }


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_byte_order_marks_and_line_ends_change_nothing(
    sound: Path, tmp_path: Path, mark: bytes, end: bytes
) -> None:
    project = shutil.copytree(sound, tmp_path / "edited", symlinks=True)
    for name in PAPERS:
        path = record(project, name)
        path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    assert files(fast(project)) == files(sound / "site")
