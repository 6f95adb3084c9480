"""Ids of papers, and the slugs, folders, title keys and hashes made of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NEW_ARXIV = re.compile(r"\d{4}\.\d{4,5}\Z")
_OLD_ARXIV = re.compile(r"[a-z-]+(?:\.[A-Z]{2})?/(\d{4})\d{3}\Z")
_UNSAFE_IN_PATH = re.compile(r"[^A-Za-z0-9.]+")


def slug(paper_id: str) -> str:
    """Turn an id into a file name and URL part; different ids never share one.

    ``arxiv:2511.01234`` -> ``2511.01234``; ``arxiv:hep-th/9901001`` -> ``hep-th-9901001``;
    any other id keeps its readable part and ends in six hex digits of its hash, because
    characters unfit for a path were replaced.
    """
    kind, _, bare = paper_id.partition(":")
    if kind == "arxiv":
        return bare.replace("/", "-")
    if kind in {"title", "acl"}:
        return f"{kind}-{bare}"
    readable = _UNSAFE_IN_PATH.sub("-", bare).strip("-.")[:60].rstrip("-.")
    return f"{kind}-{readable}-{hash_text(paper_id, 3)}"


def folder(paper_id: str) -> str:
    """Name the folder of the store for an id: ``2511`` for arXiv's, the kind for all others."""
    kind, _, bare = paper_id.partition(":")
    if kind != "arxiv":
        return kind
    old = _OLD_ARXIV.match(bare)
    return old[1] if old else bare[:4]


def is_arxiv_id(bare: str) -> bool:
    """Tell whether ``bare`` has the form of an arXiv identifier without version.

    Forms: https://info.arxiv.org/help/arxiv_identifier.html
    """
    return bool(_NEW_ARXIV.match(bare) or _OLD_ARXIV.match(bare))


def title_key(title: str) -> str:
    """Reduce a title to its letters and digits, case and accents folded, to compare two printings.

    TeX signs, punctuation and spaces fall away; a title of nothing else gives "".
    """
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(c for c in folded if c.isalnum())


def title_id(title: str, *distinguishing_parts: str) -> str:
    """Make the id of a paper known by its title alone (and by ``distinguishing_parts``: year, first author)."""
    return "title:" + hash_text("\n".join((title_key(title) or title, *distinguishing_parts)), 8)


def hash_text(text: str, byte_count: int) -> str:
    """Hash a text for an id or a name: ``2 * byte_count`` hex digits, the same for ever."""
    return hashlib.blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=byte_count
    ).hexdigest()
