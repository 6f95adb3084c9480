"""The list at a target: which names at its top are a site's, and whose site it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from paper_digest.deliver.archive_traces import ArchiveTraces, read_traces
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.errors import DigestError
from paper_digest.settings.config import load_config

_HASH_PREFIX = "# "
_OWNER_PREFIX = "# site: "


class SiteOwner(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose site it is: the archive's title and address, and the volume's name ("" of the current site).

    ``traces`` are the archive's own; in a list at a target a sample of them, and none in those of earlier versions.
    """

    title: str
    url: str
    volume: str
    traces: ArchiveTraces = ArchiveTraces()

    def is_another(self, other: SiteOwner) -> bool:
        """Tell whether two are not known to be one site: an archive may change its title, or move, but not both at once.

        Many archives may have one title (``digest new --yes`` gives all the same), so that without one address
        for both they have to share an ingest, or a paper, where both have some.

        Args:
            other: whose site stands at the target.
        """
        has_one_url = bool(self.url and self.url == other.url)
        is_known = has_one_url or (
            self.title == other.title and not self.traces.lacks_all(other.traces)
        )
        return self.volume != other.volume or not is_known

    def __str__(self) -> str:
        return f"the site “{self.title}”" + f", volume {self.volume}" * bool(self.volume)


class TargetList(NamedTuple):
    """The names at the top of a target that are a site's, folders with a slash; and whose it is, if it says so."""

    names: tuple[str, ...] = ()
    owner: SiteOwner | None = None


def site_owner(root: Path) -> SiteOwner | None:
    """Return whose site is built in a project's folder; ``None`` where its settings cannot be read."""
    try:
        config = load_config(root)
    except DigestError:
        return None
    return SiteOwner(config.title, config.url, config.volume, read_traces(root))


def write_list(names: Iterable[str], owner: SiteOwner | None) -> bytes:
    """Return a list as bytes, a hash of it in its last line: what it names may be deleted."""
    text = "".join(f"{name}\n" for name in names).encode()
    if owner:
        if owner.traces != ArchiveTraces():
            owner = msgspec.structs.replace(owner, traces=owner.traces.sample())
        text += _OWNER_PREFIX.encode() + msgspec.json.encode(owner, order="deterministic") + b"\n"
    return text + f"{_HASH_PREFIX}{hash_bytes(text).hex()}\n".encode()


def read_list(data: bytes) -> TargetList:
    """Read a list; a damaged one is empty. Those of earlier versions have no owner, or no hash either."""
    text, separator, check = data.rpartition(_HASH_PREFIX.encode())
    if separator and check.strip() != hash_bytes(text).hex().encode():
        return TargetList()
    lines = (text if separator else data).decode("utf-8", "replace").split("\n")[:-1]
    if separator and lines and lines[-1].startswith(_OWNER_PREFIX):
        try:
            owner = msgspec.json.decode(lines[-1].removeprefix(_OWNER_PREFIX), type=SiteOwner)
        except msgspec.DecodeError:
            return TargetList(tuple(lines))
        return TargetList(tuple(lines[:-1]), owner)
    return TargetList(tuple(lines))
