"""The program as an operator has it: a wheel, installed alone into an environment that has its libraries."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

from paths import ROOT


def copy_sources(place: Path) -> Path:
    """Copy what a wheel is built from, links as links."""
    place.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "requirements.txt"):
        shutil.copy(ROOT / name, place)
    ignored = shutil.ignore_patterns("*.egg-info", "__pycache__")
    shutil.copytree(ROOT / "generator", place / "generator", symlinks=True, ignore=ignored)
    return place


def build_wheel(sources: Path, place: Path) -> Path:
    """Build the wheel of ``sources`` into ``place``, as ``make wheel`` does."""
    words = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(place))
    _pip(*words, str(sources))
    [wheel] = place.glob("*.whl")
    return wheel


class InstalledProgram:
    """An environment of its own for our wheel; the libraries are those that run the tests.

    Attributes:
        commands: the folder of ``digest`` and ``mkdocs``.
    """

    def __init__(self, place: Path) -> None:
        venv.create(place, with_pip=False)
        self._python = place / "bin" / "python"
        [packages] = place.glob("lib/python*/site-packages")
        # A folder that a .pth file names has its own .pth files ignored, so this checkout is not found.
        (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()) + "\n", "utf-8")
        self.commands = place / "bin"

    def install(self, wheel: Path) -> None:
        """Install a wheel in the place of the one that is there; no index is asked."""
        words = ("--python", str(self._python), "install", "--quiet", "--no-index", "--no-deps")
        _pip(*words, "--force-reinstall", str(wheel))

    def run(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``digest`` in a folder, as a person would who activated the environment."""
        return self.run_python(folder, str(self.commands / "digest"), *words)

    def run_python(self, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a script or a module (``-m NAME``) of the environment in a folder."""
        return subprocess.run(
            [str(self._python), *words],
            cwd=folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def environment(self) -> dict[str, str]:
        """Return the environment variables of its commands."""
        path = f"{self.commands}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
