"""A build with damaged caches makes what a sound one makes; a sample of what the harness tries.

All of it: ``python tests/tools/damaged_caches.py``.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from paths import TOOLS

pytestmark = pytest.mark.site


def test_damaged_caches_change_no_byte_of_the_site() -> None:
    command = [sys.executable, str(TOOLS / "damaged_caches.py"), "30", "7"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    assert "30 done, 0 faults" in made.stdout
