"""A lock is had by one process at a time, and a system without locks says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from paper_digest.incremental import lock
from paper_digest.model.errors import DigestError

ASK = """
import os, sys
from paper_digest.incremental.lock import try_lock
print(try_lock(os.open(sys.argv[1], os.O_RDWR)))
"""


def asked(path: Path) -> str:
    command = [sys.executable, "-c", ASK, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_lock_is_held_until_the_file_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    assert lock.try_lock(descriptor)
    assert asked(path) == "False"
    os.close(descriptor)
    assert asked(path) == "True"


def test_windows_is_told_what_works_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with (tmp_path / "lock").open("w") as file, pytest.raises(DigestError) as caught:
        lock.try_lock(file.fileno())
    assert "WSL" in caught.value.cure
