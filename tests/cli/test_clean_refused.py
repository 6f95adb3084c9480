"""What ``digest clean`` may not delete is named with its folder, and what it may is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.incremental.swap import delete_folder
from temporary_project import new_project
from without_rights import PREFIX, digest_heeding_rights


@pytest.mark.skipif(PREFIX is None, reason="needs a user whom rights bind, or setpriv")
@pytest.mark.parametrize("folder", ["site", "site/papers/1"])
def test_a_file_that_may_not_be_deleted_is_named_whole(tmp_path: Path, folder: str) -> None:
    project = new_project(tmp_path / "project")
    (project / folder).mkdir(parents=True)
    (project / folder / "index.html").write_text("x")
    (project / folder).chmod(0o555)
    ran = digest_heeding_rights(project, "clean")
    (project / folder).chmod(0o755)
    assert ran.returncode == 2
    assert f"{project / folder / 'index.html'}: you may not" in ran.stderr


def test_a_folder_goes_with_its_links_and_not_with_what_they_lead_to(tmp_path: Path) -> None:
    behind, site = tmp_path / "behind", tmp_path / "site"
    (behind / "deep").mkdir(parents=True)
    (behind / "deep/page").write_text("x")
    (site / "a/b").mkdir(parents=True)
    (site / "a/b/page").write_text("x")
    (site / "a/out").symlink_to(behind)
    (site / "a/dead").symlink_to("nowhere")
    delete_folder(site)
    delete_folder(site)
    assert not site.exists()
    assert (behind / "deep/page").read_text() == "x"
    site.symlink_to(behind)
    delete_folder(site)
    assert site.is_symlink()
    assert [*behind.iterdir()] == []
