"""The navigation of mkdocs.yml: what it must name, and how a build leaves the process it ran in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from site_builds import change, command, fast, project_of
from temporary_project import digest

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]

#: Builds in one process, once as it should be and once with a plugin that gives up half-way.
TWO_BUILDS = """
import gc
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
before = gc.get_threshold()
during = []
def stop(*_, **__):
    during.append(gc.get_threshold())
    raise Abort("stopped")
for fails in (False, True):
    config = load_config("mkdocs.yml")
    if fails:
        config.plugins.events["page_context"].append(stop)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort:
        assert fails
    else:
        assert not fails
    assert gc.get_threshold() == before, fails
assert during and during[0] != before
"""


def test_a_navigation_without_the_home_page_is_refused_with_its_cure(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    site = fast(project)
    before = (site / "index.html").read_bytes()
    change(project, "  - Latest: index.md\n", "", "mkdocs.yml")
    build = command(project, "build")
    said, _ = build.communicate()
    assert build.returncode == 1
    assert "nav does not name index.md" in said
    assert "- Latest: index.md" in said
    assert "Traceback" not in said
    assert (site / "index.html").read_bytes() == before


def test_a_build_leaves_pythons_garbage_collector_as_it_was(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    made = subprocess.run(
        [sys.executable, "-c", TWO_BUILDS], cwd=project, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize(
    "setting", ["docs_dir: pages", "site_dir: public", "use_directory_urls: false"]
)
def test_a_frame_that_loses_notes_or_links_is_refused(tmp_path: Path, setting: str) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    (project / "pages").mkdir()
    (project / "pages" / "own.md").write_text("# Ours\n", "utf-8")
    change(project, "plugins:\n", f"{setting}\nplugins:\n", "mkdocs.yml")
    build = command(project, "build")
    said, _ = build.communicate()
    assert build.returncode == 1
    assert f": {setting.partition(':')[0]} " in said
    assert "Traceback" not in said
    assert not (project / "site").exists()
    assert not (project / "public").exists()
    for words in (("build",), ("serve", "--port", "8765")):
        refused = digest(project, *words)
        assert refused.returncode == 2
        assert f": {setting.partition(':')[0]} " in refused.stderr
    assert not (project / "docs" / "papers").exists()
