"""A site brought to a target by real rsync and real rclone: what is sent, in which order, what is left alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from paper_digest.deliver.publish import NAME_LIST_FILE, check_target, publish_site
from paper_digest.deliver.transport import PublishError
from paper_digest.incremental.lock import build_lock
from small_sites import NEW, OLD, broken_links, site_files, write_site
from temporary_project import digest

needs_rsync = pytest.mark.skipif(
    not shutil.which("rsync"), reason="rsync is not installed (apt install rsync)"
)


@pytest.fixture(params=["rsync", "rclone"])
def way(request: pytest.FixtureRequest) -> str:
    """Return how targets begin that one of the programs reaches; skips where it is not installed."""
    program = str(request.param)
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed (apt install {program})")
    return "rclone:" * (program == "rclone")


def test_the_target_becomes_the_site_and_nothing_is_sent_twice(tmp_path: Path, way: str) -> None:
    old, new = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    target = tmp_path / "host"
    assert publish_site(old, f"{way}{target}") == len(OLD)
    assert site_files(target) == OLD
    shutil.copytree(old, tmp_path / "again")  # other times, the same bytes
    for path in (tmp_path / "again").rglob("*"):
        os.utime(path, (1, 1))
    before = {
        p: p.stat().st_mtime_ns
        for p in target.rglob("*")
        if p.is_file() and p.name != NAME_LIST_FILE
    }
    assert publish_site(tmp_path / "again", f"{way}{target}") == 0
    assert before == {p: p.stat().st_mtime_ns for p in before}
    publish_site(new, f"{way}{target}/")
    assert site_files(target) == NEW
    assert not (target / "papers" / "2").exists()


def test_what_is_not_the_sites_is_left_alone(tmp_path: Path, way: str) -> None:
    target = write_site(tmp_path / "host", {"other/a.txt": "mine", "b.txt": "mine too"})
    publish_site(write_site(tmp_path / "old", OLD), f"{way}{target}")
    publish_site(write_site(tmp_path / "new", NEW), f"{way}{target}")
    assert site_files(target) == NEW | {"other/a.txt": "mine", "b.txt": "mine too"}


def test_a_run_stopped_anywhere_leaves_no_link_without_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The real program, which is not started any more after so many times."""
    old, new = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    program = "rclone" if way else "rsync"
    real = shutil.which(program)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    wrapper = tmp_path / program
    for stop in range(1, 9):
        target = tmp_path / f"host{stop}"
        wrapper.unlink(missing_ok=True)
        publish_site(old, f"{way}{target}")
        (tmp_path / "left").write_text("x" * stop)
        wrapper.write_text(
            f'#!/bin/sh\nleft=$(cat {tmp_path}/left)\n[ -n "$left" ] || exit 12\n'
            f'printf %s "${{left#x}}" > {tmp_path}/left\nexec {real} "$@"\n'
        )
        wrapper.chmod(0o755)
        if stop < 8:
            with pytest.raises(PublishError, match="exit code 12"):
                publish_site(new, f"{way}{target}")
        else:
            publish_site(new, f"{way}{target}")
        assert broken_links(target) == []
        wrapper.unlink()
        publish_site(new, f"{way}{target}")
        assert site_files(target) == NEW


@needs_rsync
def test_a_host_is_reached_through_a_remote_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other end is rsync's own server; only ssh's way there is left out."""
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\n[ "$1" = papers.example.org ] || exit 1\nshift\nexec sh -c "$*"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    publish_site(write_site(tmp_path / "old", OLD), f"papers.example.org:{tmp_path}/host")
    assert site_files(tmp_path / "host") == OLD
    with pytest.raises(PublishError, match=r"other\.example\.org.*rsync failed"):
        publish_site(tmp_path / "old", "other.example.org:www")


def test_awkward_names_mean_themselves_to_the_program(tmp_path: Path, way: str) -> None:
    """A name that is a pattern to the program deletes, and spares, nothing but itself."""
    names = (
        "a*.html",
        "[x].html",
        "{a,b}.html",
        "w?.html",
        "back\\slash.html",
        "+ plus.html",
        "- .html",
    )
    old = OLD | dict.fromkeys(names, "old") | {f"{name}.d/p.html": "old" for name in names}
    target = write_site(tmp_path / "host", {"ab.html": "mine", "x.html": "mine", "wo.html": "mine"})
    publish_site(write_site(tmp_path / "old", old), f"{way}{target}")
    assert site_files(target).items() >= old.items()
    publish_site(write_site(tmp_path / "new", NEW), f"{way}{target}")
    assert site_files(target) == NEW | {"ab.html": "mine", "x.html": "mine", "wo.html": "mine"}


@pytest.mark.parametrize(
    "target", ["", "/", "--rsh=touch owned", "s3://", "s3:///x", "s3://A", "rclone:", "rclone:-x"]
)
def test_a_target_that_is_none_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="is no target"):
        publish_site(write_site(tmp_path, OLD), target)


PROJECT_TARGETS = (
    "",
    *("archive", "archive/papers", "archive/papers/2501", "docs", "theme", "site", "site/2024"),
    *(".git", "volumes/2024/site", "pages/../archive/", "link"),
)


@pytest.mark.parametrize("name", PROJECT_TARGETS)
def test_a_site_is_never_put_over_its_own_archive(tmp_path: Path, way: str, name: str) -> None:
    root = tmp_path / "project"
    write_site(root / "site", OLD)
    (root / "archive" / "papers").mkdir(parents=True)
    (root / "archive" / "papers" / "2501.00001.md").write_text("A record.\n", "utf-8")
    shutil.move(root / "archive" / "papers", tmp_path / "disk")  # another disk
    (root / "archive" / "papers").symlink_to(tmp_path / "disk")
    (root / "link").symlink_to("archive")
    before = site_files(root)
    refused = digest(root, "publish", f"{way}{root}/{name}")
    assert refused.returncode == 2
    assert "belongs to the archive itself" in refused.stderr
    assert site_files(root) == before
    assert (tmp_path / "disk" / "2501.00001.md").exists()


@pytest.mark.parametrize("target", ["host:archive", "rsync://host/archive", "s3://a/site", ""])
def test_folders_of_other_machines_are_no_folders_of_the_project(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    monkeypatch.chdir(tmp_path)
    check_target(tmp_path, target)
    check_target(tmp_path, f"rclone:{target}")
    check_target(tmp_path, "published")
    check_target(tmp_path, "../archive")


def test_a_site_that_was_not_built_is_refused(tmp_path: Path) -> None:
    said = digest(tmp_path, "publish", str(tmp_path / "host"))
    assert said.returncode == 2
    assert "holds no built site; run `mkdocs build` first" in said.stderr
    assert not (tmp_path / "host").exists()


@pytest.mark.parametrize("target", ["host", "s3://papers/www", "rclone:papers:www"])
def test_a_machine_without_the_program_is_told_so(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match="is not installed; install it"):
        publish_site(write_site(tmp_path / "old", OLD), target)


@needs_rsync
def test_a_site_is_not_sent_while_it_is_built(tmp_path: Path) -> None:
    built = write_site(tmp_path / "site", OLD)
    target = tmp_path / "host"
    with build_lock(built, tmp_path / ".cache/paper-digest"):
        refused = digest(tmp_path, "publish", str(target))
    assert refused.returncode
    assert "another build is writing it" in refused.stderr
    assert not target.exists()
    assert digest(tmp_path, "publish", str(target)).returncode == 0
    assert site_files(target) == OLD
