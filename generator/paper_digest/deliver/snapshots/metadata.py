"""What a snapshot says of itself: how it is cited (CITATION.cff), and what it holds (RO-Crate).

Forms: Citation File Format 1.2.0 (https://citation-file-format.github.io), RO-Crate 1.2
(https://w3id.org/ro/crate/1.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import yaml

from paper_digest import __version__
from paper_digest.settings.config import Config

CITATION_NAME = "CITATION.cff"
CRATE_NAME = "ro-crate-metadata.json"

_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_PROGRAM_ID = "#paper-digest"
#: Wide enough that no text is broken over lines.
_LINE_WIDTH = 100_000


class Part(msgspec.Struct, frozen=True):
    """A file or folder of a snapshot: path, what it is, media type, bytes and SHA-256 where it is one file."""

    path: str
    name: str
    media_type: str = ""
    size: int = 0
    sha256: str = ""


def citation_file(config: Config, day: str = "", given: bytes = b"") -> bytes:
    """Return a ``CITATION.cff`` of an archive.

    Args:
        config: the archive's settings.
        day: of the snapshot (ISO date), which becomes version and day of release; "" leaves both out.
        given: the file that the operator keeps, whose words stay; b"" where there is none.
    """
    try:
        own = yaml.safe_load(given)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        own = None
    values = dict(own) if isinstance(own, dict) else _citation(config)
    if day:
        values |= {"version": day, "date-released": day}
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=_LINE_WIDTH)
    return text.encode()


def _citation(config: Config) -> dict[str, Any]:
    curators = {"name": f"The curators of {config.title}"}
    values = {
        "cff-version": "1.2.0",
        "message": "If you use this archive, please cite it as below, and papers by their own references.",
        "type": "dataset",
        "title": config.title,
        "abstract": config.description,
        "authors": [curators],
        "url": config.url,
        "repository-code": config.repository,
    }
    return {name: value for name, value in values.items() if value}


def crate_metadata(config: Config, day: str, parts: Iterable[Part]) -> bytes:
    """Return the ``ro-crate-metadata.json`` of a snapshot taken on ``day`` (ISO date)."""
    parts = tuple(parts)
    description = config.description or f"A snapshot of the archive “{config.title}”."
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{config.title}, {day}",
        "description": description,
        "datePublished": day,
        "version": day,
        "license": "Titles, authors and abstracts are their sources'; each record names its sources and, where one is known, its licence.",
        "hasPart": [{"@id": part.path} for part in parts],
    }
    if config.url:
        root |= {"url": config.url}
    if config.repository:
        root |= {"isBasedOn": config.repository}
    descriptor = {
        "@id": CRATE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    program = {
        "@id": _PROGRAM_ID,
        "@type": "SoftwareApplication",
        "name": "paper-digest",
        "softwareVersion": __version__,
    }
    made = {
        "@id": "#made",
        "@type": "CreateAction",
        "name": "digest snapshot",
        "instrument": {"@id": _PROGRAM_ID},
        "result": {"@id": "./"},
    }
    graph = [descriptor, root | {"mentions": {"@id": "#made"}}, *map(_entity, parts), program, made]
    document = {"@context": f"{_SPECIFICATION}/context", "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _entity(part: Part) -> dict[str, Any]:
    if part.path.endswith("/"):
        return {"@id": part.path, "@type": "Dataset", "name": part.name}
    return {
        "@id": part.path,
        "@type": "File",
        "name": part.name,
        "encodingFormat": part.media_type,
        "contentSize": str(part.size),
        "sha256": part.sha256,
    }
