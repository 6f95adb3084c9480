"""Builds the site of a folder with MkDocs, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from paper_digest.model.errors import Problem


def build_site(place: Path, cure: str) -> list[Problem]:
    """Build the site of a project, only what changed where there is one.

    Args:
        place: the project's folder.
        cure: what to do where MkDocs names something.

    Returns:
        One problem where MkDocs named any; the site may be there all the same.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    ended = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    if not ended.returncode:
        return []
    lines = [line for line in ended.stderr.splitlines() if line.strip()]
    what = f"its build ended with exit code {ended.returncode}: {' / '.join(lines[-3:])}"
    return [Problem(str(place), what, cure=cure)]
