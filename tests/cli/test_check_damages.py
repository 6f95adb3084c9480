"""``digest check`` on damaged files: every kind of file an operator writes, each damaged in every way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from paper_digest.cli.check import check_archive
from paper_digest.cli.new_archive import Answers, new_archive
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import digest

ENTRY = '- id: "arxiv:2501.00001"\n  fix: {title: Looms}\n'

#: Each kind of file that a person writes, and a sound one.
FILES = {
    "archive.yml": "title: Boats\nmonitors:\n  - {name: sails, query: sail}\nfollow: []\n",
    "topics.yml": "- name: boats\n  title: Boats\n  words: [boat]\n",
    "mkdocs.yml": "site_name: Boats\ntheme: {name: material}\nplugins:\n  - paper-digest\n",
    ".github/workflows/ingest.yml": "name: ingest\non: workflow_dispatch\n",
    "archive/overrides/2501.00001.yml": ENTRY,
    "archive/meetings/2026-03-boats.yml": "date: 2026-03-03\ntitle: Do they float?\n",
    "archive/lists/boats.yml": "title: Boats\npapers:\n  - arxiv:2501.00001\n",
    "archive/picks.yml": "- paper: arxiv:2501.00001\n  because: It floats.\n  by: Ada\n  date: 2026-03-03\n",
    "archive/proposals.yml": "- paper: arxiv:2501.00001\n",
    "docs/notes/2501.00001.md": "It floats.\n",
}

#: Damages after which a file cannot be read; only YAML minds the last three.
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "saved in Latin-1": lambda data: data + "# Boote für Müller\n".encode("latin-1"),
    "saved in UTF-16": lambda data: data.decode().encode("utf-16"),
    "an unfinished merge": lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> theirs\n",
    "a control character": lambda data: data + b"# \x01\n",
    "a tab": lambda data: data + b"\tx: 1\n",
    "an open quote": lambda data: data + b'x: "never closed\n',
}
OF_YAML = {"a control character", "a tab", "an open quote"}

#: Words of libraries and of the operating system, which say nothing to a curator.
JARGON = re.compile(
    r"codec|0x|Errno|Is a directory|No such file|Expected|`|token|stream|\[\d+\]|NoneType"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "boats"
    new_archive(root, Answers(title="Boats"))
    Store(root / "archive").write([Paper(id="arxiv:2501.00001", title="Looms", published="2025")])
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def problems_of(root: Path) -> list[Problem]:
    """Check an archive; a file that cannot be used is no reason to raise, and to look at nothing else."""
    return check_archive(root, date(2026, 3, 4))


def assert_named(problems: list[Problem], name: str, *, has_line: bool) -> None:
    """See that one problem names a file, its line where it has one, what is wrong, and a cure."""
    ours = [p for p in problems if p.where.split(":")[0].endswith(name)]
    assert ours, problems
    for problem in ours:
        said = f"{problem.what}; {problem.cure}"
        assert problem.cure, problem
        assert not JARGON.search(said.replace("`digest new`", "")), said
    first = ours[0]
    assert not has_line or first.line or re.search(r":\d+", first.where), first


def test_the_sound_files_are_sound(archive: Path) -> None:
    assert problems_of(archive) == []


@pytest.mark.parametrize("name", FILES)
def test_each_damage_is_named_with_file_line_and_cure(archive: Path, name: str) -> None:
    sound = (archive / name).read_bytes()
    for damage, change in DAMAGES.items():
        if damage in OF_YAML and not name.endswith(".yml"):
            continue
        (archive / name).write_bytes(change(sound))
        assert_named(problems_of(archive), name, has_line=True)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_system_is_read(archive: Path, name: str) -> None:
    sound = (archive / name).read_bytes()
    (archive / name).write_bytes(b"\xef\xbb\xbf" + sound.replace(b"\n", b"\r\n"))
    assert problems_of(archive) == []


@pytest.mark.parametrize("name", FILES)
def test_what_only_has_the_name_of_a_file_is_named(archive: Path, name: str) -> None:
    (archive / name).unlink()
    (archive / name).mkdir()
    assert_named(problems_of(archive), name, has_line=False)
    (archive / name).rmdir()
    (archive / name).symlink_to(archive / "nowhere")
    assert_named(problems_of(archive), name, has_line=False)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("title: Boats\n\nfollow:\n  - source: bibtex\n    urls: [https://a.example/b]\n  - source: arxvi\n", 6),
        ("title: Boats\nfollow:\n  - source: arxiv\n    categorys: [cs.RO]\n", 3),
        ("title: Boats\nfollow:\n  - source: arxiv\n    categories: [cs.R0]\n", 3),
        ("title: Boats\nfollow:\n  - {source: huggingface, topics: [agent]}\n", 3),
        ("title: Boats\nmonitors:\n  - name: sails\n    query: topic:agent sail\n", 4),
    ],
)  # fmt: skip
def test_what_is_wrong_in_an_entry_of_archive_yml_has_its_line(
    archive: Path, settings: str, line: int
) -> None:
    (archive / "archive.yml").write_text(settings, "utf-8")
    [problem] = problems_of(archive)
    assert re.search(rf"archive\.yml:{line}(: |\Z)", problem.where), problem
    assert "did you mean" in problem.cure, problem


def test_an_override_of_no_paper_has_its_file_and_line(archive: Path) -> None:
    path = archive / "archive" / "overrides" / "late.yml"
    path.write_text("# Mistyped.\n- {id: 'arxiv:2501.00010', hide: true}\n", "utf-8")
    [problem] = problems_of(archive)
    assert problem.where.endswith("overrides/late.yml:2")


def test_from_a_folder_of_the_archive_the_way_back_is_named(archive: Path) -> None:
    ran = digest(archive / "docs", "status")
    assert ran.returncode == 2
    assert f"--root {archive}" in ran.stderr
