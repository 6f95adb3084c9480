"""The engines that build the site, each in an environment of its own, as an operator installs them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from paths import ROOT

#: Environments are kept here: a second run installs our package alone.
ENVIRONMENTS = ROOT / ".cache" / "engines"

_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


class NotInstallableError(Exception):
    """The registry has no release of an engine that can be installed here; says what pip said."""


class Engine(NamedTuple):
    """An engine: what is installed beside our package, and the commands that build a site.

    ``replaces`` is uninstalled first: a fork that writes its files where the original has its own.
    ``theme`` is the name mkdocs.yml has to give.
    """

    requirements: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    replaces: str = ""
    theme: str = "material"


def _material_floor() -> str:
    """Return the lowest Material that pyproject.toml allows, pinned."""
    [dependency] = [d for d in _PROJECT["dependencies"] if d.startswith("mkdocs-material")]
    floor = re.search(r">=([\d.]+)", dependency)
    assert floor
    return f"mkdocs-material=={floor[1]}"


_MKDOCS = ("mkdocs", "build", "--strict")
ENGINES = {
    "material-lowest": Engine((_material_floor(),), (_MKDOCS,)),
    "material-newest": Engine((), (_MKDOCS,)),
    "properdocs": Engine(
        ("properdocs",),
        (("properdocs", "build", "--strict", "--config-file", "mkdocs.yml"),),
    ),
    "materialx": Engine(
        ("mkdocs-materialx",), (_MKDOCS,), replaces="mkdocs-material", theme="materialx"
    ),
    "zensical": Engine(
        ("zensical",),
        (
            ("digest", "build"),
            ("zensical", "build", "--strict", "--config-file", "zensical.yml"),
        ),
    ),
}


def install(name: str, sources: Path) -> Path:
    """Make or renew the environment of an engine, and return its folder of commands.

    Args:
        name: a key of ``ENGINES``.
        sources: an empty folder; our package is installed from a copy there, as from a wheel, so
            that a file missing from the package is missing here too.

    Raises:
        NotInstallableError: pip finds no release that fits.
    """
    engine, folder = ENGINES[name], ENVIRONMENTS / name
    if not (folder / "bin" / "python").exists():
        venv.create(folder, with_pip=True)
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, sources)
    ignored = shutil.ignore_patterns("*.egg-info", "__pycache__")
    shutil.copytree(ROOT / "generator", sources / "generator", ignore=ignored)
    _pip(folder, "install", "--upgrade", str(sources), *engine.requirements)
    _pip(folder, "install", "--force-reinstall", "--no-deps", str(sources))
    if engine.replaces:
        _pip(folder, "uninstall", "--yes", engine.replaces)
        _pip(folder, "install", "--force-reinstall", "--no-deps", *engine.requirements)
    return folder / "bin"


def build(commands: Iterable[tuple[str, ...]], binaries: Path, project: Path) -> Path:
    """Build a project with the commands of an engine, and return the site's folder."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    for program, *arguments in commands:
        run = subprocess.run(
            [str(binaries / program), *arguments],
            cwd=project,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, f"{program}: {run.stdout}{run.stderr}"
    return project / "site"


def _pip(folder: Path, *arguments: str) -> None:
    command = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    run = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return
    errors = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
    if any("No matching distribution" in line for line in errors):
        raise NotInstallableError("; ".join(errors))
    raise AssertionError(run.stdout + run.stderr)
