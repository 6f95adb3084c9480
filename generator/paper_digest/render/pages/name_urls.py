"""Addresses of the pages of names: authors and organisations."""

from __future__ import annotations

import re
from functools import lru_cache

from paper_digest.model.ids import hash_text
from paper_digest.text.fold import fold_to_ascii

_PLAIN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*\Z")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_MAX_LENGTH = 60


@lru_cache(maxsize=65536)
def page_path(folder: str, name: str) -> str:
    """Return the path of a name's page under ``docs/``; different names never share one.

    ``Ada Lovelace`` -> ``authors/ada-lovelace.md``. A name that is not just capitalised ASCII
    words ends in six hex digits of its hash, because letters were folded away.
    """
    readable = _UNSAFE.sub("-", fold_to_ascii(name)).strip("-")[:_MAX_LENGTH].strip("-")
    if not _PLAIN.match(name) or len(name) > _MAX_LENGTH or readable == "index":
        readable = f"{readable}-{hash_text(name, 3)}".strip("-")
    return f"{folder}/{readable}.md"


def feed_path(folder: str, name: str) -> str:
    """Return the path of a name's feed under ``docs/``, without ending."""
    return f"feeds/{page_path(folder, name).removesuffix('.md')}"
