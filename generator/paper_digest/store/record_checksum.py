"""Tells a record that a person edited from one as the program wrote it, by a checksum in the record.

The last line of the front matter is ``# checksum: 1a2b3c4d``: a comment to YAML, of the bytes of the
file without it. Records of earlier versions have none, and nothing is known of them.
"""

from __future__ import annotations

import hashlib
import re

#: What stands before the checksum.
CHECKSUM_MARK = "\n# checksum: "

_LINE = re.compile(rb"\n# checksum: ([0-9a-f]{8})\n---\n")
_END = b"\n---\n"


def with_checksum(data: bytes) -> bytes:
    """Return the bytes of a record, as ``encode_paper`` makes them, with their checksum."""
    head, end, body = data.partition(_END)
    return b"%s%s%s%s%s" % (head, CHECKSUM_MARK.encode(), _checksum(data).encode(), end, body)


def without_checksum(data: bytes) -> bytes:
    """Return the bytes of a record without their checksum, if they have one."""
    return _LINE.sub(_END, data, count=1)


def was_edited(data: bytes) -> bool:
    """Tell whether a person changed a record since the program wrote it; no where that is not known.

    Ends of lines, which git and editors change, do not count.
    """
    data = data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    line = _LINE.search(data)
    return line is not None and line[1].decode() != _checksum(without_checksum(data))


def _checksum(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=4).hexdigest()
