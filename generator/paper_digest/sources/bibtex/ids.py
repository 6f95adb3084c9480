"""Which paper it is: arXiv ids, DOIs, ACL and OpenReview ids, wherever a BibTeX entry hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from paper_digest.model.paper import StrictStruct
from paper_digest.text import fields

#: Fields that hold nothing but an address or id of this very paper.
_ADDRESSES = ("url", "pdf", "ee", "link", "bdsk-url-1", "bdsk-url-2")

#: Fields that may hold one beside other words; only the forms below are taken from them.
_REMARKS = ("note", "howpublished", "number", "annote", "addendum", "publisher")

_ARXIV_ID = r"(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?"
_IN_JOURNAL = re.compile(rf"\barxiv\s*:\s*({_ARXIV_ID})(?!\d)", re.IGNORECASE)
_CORR = re.compile(rf"\Aabs/({_ARXIV_ID})\Z", re.IGNORECASE)
_REMARK = re.compile(
    rf"\A(?:arxiv(?:\s+preprint)?(?:\s+arxiv)?\s*:?\s*)({_ARXIV_ID})"
    r"(?:\s*\[[\w., -]+\])*(?:\s*version:?\s*\d+)?[.;]?\Z",
    re.IGNORECASE,
)
_SLAC = re.compile(rf"CITATION\s*=\s*(?:ARXIV:)?({_ARXIV_ID})\s*;", re.IGNORECASE)
_WRAPPED = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?|<([^<>]*)>\Z")
_ESCAPED = re.compile(r"\\([_%&#$~{}])|\{(\\?_)\}|\\textunderscore(?:\{\}|\s)|[{}]")


class Ids(StrictStruct, frozen=True):
    """All ids of one entry; an empty one is unknown."""

    arxiv: str = ""
    doi: str = ""
    acl: str = ""
    openreview: str = ""

    @property
    def best(self) -> str:
        """The id the archive knows the paper by, or ``""`` where only its title is left."""
        for kind in ("arxiv", "doi", "acl", "openreview"):
            if bare := getattr(self, kind):
                return f"{kind}:{bare}"
        return ""


class IdFault(ValueError):  # noqa: N818 - a fault of the file, which becomes a Problem
    """An entry names two papers; the message says which."""


def ids(said: Mapping[str, str]) -> Ids:
    """Collect the ids of an entry from all its fields.

    Raises:
        IdFault: two different arXiv ids, or two different ``doi`` fields' worth of DOIs.
    """
    urls = tuple(addresses(said))
    arxiv = _only("arXiv", _arxiv_ids(said, urls))
    doi = _only("DOI", [d for d in _dois(said, urls) if not fields.parse_arxiv_id(d)[0]])
    acl = _only("ACL", [a for a in map(fields.parse_acl_id, (*urls, said.get("doi", ""))) if a])
    openreview = _only("OpenReview", [o for o in map(fields.parse_openreview_id, urls) if o])
    return Ids(arxiv=arxiv, doi=doi, acl=acl, openreview=openreview)


def addresses(said: Mapping[str, str]) -> Iterator[str]:
    """Yield the web addresses of an entry, LaTeX's escapes undone, each once."""
    seen = set()
    for name in (*_ADDRESSES, *_REMARKS):
        pieces = bare(said.get(name, "")).split()
        if name in _REMARKS and len(pieces) > 1:
            continue  # a remark with more words may speak of another paper
        for found in (fields.valid_url(piece.rstrip(".,;")) for piece in pieces):
            if found and found not in seen:
                seen.add(found)
                yield found


def bare(text: str) -> str:
    r"""Undo what LaTeX needs around an id or address: ``\url{a\_b}`` -> ``a_b``."""
    text = _WRAPPED.sub(lambda found: found[1] or found[2] or "", text)
    return _ESCAPED.sub(lambda found: found[1] or ("_" if "_" in found[0] else ""), text).strip()


def _arxiv_ids(said: Mapping[str, str], urls: Iterable[str]) -> Iterator[str]:
    archive = said.get("archiveprefix") or said.get("eprinttype") or "arXiv"
    candidates = [*urls, bare(said.get("doi", "")), bare(said.get("arxivid", ""))]
    candidates.append(bare(said.get("arxiv", "")))
    if archive.strip("{}").lower() == "arxiv":
        candidates.extend(_eprints(said))
    for form, names in (
        (_IN_JOURNAL, ("journal", "journaltitle")),
        (_CORR, ("volume",)),
        (_REMARK, _REMARKS),
        (_SLAC, ("slaccitation",)),
    ):
        found = (form.search(bare(said.get(name, ""))) for name in names)
        candidates.extend(match[1] for match in found if match)
    for text in candidates:
        found_id, _ = fields.parse_arxiv_id(text)
        if found_id:
            yield found_id


def _eprints(said: Mapping[str, str]) -> Iterator[str]:
    eprint = bare(said.get("eprint", ""))
    yield eprint
    # INSPIRE once kept the archive of old ids apart: eprint = 9901001, primaryClass = hep-th.
    archive = bare(said.get("primaryclass") or said.get("eprintclass") or "")
    yield f"{archive}/{eprint}"


def _dois(said: Mapping[str, str], urls: Iterable[str]) -> Iterator[str]:
    # INSPIRE lists an erratum's DOI after the paper's own.
    own = [
        fields.parse_doi(piece)
        for piece in re.split(r"[\s,;]+(?=10\.|http|doi|\Z)", bare(said.get("doi", "")))
    ]
    yield from [doi for doi in own if doi][:1]
    if not any(own):
        remarks = (bare(said.get(name, "")) for name in _REMARKS)
        tagged = (text for text in remarks if text.lower().startswith(("doi:", "https://doi.org")))
        yield from filter(None, map(fields.parse_doi, (*urls, *tagged)))


def _only(kind: str, found: Iterable[str]) -> str:
    """Return the one id found; different ones are a fault."""
    different = list(dict.fromkeys(found))
    if len(different) > 1:
        raise IdFault(f"two {kind} ids stand in one entry: {different[0]} and {different[1]}")
    return different[0] if different else ""
