"""Builds and serves the site of a folder with MkDocs, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from paper_digest.model.errors import Problem
from paper_digest.settings.mkdocs_file import check_frame_of


def _environment() -> dict[str, str]:
    """Return this program's environment for MkDocs, without Material's notice of what comes after MkDocs."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def serve_site(place: Path, port: int) -> int:
    """Serve the site of a project at a port of this computer until it is stopped; returns MkDocs' exit code.

    Raises:
        ConfigError: ``mkdocs.yml`` is not YAML, or says another frame; MkDocs would show a page of its own code.
    """
    check_frame_of(place)
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"localhost:{port}"]
    return subprocess.call(command, cwd=place, env=_environment())  # noqa: S603 - our own interpreter


def build_site(place: Path, cure: str) -> list[Problem]:
    """Build the site of a project, only what changed where there is one.

    Args:
        place: the project's folder.
        cure: what to do where MkDocs names something.

    Returns:
        One problem where MkDocs named any; the site may be there all the same.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        command, cwd=place, env=_environment(), capture_output=True, text=True, check=False
    )
    if not ended.returncode:
        return []
    lines = [line for line in ended.stderr.splitlines() if line.strip()]
    what = f"its build ended with exit code {ended.returncode}: {' / '.join(lines[-3:])}"
    return [Problem(str(place), what, cure=cure)]
