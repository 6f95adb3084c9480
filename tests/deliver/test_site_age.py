"""A site that shows an older archive is not kept as its snapshot, and building it again is enough."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import build_site, digest, new_project

pytestmark = pytest.mark.site

IDS = [f"arxiv:{year:02}01.0000{number}" for year in (1, 2, 3) for number in (1, 2)]


def _papers() -> list[Paper]:
    return [
        Paper(id=one, title=f"Weaving loom {one[-7:]}", published=f"20{one[6:8]}-01-02")
        for one in IDS
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of six papers with its site."""
    root = new_project(tmp_path_factory.mktemp("age") / "project")
    Store(root / "archive").write(_papers())
    _file(root, "docs/own.md", "# Our looms\n")
    build_site(root)
    return root


def _file(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def _settings(root: Path, before: str, after: str) -> None:
    text = (root / "archive.yml").read_text("utf-8")
    assert before in text
    (root / "archive.yml").write_text(text.replace(before, after), "utf-8")


def _command(*words: str) -> Callable[[Path], object]:
    def run(root: Path) -> None:
        done = digest(root, *words)
        assert done.returncode == 0, done.stderr

    return run


CHANGES: dict[str, Callable[[Path], object]] = {
    "a volume is closed": _command("volumes", "--close", "2001", "--until", "2001"),
    "a record is gone": lambda root: Store(root / "archive").delete(IDS[:1]),
    "a record is new": lambda root: Store(root / "archive").write(
        [Paper(id="arxiv:0401.00001", title="A new loom")]
    ),
    "a record is corrected": lambda root: Store(root / "archive").write(
        [msgspec.structs.replace(_papers()[0], title="Another loom")]
    ),
    "a paper is hidden": _command("hide", IDS[0]),
    "a paper is pinned": _command("pin", IDS[0]),
    "a pick is made": _command("pick", IDS[0], "--because", "It weaves.", "--by", "Ada"),
    "the title is another": lambda root: _settings(root, "title: ", "title: New "),
    "a topic is new": lambda root: (root / "topics.yml").write_text(
        "- {name: looms, title: Looms, words: [loom]}\n"
    ),
    "a page is new": lambda root: _file(root, "docs/visit.md", "# Visit us\n"),
    "a page is new in a folder of an odd name": lambda root: _file(root, "docs/a[1]/x.md", "# X\n"),
    "a page is another": lambda root: _file(root, "docs/about.md", "# About looms\n"),
    "a page is gone": lambda root: (root / "docs" / "own.md").unlink(),
    "a picture is another": lambda root: _file(root, "docs/pictures/loom.svg", "<svg/>"),
    "a note is new": lambda root: _file(root, "docs/notes/0101.00001.md", "It weaves.\n"),
    "a template is another": lambda root: _file(root, "theme/partials/footer.html", "<footer/>"),
    "a style is another": lambda root: _file(root, "theme/own.css", "a {color: red}"),
    "the navigation is another": lambda root: _file(
        root, "mkdocs.yml", (root / "mkdocs.yml").read_text("utf-8") + "copyright: Ada\n"
    ),
}


def _touch(root: Path) -> None:
    for path in (root / "archive").rglob("*.md"):
        os.utime(path, (0, time.time() - 100))


NO_CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "only times": _touch,
    "a comment": lambda root: _settings(root, "title: ", "# a comment\ntitle: "),
    "pages for another engine": _command("build"),
    "an editor's hidden file": lambda root: _file(root, "docs/.own.md.swp", "x"),
    "a check": _command("check"),
    "a review of topics": _command("topics"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_site_older_than_its_archive_is_no_snapshot_until_it_is_built(
    built: Path, tmp_path: Path, name: str
) -> None:
    root = shutil.copytree(built, tmp_path / "project", symlinks=True)
    build_site(root)  # a copied site has other times
    CHANGES[name](root)
    assert json.loads(digest(root, "status", "--json").stdout)["is_outdated"]
    refused = digest(root, "snapshot", "--output", str(tmp_path / "a.zip"))
    assert refused.returncode == 2
    assert "older than the archive" in refused.stderr
    assert not (tmp_path / "a.zip").exists()
    build_site(root)
    made = digest(root, "snapshot", "--output", str(tmp_path / "a.zip"))
    assert made.returncode == 0, made.stderr


def test_an_older_site_is_published_and_said_to_be_older(built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "project", symlinks=True)
    build_site(root)
    CHANGES["a record is corrected"](root)
    assert "No record is newer than the last build.\n" not in digest(root, "status").stdout
    published = digest(root, "publish", str(tmp_path / "web"))
    assert published.returncode == 0
    assert "older than the archive" in published.stderr
    build_site(root)
    assert not json.loads(digest(root, "status", "--json").stdout)["is_outdated"]
    assert digest(root, "publish", str(tmp_path / "web")).stderr == ""


@pytest.mark.parametrize("name", NO_CHANGES)
def test_what_no_page_shows_makes_no_site_old(built: Path, tmp_path: Path, name: str) -> None:
    root = shutil.copytree(built, tmp_path / "project", symlinks=True)
    build_site(root)
    NO_CHANGES[name](root)
    assert not json.loads(digest(root, "status", "--json").stdout)["is_outdated"]
    made = digest(root, "snapshot", "--output", str(tmp_path / "a.zip"))
    assert made.returncode == 0, made.stderr
