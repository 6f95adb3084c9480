"""The body of an HTTP answer, whole or not at all: unpacked, within its size and its time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

#: Windows bits that make zlib read gzip's frame and check its sum.
_GZIP_WBITS = 31
_PIECE_BYTES = 4096
_GZIP_MAGIC = b"\x1f\x8b"
#: Packings of https://www.iana.org/assignments/http-parameters other than gzip.
_OTHER_ENCODINGS = frozenset(
    {"aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "zstd"}
)


class BrokenBodyError(Exception):
    """The body ended early, came too slowly, or is packed wrongly; the message says which."""


class BodyTooLargeError(Exception):
    """The body is larger than the fetcher takes."""


def read_body(
    chunks: Iterable[bytes], encoding: str, max_bytes: int, is_late: Callable[[], bool]
) -> bytes:
    """Join the chunks of a body as they come over the wire, and unpack them.

    Args:
        chunks: the bytes as sent.
        encoding: the ``Content-Encoding`` header.
        max_bytes: most bytes taken, before and after unpacking.
        is_late: tells, after each chunk and each piece unpacked, whether the time is over.

    Raises:
        BrokenBodyError: gzip's end is missing, its sum is wrong, or time is over.
        BodyTooLargeError: there is more than ``max_bytes``.
    """
    packed = bytearray()
    for chunk in chunks:
        packed += chunk
        if len(packed) > max_bytes:
            raise BodyTooLargeError(f"the answer is larger than {max_bytes:,} bytes")
        if is_late():
            raise BrokenBodyError("the answer came too slowly")
    name = encoding.strip().lower()
    if name in _OTHER_ENCODINGS:
        raise BrokenBodyError(f"the answer is packed as {name}, which was not asked for")
    if name in {"gzip", "x-gzip"}:
        return _gunzip(bytes(packed), max_bytes, is_late)
    # A name that nobody knows is no header: the bytes decide. Without one, a file in gzip is what was asked for.
    is_unknown = name not in {"", "identity"} and packed.startswith(_GZIP_MAGIC)
    return _gunzip(bytes(packed), max_bytes, is_late) if is_unknown else bytes(packed)


def _gunzip(packed: bytes, max_bytes: int, is_late: Callable[[], bool]) -> bytes:
    """Unpack all members, piece by piece: what follows a member is copied, so it must be short."""
    data = bytearray()
    reader = None
    for start in range(0, len(packed), _PIECE_BYTES):
        piece = packed[start : start + _PIECE_BYTES]
        if is_late():
            raise BrokenBodyError("the answer took too long to unpack")
        while piece:
            reader = reader or zlib.decompressobj(_GZIP_WBITS)
            try:
                data += reader.decompress(piece, max_bytes + 1 - len(data))
            except zlib.error as fault:
                raise BrokenBodyError(f"the gzip answer is broken ({fault})") from fault
            if len(data) > max_bytes:
                raise BodyTooLargeError(f"the answer is larger than {max_bytes:,} bytes unpacked")
            piece = reader.unused_data
            if reader.eof:
                reader = None
    if reader is not None:
        raise BrokenBodyError("the gzip answer ends early")
    return bytes(data)


def is_web_page(content_type: str, data: bytes) -> bool:
    """Tell whether a web page came; sources answer in JSON, XML or BibTeX."""
    kind = content_type.partition(";")[0].strip().lower()
    start = data[:200].lstrip().lower()
    return kind == "text/html" or start.startswith((b"<!doctype html", b"<html"))
