"""The folders that volumes are built in: made, and deleted without what they lead to."""

from __future__ import annotations

from pathlib import Path

from paper_digest.deliver.volume_sites import (
    SITES_FOLDER,
    delete_volume_projects,
    make_volume_project,
)
from paper_digest.settings.config import load_config
from paper_digest.store.volume_lists import Volume


def _project(root: Path) -> Path:
    (root / "archive.yml").write_text("title: Looms\n", "utf-8")
    for name in ("archive/papers", "docs"):
        (root / name).mkdir(parents=True)
    (root / "archive/papers/a.md").write_text("a", "utf-8")
    for name in ("2024", "2025"):
        place = make_volume_project(root, Volume(name, ()), load_config(root))
        (place / "site").mkdir()
        (place / "site/index.html").write_text(name, "utf-8")
    return root


def test_cleaning_deletes_the_sites_of_volumes_and_no_record(tmp_path: Path) -> None:
    root = _project(tmp_path)
    delete_volume_projects(root)
    assert not (root / SITES_FOLDER).exists()
    assert (root / "archive/papers/a.md").read_text("utf-8") == "a"
    delete_volume_projects(root)


def test_what_somebody_put_beside_the_volumes_stays(tmp_path: Path) -> None:
    root = _project(tmp_path)
    theirs = root / SITES_FOLDER / "mine" / "notes.txt"
    theirs.parent.mkdir()
    theirs.write_text("mine", "utf-8")
    delete_volume_projects(root)
    assert [path.name for path in (root / SITES_FOLDER).iterdir()] == ["mine"]
    assert theirs.exists()
