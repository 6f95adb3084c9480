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


@pytest.mark.parametrize(
    "module", ["render/span.py", "render/pages/paper_rows.py", "incremental/sync_docs.py"]
)
def test_a_change_of_any_module_is_another_program(tmp_path: Path, module: str) -> None:
    shutil.copytree(PROGRAM, tmp_path / "paper_digest")
    before = asked(tmp_path)
    assert asked(tmp_path) == before
    with (tmp_path / "paper_digest" / module).open("a", encoding="utf-8") as file:
        file.write("\n# Changed.\n")
    assert asked(tmp_path) != before
