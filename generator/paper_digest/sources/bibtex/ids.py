"""Which paper it is: arXiv ids, DOIs, ACL and OpenReview ids, wherever a BibTeX entry hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct
from paper_digest.sources.bibtex.text import plain_angles
from paper_digest.sources.entry_location import quote_value
from paper_digest.sources.paper_addresses import find_arxiv_id
from paper_digest.text import fields
from paper_digest.text.markup import unescape_entities

#: Fields that hold nothing but an address or id of this very paper.
_ADDRESS_FIELDS = ("url", "pdf", "ee", "link", "bdsk-url-1", "bdsk-url-2")

#: Fields that may hold one beside other words; only the forms below are taken from them.
_REMARK_FIELDS = (
    "note", "howpublished", "number", "annote", "addendum", "publisher", "eid", "pages", "type",
    "series", "annotation", "extra", "comment",
)  # fmt: skip
#: Fields whose bare id is arXiv's where one of ``_PUBLISHER_FIELDS`` names arXiv.
_NUMBER_FIELDS = ("number", "volume", "eid", "pages", "issue", "articleno")
_PUBLISHER_FIELDS = (
    "journal", "journaltitle", "publisher", "institution", "organization", "howpublished", "type",
)  # fmt: skip

_ARXIV_ID = r"(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?"
_ARXIV_IN_JOURNAL = late_pattern(rf"\barxiv\s*:\s*({_ARXIV_ID})(?!\d)", re.IGNORECASE)
_ARXIV_IN_CORR_VOLUME = late_pattern(rf"\Aabs/({_ARXIV_ID})\Z", re.IGNORECASE)
_ARXIV_PUBLISHER = late_pattern(
    r"\W*(?:arxiv(?:\.org)?(?:\s+e-?prints?|\s+preprint)?|corr)\W*\Z", re.IGNORECASE
)
#: ``arXiv: 1503.00003 version: 1``, ``Preprint at https://arxiv.org/abs/2401.00009``.
_ARXIV_REMARK = late_pattern(
    r"\A(?:(?:e-?print|pre-?print|available|posted|online)[\s,:;]*(?:(?:at|on|from|as|in)\b[\s:]*)?)*"
    r"(?:arxiv(?:\s+(?:e-?print|preprint))?(?:\s+arxiv)?\s*:?\s*"
    r"|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/)"
    rf"({_ARXIV_ID})(?:\.pdf)?"
    r"(?:\s*\[[\w., -]+\])*(?:\s*version:?\s*\d+)?[.;]?\Z",
    re.IGNORECASE,
)
#: ADS puts the id between the year and the first author's initial: ``2023arXiv231100011B``.
_ADS_BIBCODE = late_pattern(r"\b\d{4}arXiv(\d{4}\.?)(\d{4,5})[A-Z]\b")
_SLAC_CITATION = late_pattern(rf"CITATION\s*=\s*(?:ARXIV:)?({_ARXIV_ID})\s*;", re.IGNORECASE)
_URL_COMMAND = late_pattern(r"\\(?:url|href|path)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?|<([^<>]*)>\Z")
_LATEX_ESCAPE = late_pattern(r"\\([_%&#$~{}])|\{(\\?_)\}|\\textunderscore(?:\{\}|\s)|[{}]")


class EntryIds(StrictStruct, frozen=True):
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


class ConflictingIdsError(ValueError):
    """An entry names two papers; the message says which."""


def collect_ids(entry_fields: Mapping[str, str]) -> EntryIds:
    """Collect the ids of an entry from all its fields.

    Raises:
        ConflictingIdsError: two ids of one kind, for instance two arXiv ids.
    """
    urls = tuple(entry_urls(entry_fields))
    arxiv = _single_id("arXiv", _arxiv_ids(entry_fields, urls))
    doi = _single_id(
        "DOI", [d for d in _dois(entry_fields, urls) if not fields.parse_arxiv_id(d)[0]]
    )
    acl = _single_id(
        "ACL", [a for a in map(fields.parse_acl_id, (*urls, entry_fields.get("doi", ""))) if a]
    )
    openreview = _single_id("OpenReview", [o for o in map(fields.parse_openreview_id, urls) if o])
    return EntryIds(arxiv=arxiv, doi=doi, acl=acl, openreview=openreview)


def unread_ids(entry_fields: Mapping[str, str], ids: EntryIds) -> Iterator[tuple[str, str]]:
    """Yield what the fields for a DOI and for arXiv's id hold where that is none: what is wrong, and its cure.

    Words such as ``n/a`` are left alone.

    Args:
        entry_fields: the entry's fields.
        ids: what ``collect_ids`` made of them.
    """
    doi = unescape(entry_fields.get("doi", ""))
    if _has_digit(doi) and not (ids.acl or ids.arxiv or any(_dois({"doi": doi}, ()))):
        yield f"its DOI {quote_value(doi)} is none, and was left out", "write it as 10.1234/abc"
    named = entry_fields.get("archiveprefix") or entry_fields.get("eprinttype") or ""
    eprint = unescape(entry_fields.get("eprint", ""))
    if named.strip("{} ").lower() == "arxiv" and _has_digit(eprint) and not ids.arxiv:
        yield (
            f"its arXiv id {quote_value(eprint)} is none, and was left out",
            "write it as 2511.01234",
        )


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def entry_urls(entry_fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the web addresses of an entry, LaTeX's escapes undone, each once."""
    yielded = set()
    for name in (*_ADDRESS_FIELDS, *_REMARK_FIELDS):
        pieces = unescape(entry_fields.get(name, "")).split()
        if name in _REMARK_FIELDS and len(pieces) > 1:
            continue  # a remark with more words may speak of another paper
        for url in (fields.valid_url(piece.rstrip(".,;")) for piece in pieces):
            if url and url not in yielded:
                yielded.add(url)
                yield url


def unescape(text: str) -> str:
    r"""Undo what LaTeX needs around an id or address: ``\url{a\_b}`` -> ``a_b``."""
    bare = _LATEX_ESCAPE.sub(
        lambda match: match[1] or ("_" if "_" in match[0] else ""), plain_addresses(text)
    )
    return " ".join(unescape_entities(bare).split())


def plain_addresses(text: str) -> str:
    r"""Return a remark on one line, its addresses without LaTeX's command: ``\url{a\_b}`` -> ``a\_b``."""
    text = plain_angles(" ".join(text.split()))
    return _URL_COMMAND.sub(lambda match: match[1] or match[2] or "", text)


def is_arxiv_remark(text: str) -> bool:
    """Tell whether a remark says the paper's arXiv id and nothing else."""
    return bool(_ARXIV_REMARK.match(text))


def _arxiv_ids(entry_fields: Mapping[str, str], urls: Iterable[str]) -> Iterator[str]:
    archive = entry_fields.get("archiveprefix") or entry_fields.get("eprinttype") or "arXiv"
    candidates = [
        *map(find_arxiv_id, urls),
        unescape(entry_fields.get("doi", "")),
        unescape(entry_fields.get("arxivid", "")),
    ]
    candidates.append(unescape(entry_fields.get("arxiv", "")))
    if archive.strip("{}").lower() == "arxiv":
        candidates.extend(_eprints(entry_fields))
    for form, names in (
        (_ARXIV_IN_JOURNAL, ("journal", "journaltitle")),
        (_ARXIV_IN_CORR_VOLUME, ("volume",)),
        (_ARXIV_REMARK, _REMARK_FIELDS),
        (_SLAC_CITATION, ("slaccitation",)),
    ):
        matches = (form.search(unescape(entry_fields.get(name, ""))) for name in names)
        candidates.extend(match[1] for match in matches if match)
    if any(_ARXIV_PUBLISHER.match(entry_fields.get(name, "")) for name in _PUBLISHER_FIELDS):
        candidates.extend(unescape(entry_fields.get(name, "")) for name in _NUMBER_FIELDS)
    if bibcode := _ADS_BIBCODE.search(unescape(entry_fields.get("adsurl", ""))):
        candidates.append(f"{bibcode[1].rstrip('.')}.{bibcode[2]}")
    for text in candidates:
        arxiv_id, _ = fields.parse_arxiv_id(text)
        if arxiv_id:
            yield arxiv_id


def _eprints(entry_fields: Mapping[str, str]) -> Iterator[str]:
    eprint = unescape(entry_fields.get("eprint", ""))
    yield eprint
    yield find_arxiv_id(f"https://{eprint}")
    # INSPIRE once kept the archive of old ids apart: eprint = 9901001, primaryClass = hep-th.
    archive = unescape(entry_fields.get("primaryclass") or entry_fields.get("eprintclass") or "")
    yield f"{archive}/{eprint}"


def _dois(entry_fields: Mapping[str, str], urls: Iterable[str]) -> Iterator[str]:
    # INSPIRE lists an erratum's DOI after the paper's own.
    field_dois = [
        fields.parse_doi(piece)
        for piece in re.split(
            r"(?<![\s,;])[\s,;]+(?=10\.|http|doi|\Z)", unescape(entry_fields.get("doi", ""))
        )
    ]
    yield from [doi for doi in field_dois if doi][:1]
    if not any(field_dois):
        remarks = (unescape(entry_fields.get(name, "")) for name in _REMARK_FIELDS)
        tagged = (text for text in remarks if text.lower().startswith(("doi:", "https://doi.org")))
        yield from filter(None, map(fields.parse_doi, (*urls, *tagged)))


def _single_id(kind: str, candidates: Iterable[str]) -> str:
    """Return the one id found; different ones are a fault."""
    different = list(dict.fromkeys(candidates))
    if len(different) > 1:
        raise ConflictingIdsError(
            f"two {kind} ids stand in one entry: {different[0]} and {different[1]}"
        )
    return different[0] if different else ""
