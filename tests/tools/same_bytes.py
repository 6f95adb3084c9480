"""Build the sample with several versions of Python, each with the locked packages, and compare all bytes.

Usage: python tests/tools/same_bytes.py PYTHON...     (python3.11 python3.14)

Ends with 1 where two sites differ, and names the files.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from paths import ROOT, SAMPLE

_MAX_NAMED = 20


def main(*pythons: str) -> int:
    """Return the exit code: 0 if all sites are the same."""
    sites: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, python in enumerate(pythons):
            site = _built_site(python, Path(folder, str(number)))
            sites[python] = {
                path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(site.rglob("*"))
                if path.is_file()
            }
            whole = hashlib.sha256(repr(sites[python]).encode()).hexdigest()
            click.echo(f"{python}: {len(sites[python]):,} files, {whole}")
    first = sites[pythons[0]]
    differing = {
        f"{path} ({python})"
        for python, site in sites.items()
        for path in site.keys() | first.keys()
        if site.get(path) != first.get(path)
    }
    click.echo("".join(f"differs: {name}\n" for name in sorted(differing)[:_MAX_NAMED]), nl=False)
    click.echo(f"{len(differing)} files differ")
    return int(bool(differing))


def _built_site(python: str, place: Path) -> Path:
    """Install the program for one Python, and build the sample with it."""
    own = place / "environment" / "bin" / "python"
    pip = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [python, "-m", "venv", str(place / "environment")],
        [*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.txt")],
        [*pip, "--no-deps", "--no-build-isolation", str(ROOT)],
        ["cp", "-r", str(SAMPLE), str(place / "project")],
        ["mkdir", "-p", str(place / "project" / "docs")],
    ):
        subprocess.run(command, check=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    build = [str(own), "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(build, cwd=place / "project", env=environment, check=True)
    return place / "project" / "site"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
