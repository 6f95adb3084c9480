"""How the program was installed, as a line of a requirements file."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import paper_digest
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
    """Return pip's record, or {} where the program came from an index or was never installed.

    A build in a checkout leaves a folder ``.egg-info`` there, which names the program too and has no record.
    """
    for installed in metadata.distributions(name=DISTRIBUTION):
        if text := installed.read_text("direct_url.json"):
            origin = json.loads(text)
            return origin if isinstance(origin, dict) else {}
    return {}


def program_origin() -> str:
    """Return the address the program was installed from, or the folder of a checkout; "" for an index."""
    if url := str(_direct_url().get("url", "")):
        return url
    place = Path(paper_digest.__file__).parent.parent
    # What pip installs has its metadata beside it (PEP 376).
    is_installed = any(place.glob(f"{paper_digest.__name__}-*.dist-info"))
    return "" if is_installed else str(place)
