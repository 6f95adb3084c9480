r"""Finds web addresses in running text, with their labels, and classifies what they lead to.

A page saved as text keeps ``\href`` links as ``https://host/path{label}``. Lists of hosts:
https://huggingface.co/docs/hub/repositories (models, datasets and Spaces).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Link
from paper_digest.text import fields

_URL_CHARACTERS = r"(?:[A-Za-z0-9\-._~:/?#@!&'()*+,;=%]|\\[_%#&~](?:\{\})?)"
#: Hosts whose addresses are often written without ``https://``, and are certain without it.
_WELL_KNOWN = r"(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|[A-Za-z0-9-]+\.github\.io)/"
_ADDRESS = rf"(?:https?://|{_WELL_KNOWN}){_URL_CHARACTERS}+"
_LINK_PATTERN = late_pattern(
    rf"\$?\\href\s*\{{\s*(?P<href>{_ADDRESS})\s*\}}\s*\{{(?P<name>[^{{}}]*)\}}\$?"
    rf"|\\(?:url|nolinkurl|path)\s*\{{\s*(?P<url>{_ADDRESS})\s*\}}"
    rf"|(?P<foot>\\footnote\s*\{{)\s*(?:\\url\s*\{{)?(?P<note>{_ADDRESS})\s*\}}{{1,2}}"
    rf"|\[(?P<words>[^\[\]\n]{{1,120}})\]\((?P<marked>https?://[^\s()<>]+)\)"
    rf"|<(?P<angled>{_ADDRESS})>"
    rf"|(?P<bare>https?://{_URL_CHARACTERS}+|(?<![\w.@/-]){_WELL_KNOWN}{_URL_CHARACTERS}+)"
    rf"(?P<label>\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})?"
)
#: Every text with an address holds one of these; most texts hold none and are not searched.
_LINK_HINTS = ("http", "github.", "gitlab.com/", "huggingface.co/")
_ESCAPE = late_pattern(r"\\([_%#&~])(?:\{\})?")
_LABEL_WRAP = late_pattern(r"(?:(?<![A-Za-z\\])[A-Za-z\\]+)?\{([^{}]*)\}")
_EMPTY_LABEL = late_pattern(
    r"(?:this )?(?:https?|ftp|url)?\s*(?:url|link)?\Z|https?:|[\w.-]+\.\w+/", re.IGNORECASE
)

_HUGGINGFACE_HOSTS = frozenset({"huggingface.co", "hf.co", "hf-mirror.com", "hf.barry1.top"})
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
#: Other hosts that hold one kind of thing; a host below one of them holds the same.
_KIND_BY_HOST = {
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
_ID_HOSTS = frozenset({"arxiv.org", "doi.org", "dx.doi.org"})
#: First parts of Hugging Face's addresses that are no user's name.
_HUB_PAGES = frozenset(
    {"blog", "docs", "papers", "collections", "models", "tasks", "learn", "posts", "join"}
)
_KIND_WORDS = {
    "code": late_pattern(
        r"\b(?:codes?|codebase|github|implementations?|repo(?:sitory)?|scripts?)\b", re.IGNORECASE
    ),
    "model": late_pattern(r"\b(?:models?|weights|checkpoints?)\b", re.IGNORECASE),
    "dataset": late_pattern(r"\b(?:data|datasets?|benchmarks?|corpus|corpora)\b", re.IGNORECASE),
    "video": late_pattern(r"\bvideos?\b", re.IGNORECASE),
    "project": late_pattern(
        r"\b(?:project|demos?|home\s?page|web\s?(?:page|site))\b", re.IGNORECASE
    ),
}
#: How far back, in characters, a sentence is read for what an address is.
_CONTEXT_CHARACTERS = 90


class LinkedText(NamedTuple):
    """A piece of a text: plain where ``url`` is empty, else the label of a link."""

    text: str
    url: str = ""


@lru_cache(maxsize=256)
def split_at_links(text: str) -> tuple[LinkedText, ...]:
    r"""Cut a text into plain pieces and links (label and absolute http(s) address).

    Bare addresses (of well-known hosts also without ``https://``), ``address{label}``, ``\href``, ``\url``, ``[label](address)`` and
    ``<address>`` are links; an empty label, or one such as "link", is replaced by the address. Punctuation that
    ends the sentence is no part of an address. What is no valid address stays plain text.
    """
    if not any(hint in text for hint in _LINK_HINTS):
        return (LinkedText(text),) if text else ()
    parts: list[LinkedText] = []
    last = 0
    for match in _LINK_PATTERN.finditer(text):
        link, end = _parse_link(match)
        if not link.url:
            continue
        before = text[last : match.start()] + (" (" if match["foot"] else "")
        if before:
            parts.append(LinkedText(before))
        parts.append(link)
        if match["foot"]:
            parts.append(LinkedText(")"))
        last = end
    if last < len(text):
        parts.append(LinkedText(text[last:]))
    return tuple(parts)


def find_links(text: str) -> tuple[Link, ...]:
    """Return the links of an abstract or comment, each address once, in the order they stand.

    arXiv and DOI addresses are left out: they name papers by their ids.
    """
    by_url: dict[str, Link] = {}
    before = ""
    for piece in split_at_links(text):
        if piece.url:
            label = "" if piece.text == piece.url else piece.text
            link = classify_link(piece.url, label, before)
            if link:
                by_url.setdefault(link.url, link)
        before = (before + piece.text)[-_CONTEXT_CHARACTERS:]
    return tuple(by_url.values())


def classify_link(url: str, label: str = "", before: str = "") -> Link | None:
    """Return the link with its kind: by its host, else by its label, else by the words before it.

    Returns ``None`` for an address that names a paper by its id.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = [part for part in parts.path.split("/") if part]
    if host in _ID_HOSTS:
        return None
    if host in _HUGGINGFACE_HOSTS:
        return _classify_huggingface_url(path, label, before)
    if host in _CODE_HOSTS and len(path) > 1:
        path[1] = path[1].removesuffix(".git")
        tail = "/".join(path) + (f"?{parts.query}" if parts.query else "")
        return Link("code", f"https://{host}/{tail}")
    kind = _KIND_BY_HOST.get(host) or _KIND_BY_HOST.get(host.partition(".")[2])
    return Link(kind or _kind_from_words(label, before), url)


def _classify_huggingface_url(path: list[str], label: str, before: str) -> Link | None:
    """Classify an address of Hugging Face or of one of its mirrors."""
    url = "https://huggingface.co/" + "/".join(path)
    first = path[0] if path else ""
    if first == "papers":
        return Link("huggingface", url) if len(path) > 1 else None
    for kind in ("dataset", "space"):
        if first == kind + "s" and len(path) > 2:  # noqa: PLR2004 - kind, owner and name
            return Link(kind, url)
    if first in _HUB_PAGES or len(path) < 2:  # noqa: PLR2004 - owner and name
        return Link(_kind_from_words(label, before), url)
    return Link("model", url)


def _kind_from_words(label: str, before: str) -> str:
    """Return the one kind that the label names, or else the sentence before; ``other`` if unclear."""
    for words in (label, re.split(r"[.;!?]\s", before)[-1]):
        kinds = [kind for kind, pattern in _KIND_WORDS.items() if pattern.search(words)]
        if "project" in kinds:
            return "project"
        if len(kinds) == 1:
            return kinds[0]
    return "other"


def _parse_link(match: re.Match[str]) -> tuple[LinkedText, int]:
    """Return the link at a place (without address if it is none) and where the text goes on."""
    bare = match["bare"]
    if bare is None:
        raw = next(match[g] for g in ("href", "url", "note", "marked", "angled") if match[g])
        url = _clean_url(_trim_sentence_end(raw))
        return LinkedText(
            _clean_label(match["name"] or match["words"] or "", url), url
        ), match.end()
    if match["label"] and bare[-1] not in ".,;:!?)":
        url = _clean_url(bare)
        return LinkedText(_clean_label(match["label"][1:-1], url), url), match.end()
    trimmed = _trim_sentence_end(bare)
    url = _clean_url(trimmed)
    return LinkedText(url, url), match.start() + len(trimmed)


def _clean_url(address: str) -> str:
    """Return an address without TeX's escapes and with its scheme, or "" if it is invalid."""
    plain = _ESCAPE.sub(r"\1", address)
    return fields.valid_url(plain if plain.startswith("http") else f"https://{plain}")


def _clean_label(words: str, url: str) -> str:
    """Return the words of a link; its address where there are none, or only such as "link"."""
    words = " ".join(_LABEL_WRAP.sub(r"\1", words).split())
    return url if _EMPTY_LABEL.match(words) or not words else words


def _trim_sentence_end(address: str) -> str:
    """Cut what belongs to the sentence off the end of an address."""
    while address:
        last = address[-1]
        stop = last in ".,;:!?'*_" and not address.endswith("\\_")
        unopened = last == ")" and address.count(")") > address.count("(")
        if not stop and not unopened:
            break
        address = address[:-1]
    return address
