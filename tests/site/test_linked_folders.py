"""An archive may lie on several disks: what changes behind a link is built as what changes anywhere."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from site_builds import change, edit_template, fast, note, project_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]

#: Folders that a build reads, and a file of each; the last is a folder in a folder of papers.
LINKED = ("archive/overrides", "docs/notes", "theme/partials", "archive/papers/1706")
#: What stands in a file of each, what is written in its place, and where the site shows it.
CHANGES = {
    "archive/overrides/fixes.yml": ("Needed", "Enough", "papers/1706.03762/index.html"),
    "docs/notes/1412.6980.md": ("Slowly", "Quickly", "papers/1412.6980/index.html"),
    "theme/partials/footer.html": ('id="foot"', 'id="foot-end"', "index.html"),
    "archive/papers/1706/1706.03762.md": (
        "Transformer",
        "Converter",
        "papers/1706.03762/index.html",
    ),
}


def test_what_changes_behind_a_link_is_built(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "1[47]*/*[0-46-9].md")
    note(project, "1412.6980", "Slowly.\n")
    edit_template(project)
    (project / "archive" / "overrides").mkdir(exist_ok=True)
    (project / "archive" / "overrides" / "fixes.yml").write_text(
        "- id: arxiv:1706.03762\n  fix: {title: All That Is Needed}\n", "utf-8"
    )
    for number, name in enumerate(LINKED):
        target = tmp_path / f"disk-{number}"
        shutil.move(project / name, target)
        (project / name).symlink_to(target)
    time.sleep(2.1)  # from then on the times of files are trusted
    fast(project)
    page = fast(project) / "papers/1706.03762/index.html"
    assert "All That Is Needed" in page.read_text("utf-8")
    for name, (old, new, shown) in CHANGES.items():
        change(project, old, new, name)
        assert new in (fast(project) / shown).read_text("utf-8"), name
