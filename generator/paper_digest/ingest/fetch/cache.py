"""The cache of raw answers: one compressed file per address, so that a run can be replayed.

A file is a line of JSON (the header) and then the answer, both in one zlib stream, which ends with a
checksum (RFC 1950); its name is the hash of the address. Nothing else reads or writes the folder.
"""

from __future__ import annotations

import os
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from paper_digest.incremental.replace import replace_file
from paper_digest.model.errors import SourceError
from paper_digest.model.ids import hash_text
from paper_digest.model.quoting import quote_outside
from paper_digest.model.strict import StrictStruct

_SUFFIX = ".answer"
_MAX_HEADER_BYTES = 16_384


class AnswerHeader(StrictStruct, frozen=True):
    """What is known of an answer: its address, ISO time of asking (UTC), and HTTP validators."""

    url: str
    fetched: str
    etag: str = ""
    last_modified: str = ""


class AnswerCache:
    """Answers by address, in one folder that is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder's name; it is not touched yet."""
        self._folder = folder

    def read(self, url: str, *, ignore_broken: bool = False) -> tuple[AnswerHeader, bytes] | None:
        """Return header and data of the answer kept for an address, or ``None``.

        Raises:
            SourceError: the file is there but cannot be read or is of another address, unless that
                counts as absent.
        """
        path = self._path(url)
        try:
            head, _, data = zlib.decompress(path.read_bytes()).partition(b"\n")
            header = msgspec.json.decode(head, type=AnswerHeader)
            fault = "" if header.url == url else f"it is that of {quote_outside(header.url)}"
        except FileNotFoundError:
            return None
        except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as error:
            fault = str(error)
        if not fault:
            return header, data
        if ignore_broken:
            return None
        raise SourceError(str(path), f"this kept answer is broken: {fault}", "delete it")

    def write(self, header: AnswerHeader, data: bytes) -> None:
        """Keep an answer; a reader sees the old one or the new one, never a part."""
        packed = zlib.compress(msgspec.json.encode(header) + b"\n" + data)
        # An ingest and an enrich may run at the same time.
        replace_file(self._path(header.url), packed, f".{os.getpid()}.part")

    def prune(self, days: int, now: datetime) -> int:
        """Delete answers asked for more than ``days`` before ``now``, and broken ones; count them."""
        oldest = (now.astimezone(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        old = [path for path in self._folder.glob(f"*{_SUFFIX}") if _fetch_time(path) < oldest]
        old += self._folder.glob("*.part")
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, url: str) -> Path:
        return self._folder / (hash_text(url, 16) + _SUFFIX)


def _fetch_time(path: Path) -> str:
    """Return when a kept answer was asked for, reading no more than its header; ``""`` if broken."""
    try:
        head = zlib.decompressobj().decompress(path.read_bytes(), _MAX_HEADER_BYTES)
        return msgspec.json.decode(head.partition(b"\n")[0], type=AnswerHeader).fetched
    except (OSError, zlib.error, msgspec.MsgspecError, UnicodeDecodeError):
        return ""
