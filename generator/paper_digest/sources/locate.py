"""Where one paper's record lies, from whatever a person has of it: an id, a DOI or an address."""

from __future__ import annotations

import re

from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.sources import acl, bibtex, crossref, huggingface, openreview
from paper_digest.sources.arxiv import requests
from paper_digest.text import fields

_HUGGING_FACE = re.compile(r"https?://(?:www\.)?huggingface\.co/papers/", re.IGNORECASE)
_OPENREVIEW = re.compile(r"openreview:\s*([A-Za-z0-9_-]{4,40})\Z", re.IGNORECASE)

#: A publisher's page with the DOI in its path, and what may follow it there.
_DOI_IN_PATH = re.compile(r"https?://[^?#]+?/(10\.\d{4,9}/[^?#]+)", re.IGNORECASE)
_AFTER_DOI = re.compile(r"(?:/(?:full|abstract|pdf|epdf|fulltext|meta|html))+/?\Z|\.pdf\Z|/\Z")

_CURE_KNOWN_FORMS = (
    "write an arXiv id (2511.01234), a DOI (10.1145/12345), or the address of a page on arXiv, "
    "Hugging Face (/papers/), OpenReview, the ACL Anthology or doi.org"
)


def locate_record(text: str) -> tuple[str, Request]:
    """Return the name of the source to ask for one paper, and the address of its record.

    An ACL paper's record is its ``.bib``. A DOI that stands in a publisher's address counts.

    Raises:
        SourceError: ``text`` names no paper in any form known.
    """
    text = fields.one_line(text).strip("<>\"' ")
    if _is_scheme_less(text):
        text = f"https://{text}"
    arxiv, _ = fields.parse_arxiv_id(text)
    if arxiv and _HUGGING_FACE.match(text):
        return huggingface.NAME, huggingface.paper_request(arxiv)
    if arxiv:
        return "arxiv", next(requests.id_requests((arxiv,)))
    doi = fields.parse_doi(text) or _doi_in_path(text)
    if doi:
        return crossref.NAME, crossref.request_for(doi)
    anthology = fields.parse_acl_id(re.sub(r"\Aacl:\s*", "", text, flags=re.IGNORECASE))
    if anthology:
        return bibtex.NAME, Request(f"{acl.SITE}/{anthology}.bib")
    forum_match = _OPENREVIEW.match(text)
    forum_id = forum_match[1] if forum_match else fields.parse_openreview_id(text)
    if forum_id:
        return openreview.NAME, openreview.request_for(forum_id)
    raise SourceError(
        f"“{text[:100]}”", "this names no paper in a form known here", _CURE_KNOWN_FORMS
    )


def _is_scheme_less(text: str) -> bool:
    """Tell whether an address was copied without its ``https://``, as browsers show it."""
    hosts = r"(?:www\.)?(?:(?:dx\.)?doi|arxiv|aclanthology|openreview|huggingface|alphaxiv)"
    return bool(re.match(rf"{hosts}\.(?:org|net|co)/", text, re.IGNORECASE))


def _doi_in_path(address: str) -> str:
    match = _DOI_IN_PATH.match(address)
    return fields.parse_doi(_AFTER_DOI.sub("", match[1])) if match else ""
