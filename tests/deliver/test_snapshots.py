"""A snapshot: the same bytes each time, whole or named, restored to the byte; one made to do harm does none."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import stat
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.deliver.snapshots.layout import SnapshotError, is_safe_path
from paper_digest.deliver.snapshots.metadata import citation_file
from paper_digest.deliver.snapshots.read import check_snapshot, restore_snapshot
from paper_digest.deliver.snapshots.write import write_snapshot
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.settings.config import Config, load_config
from paper_digest.store.files import Store
from temporary_project import digest

DAY = "2026-03-05"
HOSTILE_TITLE = 'Boats: "a", <b>\n- x: {y}'


@pytest.fixture
def archive(project: Path) -> Path:
    """Make an archive of two papers with pages of its own, a built site, and what is not its own."""
    papers = (Paper(id=f"arxiv:2603.0000{n}", title="Looms", abstract="Æ\n$x$") for n in (1, 2))
    Store(project / "archive").write(papers)
    files = {
        "archive/overrides/a.yml": b"[]\n",
        "docs/grüße.md": b"# \xc3\xa4\r\n",
        "docs/papers/2603.00001.md": b"built",
        "docs/empty.md": b"",
        "theme/a.css": bytes(range(256)),
        "site/index.html": b"<p>",
        "site/api/papers.jsonl.gz": gzip.compress(b"{}\n", mtime=0),
        "secrets.txt": b"a password",
        ".env": b"a password",
    }
    for path, data in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    (project / "archive" / ".lock").touch()
    return project


def written(archive: Path, name: str = "a.zip") -> Path:
    target = archive.parent / name
    problems: list[Problem] = []
    write_snapshot(archive, load_config(archive), DAY, target, problems)
    assert problems == []
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_archive_is_restored_to_the_byte_and_nothing_else_is_in_it(
    archive: Path, tmp_path: Path
) -> None:
    snapshot = written(archive)
    assert check_snapshot(snapshot).own_files == restore_snapshot(snapshot, tmp_path / "new")
    restored, before = contents(tmp_path / "new"), contents(archive)
    left_out = {path for path in before if path.startswith(("site/", "docs/papers/"))}
    assert before.keys() - restored.keys() == left_out | {"secrets.txt", ".env", "archive/.lock"}
    assert restored == {path: before[path] for path in restored}


def test_an_archive_without_pages_of_its_own_is_restored_to_one_that_can_be_built(
    archive: Path, tmp_path: Path
) -> None:
    shutil.rmtree(archive / "docs")
    (archive / "docs").mkdir()
    restore_snapshot(written(archive), tmp_path / "new")
    assert [*(tmp_path / "new" / "docs").iterdir()] == []


def test_the_same_archive_gives_the_same_bytes(archive: Path) -> None:
    first = written(archive).read_bytes()
    for path in archive.rglob("*"):
        os.utime(path, (0, time.time() - 1000))
    assert written(archive, "b.zip").read_bytes() == first


def test_what_it_says_of_itself_is_true(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(written(archive)) as packed:
        crate = json.loads(packed.read("ro-crate-metadata.json"))
        graph = {entity["@id"]: entity for entity in crate["@graph"]}
        for part in (part["@id"] for part in graph["./"]["hasPart"]):
            if not part.endswith("/"):
                data = packed.read(part)
                assert graph[part]["contentSize"] == str(len(data))
                assert graph[part]["sha256"] == hashlib.sha256(data).hexdigest()
        assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
        assert {"name", "description", "datePublished", "license"} <= graph["./"].keys()
        assert yaml.safe_load(packed.read("CITATION.cff"))["date-released"] == DAY
        packed.extract("site.tar.gz", tmp_path)
    with tarfile.open(tmp_path / "site.tar.gz") as site:
        assert site.getnames() == ["site/api/papers.jsonl.gz", "site/index.html"]


def test_a_citation_keeps_what_the_operator_wrote_and_any_title() -> None:
    made = yaml.safe_load(citation_file(Config(HOSTILE_TITLE), DAY))
    assert made["title"] == HOSTILE_TITLE
    own = b"cff-version: 1.2.0\ntitle: Mine\nauthors: [{family-names: Weaver}]\nversion: '1'\n"
    kept = yaml.safe_load(citation_file(Config("Boats"), DAY, own))
    assert kept["authors"] == [{"family-names": "Weaver"}]
    assert (kept["title"], kept["version"]) == ("Mine", DAY)
    for broken in (b"\xff\xfe", b"a: [", b"[1]", b""):
        assert yaml.safe_load(citation_file(Config("Boats"), "", broken))["title"] == "Boats"


def test_links_are_named_and_left_out_and_a_site_is_needed(archive: Path, tmp_path: Path) -> None:
    (archive / "theme" / "outside").symlink_to("/etc/passwd")
    problems: list[Problem] = []
    write_snapshot(archive, load_config(archive), DAY, tmp_path / "a.zip", problems)
    assert [problem.where for problem in problems] == [str(archive / "theme" / "outside")]
    (archive / "site/api/papers.jsonl.gz").unlink()
    with pytest.raises(SnapshotError, match="mkdocs build"):
        write_snapshot(archive, load_config(archive), DAY, tmp_path / "b.zip", [])
    assert not (tmp_path / "b.zip").exists()


FOLDERS = ("archive", "archive/papers", "archive/papers/2603", "archive/overrides", "docs", "theme")


@pytest.mark.parametrize("linked", [*([one] for one in FOLDERS), ["archive", "archive/papers"]])
def test_an_archive_on_several_disks_has_the_snapshot_of_one(
    archive: Path, tmp_path: Path, linked: list[str]
) -> None:
    """To the byte, whichever folders are links to other places."""
    before = written(archive).read_bytes()
    for number, folder in enumerate(linked):
        (archive / folder).rename(tmp_path / f"disk{number}")
        (archive / folder).symlink_to(tmp_path / f"disk{number}")
    assert written(archive).read_bytes() == before


@pytest.mark.parametrize("end", [".", "..", "../..", "/"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_to_a_folder_around_it_is_named_and_not_gone_round(
    archive: Path, folder: str, end: str
) -> None:
    before = written(archive).read_bytes()
    loop = archive / folder / "loop"
    loop.symlink_to(end)
    problems: list[Problem] = []
    target = archive.parent / "loop.zip"
    write_snapshot(archive, load_config(archive), DAY, target, problems)
    assert [problem.where for problem in problems] == [str(loop)]
    assert target.read_bytes() == before


def rewritten(snapshot: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write a snapshot's files again, changed, with checksums that fit."""
    with zipfile.ZipFile(snapshot) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name != "SHA256SUMS"}
    change(files)
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    target = snapshot.with_name("hostile.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**files, "SHA256SUMS": "".join(sums).encode()}.items():
            packed.writestr(name, data)
    return target


HOSTILE_PATHS = (
    "project/../../evil.md", "/evil.md", "project//evil.md", "project/./evil.md", "C:/evil.md",
    "project/docs\\..\\evil.md", "project/a\nb.md", "project/evil.", "project/ARCHIVE.yml",
    "project/archive.yml/evil.md", "project/" + "a/" * 600 + "b", "project/nul\x7f.md", "..",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=lambda path: repr(path)[:30])
def test_a_path_that_leads_elsewhere_is_refused_and_nothing_written(
    archive: Path, tmp_path: Path, path: str
) -> None:
    hostile = rewritten(written(archive), lambda files: files.update({path: b"evil"}))
    with pytest.raises(SnapshotError, match="do not use it"):
        restore_snapshot(hostile, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not [*tmp_path.rglob("evil*")]


@given(st.text(max_size=40))
def test_a_safe_path_stays_below_its_folder(path: str) -> None:
    if is_safe_path(path):
        place = Path("/a/b", path)
        assert Path(os.path.normpath(place)) == place
        assert place.is_relative_to("/a/b")
        assert path.isprintable() or not any(ord(c) < 32 for c in path)


def test_a_bomb_is_refused_by_what_it_says_and_ended_at_what_it_said(archive: Path) -> None:
    bomb = rewritten(written(archive), lambda f: f.update({"project/docs/a.md": bytes(40_000_000)}))
    with pytest.raises(SnapshotError, match="would unpack to 4"):
        check_snapshot(bomb)
    data = bomb.read_bytes()
    size = (40_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    bomb.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    with pytest.raises(SnapshotError):
        check_snapshot(bomb)


def test_a_link_in_it_is_refused(archive: Path) -> None:
    snapshot = written(archive)
    link = zipfile.ZipInfo("project/docs/link.md")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(snapshot, "a") as packed:
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(SnapshotError, match="is no file"):
        check_snapshot(snapshot)


FAULTS: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a file is gone": (lambda f: f.pop("papers.jsonl.gz"), "no papers.jsonl.gz"),
    "no settings": (lambda f: f.pop("project/archive.yml"), "not a whole one"),
    "another archive": (lambda f: f.clear(), "is no snapshot"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_whole_snapshot_is_named(archive: Path, name: str) -> None:
    change, words = FAULTS[name]
    with pytest.raises(SnapshotError, match=words):
        check_snapshot(rewritten(written(archive), change))


def test_any_damage_is_named_or_changes_nothing(archive: Path) -> None:
    """Wherever a byte is another, or the file ends early."""
    data = written(archive).read_bytes()
    damaged = archive.parent / "damaged.zip"
    restore_snapshot(written(archive), archive.parent / "whole")
    whole = contents(archive.parent / "whole")
    for place in range(0, len(data), max(1, len(data) // 150)):
        for changed in (
            data[:place],
            data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :],
        ):
            damaged.write_bytes(changed)
            with contextlib.suppress(SnapshotError):
                check_snapshot(damaged)
                # Only what no reader of ZIP files looks at differs: times, system, extra fields.
                assert len(changed) == len(data)
                restored = archive.parent / f"r{place}"
                restore_snapshot(damaged, restored)
                assert contents(restored) == whole


def test_the_command_checks_and_restores_and_says_what_is_wrong(
    archive: Path, tmp_path: Path
) -> None:
    made = digest(archive, "snapshot", "--date", DAY)
    assert made.returncode == 0, made.stderr
    file = archive / "snapshots" / f"{DAY}.zip"
    assert digest(archive, "snapshot", "--check", str(file)).returncode == 0
    full = digest(archive, "snapshot", "--restore", str(file), str(archive))
    assert (full.returncode, "holds files already" in full.stderr) == (2, True)
    absent = digest(archive, "snapshot", "--check", str(tmp_path / "none.zip"))
    assert absent.returncode == 2
    assert "none.zip" in absent.stderr
    assert "Traceback" not in absent.stderr + full.stderr
