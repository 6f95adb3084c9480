"""Whether a note is about a paper is the same to `digest check` and to a build, whatever became of the paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from paper_digest.builder.site_build import build_docs
from paper_digest.cli.check import check_archive
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from temporary_project import new_project

PAPER = Paper(id="doi:10.1000/a", title="Kites", aliases=("arxiv:2603.00001",))


@pytest.mark.parametrize("record", ["a record", "no record"])
@pytest.mark.parametrize("decision", ["", "hide: true", "removed: true"])
@pytest.mark.parametrize("note", ["present", "former"])
def test_a_note_is_named_where_no_record_is_there(
    tmp_path: Path, note: str, decision: str, record: str
) -> None:
    project = new_project(tmp_path / "project")
    store = Store(project / "archive")
    store.write([PAPER, Paper(id="arxiv:2603.00002", title="Looms")])
    slug = store.path(PAPER.id).stem if note == "present" else "2603.00001"
    if record == "no record":
        store.delete({PAPER.id})
    if decision:
        path = project / "archive" / "overrides" / "a.yml"
        path.parent.mkdir()
        path.write_text(f"- id: {PAPER.id}\n  {decision}\n")
    (project / "docs" / "notes").mkdir()
    (project / "docs" / "notes" / f"{slug}.md").write_text("A note.\n")
    said = [
        check_archive(project, date(2026, 3, 5)),
        build_docs(project, load_config(project), tmp_path / "theme").problems,
    ]
    for problems in said:
        named = [one for one in problems if "is about no paper of the archive" in one.what]
        assert len(named) == (record == "no record")
