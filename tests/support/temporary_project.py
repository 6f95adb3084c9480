"""A project of its own for a test: made, filled, built and served as a person would."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paths import SAMPLE


def digest(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``digest`` on a project, as a person would."""
    command = [
        sys.executable,
        "-c",
        "from paper_digest.cli.main import main; main()",
        *words,
        "--root",
        str(project),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def build_site(project: Path) -> Path:
    """Build the site of a project with real MkDocs, strictly; returns its folder."""
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict"]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    made = subprocess.run(
        command, cwd=project, env=env, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return project / "site"


def new_project(place: Path) -> Path:
    """Make an empty project with the settings and the site frame of the sample."""
    place.mkdir(parents=True, exist_ok=True)
    for name in ("archive.yml", "mkdocs.yml"):
        shutil.copy(SAMPLE / name, place / name)
    (place / "docs").mkdir()
    return place


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; yields its address, ending in a slash."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
