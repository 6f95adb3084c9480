"""Which newer version there is of the program, and what it changes, before it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from paper_digest import __version__
from paper_digest.cli.installed_program import DISTRIBUTION, program_origin
from paper_digest.cli.upgrade import CHANGELOG_PATH, changes_between
from paper_digest.model.machine_errors import error_words

_TIMEOUT_S = 60
_MAX_CHANGELOG_BYTES = 1_000_000
_MAX_REASON_CHARACTERS = 200
#: What Python puts before the words of an error of the system.
_ERROR_NUMBER = re.compile(r"\[Errno -?\d+\] ")


class NewestRelease(NamedTuple):
    """The newest version that may be installed.

    Attributes:
        version: its number, or "" where nobody could say.
        changes: its entries of the changelog since this version; "" where there are none or they are not known.
        problem: why the version, or what it changes, is not known; else "".
    """

    version: str = ""
    changes: str = ""
    problem: str = ""


def newest_release(origin: str | None = None) -> NewestRelease:
    """Ask the index that pip is set to.

    Args:
        origin: the address this program was installed from, "" for an index; found out unless given. Of a program
            from elsewhere no index is asked: who has the name there may be somebody else.
    """
    origin = program_origin() if origin is None else origin
    if origin:
        return NewestRelease(problem=f"this one came from {origin}, and no index is asked")
    said = _pip("index", "versions", DISTRIBUTION)
    match = re.match(rf"{DISTRIBUTION} \(([0-9][\w.!+-]{{0,40}})\)", said.stdout)
    if said.returncode or not match:
        return NewestRelease(problem=f"the index did not say ({_reason(said)})")
    version = match[1]
    if version == __version__:
        return NewestRelease(version)
    with tempfile.TemporaryDirectory() as place:
        words = ("download", "--no-deps", "--only-binary=:all:", "--dest", place)
        said = _pip(*words, f"{DISTRIBUTION}=={version}")
        wheel = next(Path(place).glob("*.whl"), None)
        if said.returncode or wheel is None:
            return NewestRelease(version, problem=f"its wheel could not be had ({_reason(said)})")
        return _release_of(version, wheel)


def _release_of(version: str, wheel: Path) -> NewestRelease:
    """Read the changelog that travels in a wheel; nothing of the wheel is run."""
    try:
        with (
            zipfile.ZipFile(wheel) as opened,
            opened.open(f"paper_digest/{CHANGELOG_PATH}") as file,
        ):
            text = file.read(_MAX_CHANGELOG_BYTES).decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        return NewestRelease(
            version, problem=f"its wheel holds no changelog ({error_words(error)})"
        )
    changes = changes_between(__version__, version, text)
    return NewestRelease(version, changes, "" if changes else "its changelog says nothing of it")


def _pip(*words: str) -> subprocess.CompletedProcess[str]:
    """Run pip in this program's environment; one that does not end counts as failed."""
    settings = ("--disable-pip-version-check", "--no-input")
    command = [sys.executable, "-m", "pip", *settings, *words, "--retries", "0", "--timeout", "5"]
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter and words
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", error_words(error))


def _reason(said: subprocess.CompletedProcess[str]) -> str:
    """Return pip's last line of an error, shortened."""
    text = _ERROR_NUMBER.sub("", said.stderr)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return (
        errors[-1].removeprefix("ERROR: ")[:_MAX_REASON_CHARACTERS] if errors else "no reason given"
    )
