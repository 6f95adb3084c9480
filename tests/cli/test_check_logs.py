"""``digest check`` names what stops the next mail or ingest: a log of mails or verdicts that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from temporary_project import digest, new_project
from without_rights import PREFIX, digest_heeding_rights

LOGS = {
    "mail.jsonl": '{"period":"2025-11-20","state":"sent","at":"2025-11-21T10:00:00+00:00"}\n',
    "verdicts.jsonl": '{"one":"arxiv:2001.00001","two":"arxiv:2001.00002","says":"different"}\n',
}


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _utf_16(path: Path) -> None:
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


def _nuls(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def _half_a_line(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _conflict(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n", "utf-8")


FAULTS = [_folder, _dead_link, _circle, _utf_16, _nuls, _half_a_line, _conflict]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = new_project(tmp_path / "project")
    (project / "archive").mkdir(exist_ok=True)
    for name, text in LOGS.items():
        (project / "archive" / name).write_text(text, "utf-8")
    return project


@pytest.mark.parametrize("name", LOGS)
def test_a_log_that_cannot_be_read_is_named(project: Path, name: str) -> None:
    before = digest(project, "check")
    assert name not in before.stdout + before.stderr
    path = project / "archive" / name
    for fault in FAULTS:
        _damage(path, fault)
        ran = digest(project, "check")
        assert ran.returncode == 1
        assert f"archive/{name}" in ran.stderr, fault.__name__


def _damage(path: Path, fault: Callable[[Path], None]) -> None:
    """Do one kind of damage to a whole file."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_text(LOGS[path.name], "utf-8")
    fault(path)


@pytest.mark.skipif(PREFIX is None, reason="needs a user whom rights bind, or setpriv")
@pytest.mark.parametrize("name", LOGS)
def test_a_log_that_may_not_be_read_is_named(project: Path, name: str) -> None:
    (project / "archive" / name).chmod(0)
    ran = digest_heeding_rights(project, "check")
    assert ran.returncode == 1
    assert f"archive/{name}: you may not read" in ran.stderr
