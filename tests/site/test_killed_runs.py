"""Whatever is killed leaves nothing half-written, and the next run completes it: a sample.

More of it: ``python tests/tools/killed_runs.py``.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from paths import TOOLS

pytestmark = pytest.mark.site


def test_killed_runs_do_no_harm_and_are_completed() -> None:
    command = [sys.executable, "-W", "ignore", str(TOOLS / "killed_runs.py"), "12", "7"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "12 runs, 0 faults" in made.stdout
