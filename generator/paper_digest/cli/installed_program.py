"""How the program was installed, as a line of a requirements file, and which newer version there is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from paper_digest import __version__

_DISTRIBUTION = "paper-digest"
_INDEX_TIMEOUT_S = 20

#: Where an archive has the wheel of a version that no index serves.
WHEELS_FOLDER = "wheels"


class ProgramRequirement(NamedTuple):
    """A line for pip; ``wheel`` is a wheel's content where the line names one in ``wheel_path``."""

    line: str
    wheel_path: str = ""
    wheel: bytes = b""


def program_requirement() -> ProgramRequirement:
    """Return what installs this very version (pip's record of it: PEP 610, ``direct_url.json``)."""
    origin = _direct_url()
    url = str(origin.get("url", ""))
    version_control = origin.get("vcs_info") or {}
    if commit := version_control.get("commit_id"):
        return ProgramRequirement(f"{_DISTRIBUTION} @ {version_control['vcs']}+{url}@{commit}\n")
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.path.endswith(".whl"):
        return ProgramRequirement(f"{_DISTRIBUTION} @ {url}\n")
    wheel = Path(unquote(parts.path))
    if parts.scheme == "file" and wheel.suffix == ".whl" and wheel.is_file():
        path = f"{WHEELS_FOLDER}/{wheel.name}"
        return ProgramRequirement(f"./{path}\n", path, wheel.read_bytes())
    return ProgramRequirement(f"{_DISTRIBUTION}=={__version__}\n")


def _direct_url() -> dict[str, Any]:
    """Return pip's record, or {} where the program came from an index or was never installed."""
    try:
        text = metadata.distribution(_DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return {}
    origin = json.loads(text or "{}")
    return origin if isinstance(origin, dict) else {}


def newest_release(*, from_index: bool | None = None) -> str:
    """Return the newest version that the index offers which pip is set to; "" where nobody can say.

    Args:
        from_index: whether this program came from an index; found out unless given. Of one that came from
            elsewhere an index is not asked: who has the name there may be somebody else.
    """
    if not (not _direct_url() if from_index is None else from_index):
        return ""
    asked = ("index", "versions", _DISTRIBUTION, "--retries", "0", "--timeout", "5")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *asked]
    try:
        ran = subprocess.run(  # noqa: S603 - our own interpreter and words
            command, capture_output=True, text=True, timeout=_INDEX_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.match(rf"{_DISTRIBUTION} \(([0-9][\w.!+-]{{0,40}})\)", ran.stdout)
    return match[1] if match and not ran.returncode else ""
