r"""Web addresses in running text: where they stand, what they are called, and what they lead to.

A page saved as text keeps ``\href`` links as ``https://host/path{label}``. Lists of hosts:
https://huggingface.co/docs/hub/repositories (models, datasets and Spaces).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from paper_digest.model.paper import Link
from paper_digest.text import fields

_CHARACTERS = r"(?:[A-Za-z0-9\-._~:/?#@!&'()*+,;=%]|\\[_%#&~](?:\{\})?)"
#: Hosts whose addresses are often written without ``https://``, and are certain without it.
_WELL_KNOWN = r"(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|[A-Za-z0-9-]+\.github\.io)/"
_ADDRESS = rf"(?:https?://|{_WELL_KNOWN}){_CHARACTERS}+"
_PLACE = re.compile(
    rf"\$?\\href\s*\{{\s*(?P<href>{_ADDRESS})\s*\}}\s*\{{(?P<name>[^{{}}]*)\}}\$?"
    rf"|\\(?:url|nolinkurl|path)\s*\{{\s*(?P<url>{_ADDRESS})\s*\}}"
    rf"|(?P<foot>\\footnote\s*\{{)\s*(?:\\url\s*\{{)?(?P<note>{_ADDRESS})\s*\}}{{1,2}}"
    rf"|\[(?P<words>[^\[\]\n]{{1,120}})\]\((?P<marked>https?://[^\s()<>]+)\)"
    rf"|<(?P<angled>{_ADDRESS})>"
    rf"|(?P<bare>https?://{_CHARACTERS}+|(?<![\w.@/-]){_WELL_KNOWN}{_CHARACTERS}+)"
    rf"(?P<label>\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})?"
)
#: What every text with an address holds; most texts hold none, and need no closer look.
_MARKS = ("http", "github.", "gitlab.com/", "huggingface.co/")
_ESCAPE = re.compile(r"\\([_%#&~])(?:\{\})?")
_LABEL_WRAP = re.compile(r"[A-Za-z\\]*\{([^{}]*)\}")
_NO_NAME = re.compile(
    r"(?:this )?(?:https?|ftp|url)?\s*(?:url|link)?\Z|https?:|[\w.-]+\.\w+/", re.IGNORECASE
)

_MIRRORS = frozenset({"huggingface.co", "hf.co", "hf-mirror.com", "hf.barry1.top"})
_FORGES = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
#: Other hosts that tell what they hold; of a host under one of them, too.
_HOSTS = {
    "anonymous.4open.science": "code",
    "gist.github.com": "code",
    "github.io": "project",
    "gitlab.io": "project",
    "sites.google.com": "project",
    "hf.space": "space",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
    "bilibili.com": "video",
}
_IMPLIED = frozenset({"arxiv.org", "doi.org", "dx.doi.org"})
#: First parts of Hugging Face's addresses that are no user's name.
_HUB_PAGES = frozenset(
    {"blog", "docs", "papers", "collections", "models", "tasks", "learn", "posts", "join"}
)
_WORDS = {
    "code": re.compile(
        r"\b(?:codes?|codebase|github|implementations?|repo(?:sitory)?|scripts?)\b", re.IGNORECASE
    ),
    "model": re.compile(r"\b(?:models?|weights|checkpoints?)\b", re.IGNORECASE),
    "dataset": re.compile(r"\b(?:data|datasets?|benchmarks?|corpus|corpora)\b", re.IGNORECASE),
    "video": re.compile(r"\bvideos?\b", re.IGNORECASE),
    "project": re.compile(r"\b(?:project|demos?|home\s?page|web\s?(?:page|site))\b", re.IGNORECASE),
}
#: How far back, in characters, a sentence is read for what an address is.
_REACH = 90


class Piece(NamedTuple):
    """A piece of a text: plain where ``url`` is empty, else the label of a link."""

    text: str
    url: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    r"""Cut a text into plain pieces and links (label and absolute http(s) address).

    Bare addresses (of well-known hosts also without ``https://``), ``address{label}``, ``\href``, ``\url``, ``[label](address)`` and
    ``<address>`` are links; a label that says nothing gives way to the address. Punctuation that
    ends the sentence is no part of an address. What is no valid address stays plain text.
    """
    if not any(mark in text for mark in _MARKS):
        return (Piece(text),) if text else ()
    found: list[Piece] = []
    last = 0
    for place in _PLACE.finditer(text):
        link, end = _read(place)
        if not link.url:
            continue
        before = text[last : place.start()] + (" (" if place["foot"] else "")
        if before:
            found.append(Piece(before))
        found.append(link)
        if place["foot"]:
            found.append(Piece(")"))
        last = end
    if last < len(text):
        found.append(Piece(text[last:]))
    return tuple(found)


def links(text: str) -> tuple[Link, ...]:
    """Return the links of an abstract or comment, each address once, in the order they stand.

    arXiv and DOI addresses are left out: they name papers by their ids.
    """
    found: dict[str, Link] = {}
    before = ""
    for piece in pieces(text):
        if piece.url:
            label = "" if piece.text == piece.url else piece.text
            link = classified(piece.url, label, before)
            if link:
                found.setdefault(link.url, link)
        before = (before + piece.text)[-_REACH:]
    return tuple(found.values())


def classified(url: str, label: str = "", before: str = "") -> Link | None:
    """Say what an address leads to: by its host, else by its label, else by the words before it.

    Returns ``None`` for an address that names a paper by its id.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = [part for part in parts.path.split("/") if part]
    if host in _IMPLIED:
        return None
    if host in _MIRRORS:
        return _hub(path, label, before)
    if host in _FORGES and len(path) > 1:
        path[1] = path[1].removesuffix(".git")
        tail = "/".join(path) + (f"?{parts.query}" if parts.query else "")
        return Link("code", f"https://{host}/{tail}")
    kind = _HOSTS.get(host) or _HOSTS.get(host.partition(".")[2])
    return Link(kind or _spoken(label, before), url)


def _hub(path: list[str], label: str, before: str) -> Link | None:
    """Classify an address of Hugging Face or of one of its mirrors."""
    url = "https://huggingface.co/" + "/".join(path)
    first = path[0] if path else ""
    if first == "papers":
        return Link("huggingface", url) if len(path) > 1 else None
    for kind in ("dataset", "space"):
        if first == kind + "s" and len(path) > 2:  # noqa: PLR2004 - kind, owner and name
            return Link(kind, url)
    if first in _HUB_PAGES or len(path) < 2:  # noqa: PLR2004 - owner and name
        return Link(_spoken(label, before), url)
    return Link("model", url)


def _spoken(label: str, before: str) -> str:
    """Return the one kind that the label names, or else the sentence before; ``other`` if unclear."""
    for words in (label, re.split(r"[.;!?]\s", before)[-1]):
        kinds = [kind for kind, pattern in _WORDS.items() if pattern.search(words)]
        if "project" in kinds:
            return "project"
        if len(kinds) == 1:
            return kinds[0]
    return "other"


def _read(place: re.Match[str]) -> tuple[Piece, int]:
    """Return the link at a place (without address if it is none) and where the text goes on."""
    bare = place["bare"]
    if bare is None:
        raw = next(place[g] for g in ("href", "url", "note", "marked", "angled") if place[g])
        url = _url(_trimmed(raw))
        return Piece(_label(place["name"] or place["words"] or "", url), url), place.end()
    if place["label"] and bare[-1] not in ".,;:!?)":
        url = _url(bare)
        return Piece(_label(place["label"][1:-1], url), url), place.end()
    short = _trimmed(bare)
    url = _url(short)
    return Piece(url, url), place.start() + len(short)


def _url(address: str) -> str:
    """Return an address as it is asked for, or "" if it is none."""
    plain = _ESCAPE.sub(r"\1", address)
    return fields.url(plain if plain.startswith("http") else f"https://{plain}")


def _label(words: str, url: str) -> str:
    """Return the words of a link; where they say nothing, its address."""
    words = " ".join(_LABEL_WRAP.sub(r"\1", words).split())
    return url if _NO_NAME.match(words) or not words else words


def _trimmed(address: str) -> str:
    """Cut what belongs to the sentence off the end of an address."""
    while address:
        last = address[-1]
        stop = last in ".,;:!?'*_" and not address.endswith("\\_")
        unopened = last == ")" and address.count(")") > address.count("(")
        if not stop and not unopened:
            break
        address = address[:-1]
    return address
