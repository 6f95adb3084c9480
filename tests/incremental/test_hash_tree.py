"""The hash of a folder of templates, or of the program: of all that counts there, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.incremental.hashing import hash_tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("main.html", "partials/footer.html", "partials/deep/row.html"):
        path = tmp_path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    (tmp_path / "theme" / "site.css").write_text("a {}", "utf-8")
    return tmp_path / "theme"


@pytest.mark.parametrize("name", ["main.html", "partials/deep/row.html", "partials/new.html"])
def test_what_a_file_says_counts(folder: Path, name: str) -> None:
    before = hash_tree(folder, "*.html")
    assert hash_tree(folder, "*.html") == before
    (folder / name).write_text("other", "utf-8")
    assert hash_tree(folder, "*.html") != before


def test_where_a_file_lies_counts(folder: Path) -> None:
    before = hash_tree(folder, "*.html")
    (folder / "main.html").rename(folder / "partials" / "main.html")
    assert hash_tree(folder, "*.html") != before


@pytest.mark.parametrize(
    "name", ["site.css", ".main.html", ".git/main.html", "__pycache__/main.html", "empty/"]
)
def test_what_is_no_part_of_it_does_not_count(folder: Path, name: str) -> None:
    before = hash_tree(folder, "*.html")
    path = folder / name
    if name.endswith("/"):
        path.mkdir()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text("other", "utf-8")
    assert hash_tree(folder, "*.html") == before


def test_links_are_followed_and_lead_nobody_in_a_circle(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "list.html").write_text("list", "utf-8")
    before = hash_tree(folder, "*.html")
    (folder / "gone.html").symlink_to(tmp_path / "nowhere")
    (folder / "around").symlink_to(folder)
    assert hash_tree(folder, "*.html") == before
    (folder / "linked").symlink_to(elsewhere)
    linked = hash_tree(folder, "*.html")
    assert linked != before
    (elsewhere / "list.html").write_text("other", "utf-8")
    assert hash_tree(folder, "*.html") != linked
    assert hash_tree(tmp_path / "nowhere", "*.html") == hash_tree(elsewhere, "*.css")
