"""Whatever an operator does in whatever order, the site is as a first build has it: a sample.

More of it: ``python tests/tools/random_edits.py``.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from paths import TOOLS

pytestmark = pytest.mark.site


def test_edits_in_random_order_end_where_a_first_build_ends() -> None:
    command = [sys.executable, "-W", "ignore", str(TOOLS / "random_edits.py"), "1", "3", "25"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "1 archives, 0 with faults" in made.stdout
