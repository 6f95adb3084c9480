"""Ids of papers, and the slugs, folders, title keys and hashes made of them."""

from __future__ import annotations

import hashlib
import unicodedata

from paper_digest.model.late_pattern import late_pattern

_OLD_ARXIV = late_pattern(r"[a-z-]+(?:\.[A-Z]{2})?/(\d{4})\d{3}\Z")
#: Control characters, lone surrogates, and signs that turn the reading direction.
_INVISIBLE = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff"
#: The form of an id of each kind, without its kind. A slug is made of it, which is a file's name: no
#: form holds a character that a file system, an address or a line could trip over, or is too long.
#: ACL: https://aclanthology.org/info/ids/; DOI: doi.org/doi-handbook, in lower case;
#: OpenReview: https://docs.openreview.net/reference/api-v2/entities/note
_ID_FORMS = {
    "arxiv": late_pattern(r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,40}/[0-9]{7})\Z"),
    "title": late_pattern(r"[0-9a-f]{16}\Z"),
    "acl": late_pattern(r"[A-Za-z0-9][A-Za-z0-9.-]{0,99}\Z"),
    "openreview": late_pattern(r"[A-Za-z0-9_-]{1,40}\Z"),
    "doi": late_pattern(rf"10\.[0-9]{{4,9}}/[^\s{_INVISIBLE}]{{1,900}}\Z"),
}
#: Kinds of ids whose slugs end in a short hash: their addresses are out and stay.
_SHORT_HASH_KINDS = frozenset({"doi", "openreview"})
_UNSAFE_IN_PATH = late_pattern(r"[^A-Za-z0-9.]+")


def slug(paper_id: str) -> str:
    """Turn an id into a file name and URL part.

    Two different ids hardly ever share one; whoever writes records refuses the second.

    ``arxiv:2511.01234`` -> ``2511.01234``; ``arxiv:hep-th/9901001`` -> ``hep-th-9901001``;
    any other id keeps its readable part and ends in hex digits of its hash (six for DOIs and
    OpenReview, else sixteen), because characters unfit for a path were replaced.
    """
    kind, _, bare = paper_id.partition(":")
    if kind == "arxiv":
        return bare.replace("/", "-")
    if kind in {"title", "acl"}:
        return f"{kind}-{bare}"
    readable = _UNSAFE_IN_PATH.sub("-", bare).strip("-.")[:60].rstrip("-.")
    return f"{kind}-{readable}-{hash_text(paper_id, 3 if kind in _SHORT_HASH_KINDS else 8)}"


def is_paper_id(text: str) -> bool:
    """Tell whether a text is the id of a paper, in the one form that is written and read.

    Readers of sources make no other, the store writes no other and loads no other.
    """
    kind, _, bare = text.partition(":")
    form = _ID_FORMS.get(kind)
    return bool(form and form.match(bare))


def folder(paper_id: str) -> str:
    """Name the folder of the store for an id: ``2511`` for arXiv's, the kind for all others."""
    kind, _, bare = paper_id.partition(":")
    if kind != "arxiv":
        return kind
    old = _OLD_ARXIV.match(bare) if "/" in bare else None
    return old[1] if old else bare[:4]


def is_arxiv_id(bare: str) -> bool:
    """Tell whether ``bare`` has the form of an arXiv identifier without version.

    Forms: https://info.arxiv.org/help/arxiv_identifier.html
    """
    return is_paper_id(f"arxiv:{bare}")


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
