"""How the program was installed, as a line of a requirements file."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from paper_digest import __version__

#: The name it has at an index.
DISTRIBUTION = "paper-digest"

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
        return ProgramRequirement(f"{DISTRIBUTION} @ {version_control['vcs']}+{url}@{commit}\n")
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.path.endswith(".whl"):
        return ProgramRequirement(f"{DISTRIBUTION} @ {url}\n")
    wheel = Path(unquote(parts.path))
    if parts.scheme == "file" and wheel.suffix == ".whl" and wheel.is_file():
        path = f"{WHEELS_FOLDER}/{wheel.name}"
        return ProgramRequirement(f"./{path}\n", path, wheel.read_bytes())
    return ProgramRequirement(f"{DISTRIBUTION}=={__version__}\n")


def _direct_url() -> dict[str, Any]:
    """Return pip's record, or {} where the program came from an index or was never installed."""
    try:
        text = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return {}
    origin = json.loads(text or "{}")
    return origin if isinstance(origin, dict) else {}


def program_origin() -> str:
    """Return the address the program was installed from; "" for an index, or where it was never installed."""
    return str(_direct_url().get("url", ""))
