"""No build takes a folder whose disk is not there for an empty one, and names of files need not be UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_digest.builder.site_build import build_docs
from paper_digest.model.errors import DigestError
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from temporary_project import digest, new_project

#: What people write for a site lies in these; papers are hidden in the first.
FOLDERS = (
    "archive/overrides", "archive/lists", "archive/meetings", "archive/volumes", "archive/changes",
    "docs/notes", "theme",
)  # fmt: skip

DAMAGES: dict[str, Callable[[Path], object]] = {
    "a file stands where a folder should be": lambda path: path.write_bytes(b""),
    "is a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    "links lead from one to the next in a circle": lambda path: path.symlink_to(path.name),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = new_project(tmp_path / "project")
    Store(root / "archive").write([Paper(id="arxiv:2503.00001", title="A loom")])
    return root


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_build_names_it_once(project: Path, folder: str, damage: str) -> None:
    DAMAGES[damage](project / folder)
    try:
        said = [str(one) for one in build_docs(project, load_config(project)).problems]
    except DigestError as error:
        said = [str(error).replace(f"{project}/", "")]
    assert len(said) == 1
    assert said[0].startswith(f"{folder}: {damage}; m")


@pytest.mark.parametrize("damage", [*DAMAGES][1:])
def test_where_decisions_may_be_no_site_is_made(project: Path, damage: str) -> None:
    """Papers that they hide would be in it."""
    DAMAGES[damage](project / "archive/overrides")
    with pytest.raises(DigestError, match=damage):
        build_docs(project, load_config(project))
    assert not (project / "docs/papers").exists()


@pytest.mark.site
def test_names_that_are_not_utf8_end_nothing(project: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    for folder in FOLDERS:
        for ending in (".md", ".yml", ".jsonl", "/a.md"):
            path = project / folder / (name + ending)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"- x: 1\n")
    mkdocs = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict"]
    said = []
    for _ in range(2):  # the second reads what the first noted
        done = subprocess.run(mkdocs, cwd=project, capture_output=True, check=False)
        said.append(done.stderr.decode())
        assert done.returncode == 1
        assert "Traceback" not in said[-1]
    first, second = ([x for x in one.splitlines() if "ERROR" in x] for one in said)
    assert first == second
    assert any("docs/notes/caf\ufffd/a.md" in line for line in first)
    shown = digest(project, "status")
    assert shown.returncode == 1  # one of them is in the place of overrides, and hides nothing
    assert "Traceback" not in shown.stderr
    assert "problem: " in shown.stderr
