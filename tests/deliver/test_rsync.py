"""A site brought to a host by real rsync: what is sent, in which order, and what is left alone."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from paper_digest.deliver.rsync import NAME_LIST_FILE, PublishError, publish_site
from paper_digest.incremental.lock import build_lock
from temporary_project import digest

RSYNC = shutil.which("rsync") or ""
needs_rsync = pytest.mark.skipif(not RSYNC, reason="rsync is not installed (apt install rsync)")

OLD = {
    "index.html": '<link href="look-1.css"><a href="papers/1/index.html">1</a><a href="[x]*.html">x</a>',
    "papers/1/index.html": '<link href="../../look-1.css"><a href="../../index.html">home</a>',
    "papers/2/index.html": '<link href="../../look-1.css">',
    "look-1.css": "old look",
    "[x]*.html": "an awkward name",
    "feed.xml": "one",
}
NEW = {
    "index.html": '<link href="look-2.css"><a href="papers/1/index.html">1</a><a href="papers/3/index.html">3</a>',
    "papers/1/index.html": '<link href="../../look-2.css"><a href="../../index.html">home</a>',
    "papers/3/index.html": '<link href="../../look-2.css"><img src="image.png">',
    "papers/3/image.png": "image",
    "look-2.css": "new look",
    "feed.xml": "two",
}


def site(place: Path, held: dict[str, str]) -> Path:
    for path, text in held.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text)
    return place


def files(place: Path) -> dict[str, str]:
    found = {p.relative_to(place).as_posix(): p for p in place.rglob("*") if p.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != NAME_LIST_FILE}


def broken(place: Path) -> list[str]:
    """List what pages lead to and is not there."""
    return [
        f"{name}: {link}"
        for name, text in files(place).items()
        if name.endswith(".html")
        for link in re.findall(r'(?:href|src)="([^"]*)"', text)
        if not ((place / name).parent / link).exists()
    ]


@needs_rsync
def test_the_target_becomes_the_site_and_nothing_is_sent_twice(tmp_path: Path) -> None:
    old, new = site(tmp_path / "old", OLD), site(tmp_path / "new", NEW)
    target = tmp_path / "host"
    assert publish_site(old, str(target)) == len(OLD)
    assert files(target) == OLD
    shutil.copytree(old, tmp_path / "again")  # other times, the same bytes
    for path in (tmp_path / "again").rglob("*"):
        os.utime(path, (1, 1))
    before = {
        p: p.stat().st_mtime_ns
        for p in target.rglob("*")
        if p.is_file() and p.name != NAME_LIST_FILE
    }
    assert publish_site(tmp_path / "again", str(target)) == 0
    assert before == {p: p.stat().st_mtime_ns for p in before}
    publish_site(new, f"{target}/")
    assert files(target) == NEW
    assert not (target / "papers" / "2").exists()


@needs_rsync
def test_what_is_not_the_sites_is_left_alone(tmp_path: Path) -> None:
    target = site(tmp_path / "host", {"other/a.txt": "mine", "b.txt": "mine too"})
    publish_site(site(tmp_path / "old", OLD), str(target))
    publish_site(site(tmp_path / "new", NEW), str(target))
    assert files(target) == NEW | {"other/a.txt": "mine", "b.txt": "mine too"}


@needs_rsync
def test_a_run_stopped_anywhere_leaves_no_link_without_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real rsync, which is not started any more after so many times."""
    old, new = site(tmp_path / "old", OLD), site(tmp_path / "new", NEW)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    wrapper = tmp_path / "rsync"
    for stop in range(1, 7):
        target = tmp_path / f"host{stop}"
        wrapper.unlink(missing_ok=True)
        publish_site(old, str(target))
        (tmp_path / "left").write_text("x" * stop)
        wrapper.write_text(
            f'#!/bin/sh\nleft=$(cat {tmp_path}/left)\n[ -n "$left" ] || exit 12\n'
            f'printf %s "${{left#x}}" > {tmp_path}/left\nexec {RSYNC} "$@"\n'
        )
        wrapper.chmod(0o755)
        if stop < 6:
            with pytest.raises(PublishError, match="exit code 12"):
                publish_site(new, str(target))
        else:
            publish_site(new, str(target))
        assert broken(target) == []
        wrapper.unlink()
        publish_site(new, str(target))
        assert files(target) == NEW


@needs_rsync
def test_a_host_is_reached_through_a_remote_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other end is rsync's own server; only ssh's way there is left out."""
    shell = tmp_path / "shell"
    shell.write_text('#!/bin/sh\n[ "$1" = papers.example.org ] || exit 1\nshift\nexec sh -c "$*"\n')
    shell.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(shell))
    publish_site(site(tmp_path / "old", OLD), f"papers.example.org:{tmp_path}/host")
    assert files(tmp_path / "host") == OLD
    with pytest.raises(PublishError, match=r"other\.example\.org.*rsync failed"):
        publish_site(tmp_path / "old", "other.example.org:www")


@pytest.mark.parametrize("target", ["", "/", "--rsh=touch owned"])
def test_a_target_that_is_none_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="is no target"):
        publish_site(site(tmp_path, OLD), target)


def test_a_site_that_was_not_built_is_refused(tmp_path: Path) -> None:
    said = digest(tmp_path, "publish", str(tmp_path / "host"))
    assert said.returncode == 2
    assert "holds no built site; run `make site` first" in said.stderr
    assert not (tmp_path / "host").exists()


def test_a_machine_without_rsync_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match="is not installed; install it"):
        publish_site(site(tmp_path / "old", OLD), str(tmp_path / "host"))


@needs_rsync
def test_a_site_is_not_sent_while_it_is_built(tmp_path: Path) -> None:
    built = site(tmp_path / "site", OLD)
    target = tmp_path / "host"
    with build_lock(built, tmp_path / ".cache/paper-digest"):
        refused = digest(tmp_path, "publish", str(target))
    assert refused.returncode
    assert "another build is writing it" in refused.stderr
    assert not target.exists()
    assert digest(tmp_path, "publish", str(target)).returncode == 0
    assert files(target) == OLD
