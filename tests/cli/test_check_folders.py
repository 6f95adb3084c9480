"""A folder that cannot be read is a finding of ``digest check``; it hides no other fault, and nothing takes it for empty."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from paper_digest.cli.check import check_archive
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import new_project
from without_rights import PREFIX, digest_heeding_rights

FOLDERS = (
    "archive", "archive/papers", "archive/papers/2503", "archive/runs", "archive/changes",
    "archive/overrides", "archive/lists", "archive/meetings", "archive/volumes", "docs",
    "docs/notes", "theme", ".github/workflows",
)  # fmt: skip
_OTHER = "archive/papers/2504/2504.00001.md"


def _replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        shutil.rmtree(path)
        make(path)

    return replace


DAMAGES: dict[str, Callable[[Path], None]] = {
    "is a file": _replaced(lambda path: path.write_bytes(b"")),
    "is a dead link": _replaced(lambda path: path.symlink_to("nowhere")),
    "is a link to itself": _replaced(lambda path: path.symlink_to(path.name)),
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """Give an archive with every folder, a broken record and a follow entry that is wrong."""
    root = new_project(tmp_path / "project")
    Store(root / "archive").write(
        [
            Paper(id=f"arxiv:{month}.0000{n}", title="A loom")
            for month in (2503, 2504)
            for n in (1, 2)
        ]
    )
    (root / _OTHER).write_text("broken")
    with (root / "archive.yml").open("a", encoding="utf-8") as file:
        file.write("follow:\n- source: arxiv\n  categories: [cs.NONE]\n")
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True, exist_ok=True)
    yield root
    for folder in FOLDERS:
        if (root / folder).is_dir():
            (root / folder).chmod(0o755)


def _see(project: Path, folder: str, problems: list[Problem]) -> None:
    """See that problems name a folder, the settings and the broken record."""
    places = [one.where for one in problems]
    assert not any("Errno" in str(one) for one in problems)
    assert any(place.startswith(str(project / folder)) for place in places), places
    assert any("archive.yml" in place for place in places), places
    if folder not in _OTHER:
        assert f"{project / _OTHER}:1" in places


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_it_is_named_and_the_rest_is_looked_at(project: Path, folder: str, damage: str) -> None:
    DAMAGES[damage](project / folder)
    _see(project, folder, check_archive(project, date(2026, 3, 5)))


@pytest.mark.skipif(PREFIX is None, reason="root may read everything, and setpriv is not there")
@pytest.mark.parametrize("folder", FOLDERS)
def test_one_that_may_not_be_read_is_named(project: Path, folder: str) -> None:
    (project / folder).chmod(0)
    done = digest_heeding_rights(project, "check", "--json")
    assert done.returncode == 1, done.stderr
    problems = json.loads(done.stdout)["problems"]
    _see(project, folder, [msgspec.convert(one, Problem) for one in problems])


@pytest.mark.skipif(PREFIX is None, reason="root may read everything, and setpriv is not there")
@pytest.mark.parametrize("command", ["topics", "status", "review", "explain"])
def test_no_command_takes_an_unreadable_folder_of_papers_for_an_empty_one(
    project: Path, command: str
) -> None:
    words = [command, "2503.00001"] if command == "explain" else [command]
    (project / "archive/papers/2503").chmod(0)
    done = digest_heeding_rights(project, *words)
    assert done.returncode
    assert str(project / "archive/papers/2503") in done.stderr
    assert "Errno" not in done.stderr
