"""What a build writes under docs/ is its own to ignore and to delete, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from paper_digest.builder.generated import (
    delete_generated,
    gitignore_files,
    handwritten_pages,
    is_generated,
    write_generated,
)
from paper_digest.builder.site_build import build_docs
from paper_digest.builder.written_docs import GITIGNORE, WRITTEN_LIST
from paper_digest.model.paper import Paper
from paper_digest.render import exports
from paper_digest.render.generated_paths import generated_paths
from paper_digest.render.pages import page_kinds
from paper_digest.settings.config import Config
from paper_digest.store.files import Store


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def by_hand(root: Path) -> dict[str, bytes]:
    """Write what people write under docs/, and a paper; returns the former."""
    for name in ("about.md", "guides/index.md", "notes/2501.00001.md", "assets/logo.svg"):
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("By hand.\n", "utf-8")
    Store(root / "archive").write([Paper(id="arxiv:2501.00001", title="Looms", published="2025")])
    return contents(root / "docs")


def test_everything_a_build_writes_is_generated_and_goes_again(tmp_path: Path) -> None:
    before = by_hand(tmp_path)
    build_docs(tmp_path, Config(title="T", url="https://looms.example/"))
    written = contents(tmp_path / "docs").keys() - before.keys()
    assert {"index.md", "papers/2501.00001.md", "dates/2025.md", GITIGNORE} <= written
    assert {path for path in written if not is_generated(path)} == {
        GITIGNORE,
        WRITTEN_LIST,
        "api.md",
    }
    assert "/api.md" in (tmp_path / "docs" / GITIGNORE).read_text("utf-8").splitlines()
    assert handwritten_pages(tmp_path / "docs") == ("about.md", "guides/index.md")
    assert {*delete_generated(tmp_path / "docs"), WRITTEN_LIST} == written
    assert contents(tmp_path / "docs") == before


#: A paper's page, the home page, and what no build writes, each where builds write.
MISPLACED = ("index.md", "meetings/tea.md", "papers/2501.00001.md", "papers/own.md")


def test_what_a_person_put_where_builds_write_is_named_and_stays(tmp_path: Path) -> None:
    by_hand(tmp_path)
    for name in MISPLACED:
        path = tmp_path / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("By hand.\n", "utf-8")
    for _ in range(2):
        problems = build_docs(tmp_path, Config(title="T")).problems
        said = [one.where for one in problems if "lies where builds write" in one.what]
        assert sorted(said) == sorted(f"docs/{name}" for name in MISPLACED)
    (tmp_path / "docs" / "papers" / "own.md").rename(tmp_path / "docs" / "own.md")
    (tmp_path / "docs" / "index.md").unlink()
    assert len(build_docs(tmp_path, Config(title="T")).problems) == 2
    assert "By hand" not in (tmp_path / "docs" / "index.md").read_text("utf-8")
    delete_generated(tmp_path / "docs")
    left = {path for path, data in contents(tmp_path / "docs").items() if data == b"By hand.\n"}
    assert {"own.md", "meetings/tea.md", "papers/2501.00001.md"} <= left
    assert not (tmp_path / "docs" / "index.md").exists()


def test_what_a_killed_build_wrote_is_known_as_written(tmp_path: Path) -> None:
    docs = tmp_path / "docs"

    def files() -> Iterator[tuple[str, bytes]]:
        yield "papers/a.md", b"first"
        yield "papers/b.md", b"first"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_generated(docs, files())
    (docs / "papers" / "c.md").write_bytes(b"By hand.")
    changes = write_generated(docs, [("papers/a.md", b"second")])
    assert (changes.written[0], changes.deleted) == ("papers/a.md", ["papers/b.md"])
    assert changes.foreign == ["papers/c.md"]


def test_all_that_an_earlier_version_wrote_is_the_programs(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_generated(docs, [("papers/a.md", b"first"), ("papers/b.md", b"first")])
    (docs / WRITTEN_LIST).unlink()
    changes = write_generated(docs, [("papers/a.md", b"second")])
    assert (changes.written, changes.deleted) == (["papers/a.md"], ["papers/b.md"])
    assert changes.foreign == []


def test_pages_by_hand_are_seen_in_folders_of_any_name_and_behind_links(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    names = ("a[1]/deep/x.md", "b*/y.md", "plain.md")
    for path in (*(docs / name for name in names), tmp_path / "elsewhere" / "z.md"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("By hand.\n", "utf-8")
    (docs / "linked").symlink_to(tmp_path / "elsewhere")
    (docs / "a[1]" / ".hidden.md").write_text("A draft.\n", "utf-8")
    assert handwritten_pages(docs) == (*names[:2], "linked/z.md", names[2])


def test_a_gitignore_of_a_person_stays_as_it_is(tmp_path: Path) -> None:
    before = by_hand(tmp_path)
    (tmp_path / "docs" / GITIGNORE).write_text("/drafts\n", "utf-8")
    build_docs(tmp_path, Config(title="T"))
    assert gitignore_files(tmp_path / "docs") == ()
    delete_generated(tmp_path / "docs")
    assert contents(tmp_path / "docs") == {**before, GITIGNORE: b"/drafts\n"}


def test_what_builds_write_is_what_the_kinds_of_pages_and_files_say() -> None:
    of_kinds = (path for kind in page_kinds() for path in kind.paths)
    assert set(generated_paths()) == {*of_kinds, *exports.GENERATED}


def test_no_generated_path_lies_within_another() -> None:
    paths = generated_paths()
    assert len(set(paths)) == len(paths)
    assert [(a, b) for a in paths for b in paths if b.startswith(f"{a}/")] == []
