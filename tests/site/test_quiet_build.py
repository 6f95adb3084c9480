"""What is wrong is named by a quiet build as by any other, and by the builds after it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import new_project

#: Files of a project, each with one link that leads nowhere, and the line of that.
FILES = {
    "docs/notes/2603.00001.md": ("A note.\n\nSee [that](../papers/none-a.md).\n", 3),
    "archive/lists/kites.yml": (
        "title: Kites\nabout: See [that](../papers/none-b.md).\npapers: ['arxiv:2603.00001']\n",
        2,
    ),
}


def faults(project: Path, *options: str) -> tuple[int, list[str]]:
    """Build the site; returns the exit code, and what it named."""
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", *options]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ran = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    lines = [line for line in ran.stderr.splitlines() if "which is no page" in line]
    return ran.returncode, [line.partition("  ")[2].strip(" -") for line in lines]


@pytest.mark.site
@pytest.mark.parametrize("first", [[], ["--quiet"], ["--verbose"], ["--quiet", "--strict"]])
def test_dead_links_of_what_an_operator_writes_are_named(tmp_path: Path, first: list[str]) -> None:
    project = new_project(tmp_path / "project")
    Store(project / "archive").write([Paper(id="arxiv:2603.00001", title="Kites")])
    for name, (text, _) in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    for options in (first, [], ["--quiet"]):
        code, named = faults(project, *options)
        assert code == 1
        for name, (_, line) in FILES.items():
            assert any(f"{name}:{line}: links to" in one for one in named), (name, named)
        assert len(named) == len(FILES)
