"""Programs of other people that the tests of consumers run; what is missing skips, and says what brings it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

#: Where ``npm ci`` installs those of Node's registry, and the scripts that run them.
CONSUMERS = ROOT / "tests" / "consumers"


def program(name: str, package: str) -> str:
    """Return the path of a program; skips where it is missing, and names Debian's package."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed (Debian: {package}; make consumers)")
    return path


def node_package(path: str) -> str:
    """Return a path below ``node_modules``; skips where ``npm ci`` has not brought it, or there is no Node."""
    program("node", "nodejs")
    file = CONSUMERS / "node_modules" / path
    if not file.exists():
        pytest.skip(f"{path} is not installed (npm ci in tests/consumers; make consumers)")
    return str(file)


def run(
    *words: str, folder: Path | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program, two minutes at most, and return what it said."""
    # TeX is not to look for fonts or formats beyond what is installed.
    environment = {**os.environ, "MKTEXPK": "0", "MKTEXTFM": "0"}
    return subprocess.run(
        words, cwd=folder, input=text, capture_output=True, text=True, timeout=120, check=False,
        env=environment, errors="replace",
    )  # fmt: skip


def node(script: str, *words: str, text: str = "") -> Any:  # noqa: ANN401 - what the script printed, JSON
    """Run one of the scripts beside this file and return its answer."""
    answer = run("node", str(CONSUMERS / script), *words, text=text)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)
