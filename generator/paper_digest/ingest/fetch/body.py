"""The body of an HTTP answer, whole or not at all: unpacked, within its size and its time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

#: Windows bits that make zlib read gzip's frame and check its sum.
_GZIP = 31


class Cut(Exception):  # noqa: N818 - a fault on the way; the fetcher tries again
    """The body ended early, came too slowly, or is packed wrongly; the message says which."""


class Oversized(Exception):  # noqa: N818 - as above, but there is no use in trying again
    """The body is larger than the fetcher takes."""


def body(chunks: Iterable[bytes], encoding: str, largest: int, late: Callable[[], bool]) -> bytes:
    """Join the chunks of a body as they come over the wire, and unpack them.

    Args:
        chunks: the bytes as sent.
        encoding: the ``Content-Encoding`` header.
        largest: most bytes taken, before and after unpacking.
        late: tells, after each chunk, whether the time for this answer is over.

    Raises:
        Cut: gzip's end is missing, its sum is wrong, or time is over.
        Oversized: there is more than ``largest``.
    """
    packed = bytearray()
    for chunk in chunks:
        packed += chunk
        if len(packed) > largest:
            raise Oversized(f"the answer is larger than {largest:,} bytes")
        if late():
            raise Cut("the answer came too slowly")
    if encoding.strip().lower() in {"", "identity"}:
        return bytes(packed)
    if encoding.strip().lower() not in {"gzip", "x-gzip"}:
        raise Cut(f"the answer is packed as {encoding!r}, which was not asked for")
    return _unpack(bytes(packed), largest)


def _unpack(packed: bytes, largest: int) -> bytes:
    data = bytearray()
    while packed:
        reader = zlib.decompressobj(_GZIP)
        try:
            data += reader.decompress(packed, largest + 1 - len(data))
        except zlib.error as fault:
            raise Cut(f"the gzip answer is broken ({fault})") from fault
        if len(data) > largest:
            raise Oversized(f"the answer is larger than {largest:,} bytes unpacked")
        if not reader.eof:
            raise Cut("the gzip answer ends early")
        packed = reader.unused_data
    return bytes(data)


def is_page(content_type: str, data: bytes) -> bool:
    """Tell whether a web page came; sources answer in JSON, XML or BibTeX."""
    kind = content_type.partition(";")[0].strip().lower()
    start = data[:200].lstrip().lower()
    return kind == "text/html" or start.startswith((b"<!doctype html", b"<html"))
