"""Tests leave the archive of the checkout alone: it may be a lived-in one, or an emptied one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from owners_files import OWNERS_FILES, is_of_owner
from paths import ROOT, SAMPLE


@pytest.mark.parametrize("name", OWNERS_FILES)
def test_a_test_that_reads_what_is_the_owners_fails(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError, match="use SAMPLE"):
        (ROOT / name).read_bytes()
    monkeypatch.chdir(ROOT)
    with pytest.raises(AssertionError, match="use SAMPLE"):
        Path(name).read_bytes()


@pytest.mark.parametrize("place", ["archive", "archive/papers"])
def test_a_test_that_lists_what_is_the_owners_fails(place: str) -> None:
    with pytest.raises(AssertionError, match="use SAMPLE"):
        list((ROOT / place).iterdir())


@pytest.mark.parametrize("program", [["digest"], ["-c", "import paper_digest.cli.main"]])
def test_a_command_that_works_on_the_checkout_fails(program: list[str]) -> None:
    python = sys.executable
    with pytest.raises(AssertionError, match="use SAMPLE"):
        subprocess.run([python, *program, "status"], cwd=ROOT, check=False)


def test_the_sample_and_the_manual_may_be_read() -> None:
    assert not is_of_owner(str(SAMPLE / "archive.yml"))
    assert not is_of_owner(str(ROOT / "docs" / "manual" / "index.md"))
    assert (SAMPLE / "archive.yml").read_bytes()
