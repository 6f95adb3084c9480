"""What tells one program from another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import paper_digest
import pytest

PROGRAM = Path(paper_digest.__file__).parent
ASK = "from paper_digest.incremental.hashing import program_hash; print(program_hash().hex())"


def asked(place: Path) -> str:
    command = [sys.executable, "-c", ASK]
    return subprocess.run(
        command, cwd=place, capture_output=True, text=True, check=True, timeout=600
    ).stdout


def _one_of_each_kind() -> dict[tuple[str, str], str]:
    """Name a file of each ending in each room of the program."""
    files = (path for path in PROGRAM.rglob("*") if path.is_file())
    names = (path.relative_to(PROGRAM) for path in files if path.parent.name != "__pycache__")
    return {(name.parts[0], name.suffix): name.as_posix() for name in names}


@pytest.mark.parametrize("name", sorted(_one_of_each_kind().values()))
def test_a_change_of_any_file_is_another_program(tmp_path: Path, name: str) -> None:
    shutil.copytree(PROGRAM, tmp_path / "paper_digest")
    before = asked(tmp_path)
    assert asked(tmp_path) == before
    with (tmp_path / "paper_digest" / name).open("ab") as file:
        file.write(b"\n# Changed.\n")
    assert asked(tmp_path) != before
