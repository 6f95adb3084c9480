"""The forms in which people have a paper: ids with decorations, and addresses of many sites that hold an id."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text import fields

_MARKDOWN_LINK = late_pattern(r"\[[^\[\]]*\]\(\s?<?([^<>]+?)>?(?:\s\"[^\"]*\")?\s?\)\Z")
_CATEGORY_TAG = late_pattern(r"\s?\[[a-z-]+(?:\.[A-Za-z-]{2,})?\]\Z")
_QUOTES = (
    "\"'`*_\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\u2018\u2019\u00ab\u00bb"
)

#: So many brackets and signs are taken off around an id.
_MAX_LAYERS = 12

#: Sites whose addresses of papers end in an arXiv id, which may have a tag before it.
_ARXIV_SITES = (
    "arxiv.org",
    "ar5iv.org",
    "alphaxiv.org",
    "huggingface.co",
    "hf.co",
    "arxiv-vanity.com",
    "scirate.com",
    "emergentmind.com",
    "paperswithcode.com",
    "doi.org",
)
_ARXIV_ID = r"[a-z-]+(?:\.[A-Za-z]{2})?/\d{7}|\d{4}\.\d{4,5}"
_ID_AT_END = late_pattern(
    rf"/(?:arxiv[:./])?({_ARXIV_ID})(?:v\d+)?(?:\.(?:pdf|md|txt|ps|html)|\.(?:ps|tar)\.gz)?/?\Z",
    re.IGNORECASE,
)
#: On any site: an id with arXiv's name before it.
_TAGGED_ID = late_pattern(
    rf"(?:\barxiv(?:\.org/(?:abs|pdf|html))?[:/]|\barxiv%3a)({_ARXIV_ID})(?![\d.])", re.IGNORECASE
)
_NAME_AND_ID = late_pattern(
    r"\Aarxiv\s+(?:preprint\s+|id\s*:?\s*)?(?:arxiv:\s*)?(?=\S+\Z)", re.IGNORECASE
)
#: ADS names preprints by year, arXiv id without its full stop, and an initial.
_ADS_BIBCODE = late_pattern(r"/abs/\d{4}arXiv(\d{4})(\d{4,5})[A-Z](?:/|\Z)")

#: A DOI in an address, and what publishers put after it.
_DOI_IN_PATH = late_pattern(r"/(10\.\d{4,9}/[^?#]+)")
_DOI_IN_QUERY = late_pattern(r"[?&](?:id|doi)=(10\.\d{4,9}/[^?#&]+)", re.IGNORECASE)
_AFTER_DOI = late_pattern(
    r"(?:(?:/(?:full|abstract|pdf|epdf|fulltext|full-text|meta|html|references|summary|(?:figures|tables)/\d{1,3}))+/?|\.pdf|/)\Z"
)
#: Sites of Silverchair (OUP, MIT Press, AIP, ASME): the page's number follows, and what it is called.
_DOI_AND_NUMBER = late_pattern(r"/(?:[a-z]+-)?article(?:-abstract|-pdf|-split)?/doi/(10\.\d{4,9}/.+?)/\d{3,12}(?:/[^/]*)?\Z")  # fmt: skip
#: bioRxiv and medRxiv: the version and the form of the page follow the DOI.
_AFTER_RXIV_DOI = late_pattern(r"(?:v\d{1,2})?(?:\.(?:full|abstract|full-text|supplementary-material|article-info|article-metrics|pdf|txt))*(?:\+html)?/?\Z")  # fmt: skip
_RXIV_EARLY = late_pattern(r"/content/(?:biorxiv/|medrxiv/)?early/\d{4}/\d\d/\d\d/(\d[\d.]{5,30}\d)(?=v|\.[a-z]|/|\Z)")  # fmt: skip


def clean_reference(text: str) -> str:
    """Return an id or address without what stands around it in a text or list.

    ``(arXiv:1706.03762v2 [cs.CL]).`` -> ``arXiv:1706.03762v2``; a bracket that belongs to a DOI stays.
    """
    text = fields.one_line(text)
    for _ in range(_MAX_LAYERS):
        before = text
        if link := _MARKDOWN_LINK.match(text):
            text = link[1]
        text = _CATEGORY_TAG.sub("", text).strip(_QUOTES + " \t").rstrip(",.;:")
        for opening, closing in ("()", "[]", "<>", "{}"):
            if text.startswith(opening):
                text = text[1:]
            if text.endswith(closing) and text.count(closing) > text.count(opening):
                text = text[:-1]
        if text == before:
            break
    return text


def find_arxiv_id(text: str) -> str:
    """Return the bare arXiv id that ``text`` is, or that an address of a paper holds; or ""."""
    if bare := fields.parse_arxiv_id(_NAME_AND_ID.sub("arXiv:", text))[0]:
        return bare
    url = fields.valid_url(text)
    if not url:
        return ""
    parts = urlsplit(url)
    path = unquote(parts.path)
    forms = [_TAGGED_ID.search(unquote(url))]
    if _is_host(url, _ARXIV_SITES):
        forms.insert(0, _ID_AT_END.search(path))
    ids = (fields.parse_arxiv_id(match[1])[0] for match in forms if match)
    if bare := next(filter(None, ids), ""):
        return bare
    bibcode = _ADS_BIBCODE.search(path) if _is_host(url, ("harvard.edu",)) else None
    return fields.parse_arxiv_id(f"{bibcode[1]}.{bibcode[2]}")[0] if bibcode else ""


def find_doi(text: str) -> str:
    """Return the DOI that ``text`` is, or that the address of a publisher's page holds; or ""."""
    if doi := fields.parse_doi(text):
        return doi
    url = fields.valid_url(text)
    if not url:
        return ""
    for hosts, doi_of in _DOI_BY_SITE:
        if _is_host(url, hosts) and (doi := fields.parse_doi(doi_of(url))):
            return doi
    path = unquote(urlsplit(url).path)
    match = (
        _DOI_AND_NUMBER.search(path)
        or _DOI_IN_PATH.search(path)
        or _DOI_IN_QUERY.search(unquote(url))
    )
    return fields.parse_doi(_AFTER_DOI.sub("", match[1])) if match else ""


def advice_for(text: str) -> str:
    """Say what to give instead of an address that holds no id; "" where nothing is known of it."""
    url = fields.valid_url(text)
    return next((cure for hosts, cure in _ADVICE if url and _is_host(url, hosts)), "")


def _is_host(url: str, names: tuple[str, ...]) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return any(host == name or host.endswith("." + name) for name in names)


def _rxiv_doi(url: str) -> str:
    path = unquote(urlsplit(url).path)
    if early := _RXIV_EARLY.search(path):
        return f"10.1101/{early[1]}"
    match = _DOI_IN_PATH.search(path)
    return _AFTER_RXIV_DOI.sub("", match[1]) if match else ""


def _by_pattern(pattern: str, prefix: str) -> Callable[[str], str]:
    form = re.compile(pattern)

    def doi_of(url: str) -> str:
        match = form.search(urlsplit(url).path)
        return prefix + match[1] if match else ""

    return doi_of


#: Sites whose addresses have a DOI in a form of their own.
_DOI_BY_SITE: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    (("biorxiv.org", "medrxiv.org"), _rxiv_doi),
    (("nature.com",), _by_pattern(r"/articles/([a-z0-9-]+?)(?:_reference)?(?:\.pdf|\.ris|/(?:figures|tables)/\d{1,3})?/?\Z", "10.1038/")),
    (("projecteuclid.org",), _by_pattern(r"/(10\.\d{4,9}/.+?)(?:\.(?:full|short|pdf))?/?\Z", "")),
    (("zenodo.org",), _by_pattern(r"/records?/(\d{3,12})(?:/|\Z)", "10.5281/zenodo.")),
    (("elifesciences.org",), _by_pattern(r"/(?:articles|reviewed-preprints)/(\d{5,6})(?:v\d{1,2})?(?:/|\Z)", "10.7554/elife.")),
)  # fmt: skip

_SHOWN_ID = "give the DOI or arXiv id that the page shows"
_SHOWN_BIBTEX = (
    "give its arXiv id, or save the BibTeX that the page offers and run: digest ingest bibtex FILE"
)

#: What to give instead of an address of a site that has its own numbers.
_ADVICE = (
    (("mlr.press", "neurips.cc", "nips.cc", "thecvf.com", "jmlr.org", "ijcai.org", "aaai.org", "isca-archive.org", "roboticsproceedings.org", "usenix.org", "dblp.org"), _SHOWN_BIBTEX),
    (("ieee.org",), "give the DOI that the page shows (10.1109/...)"),
    (("sciencedirect.com",), "give the DOI that the page shows (10.1016/...)"),
    (("semanticscholar.org", "harvard.edu", "nih.gov", "europepmc.org", "acm.org", "springer.com", "wiley.com", "ssrn.com", "scholar.google.com", "researchgate.net", "biorxiv.org", "medrxiv.org", "nature.com", "science.org", "openalex.org", "connectedpapers.com", "core.ac.uk", "hal.science", "paperswithcode.com"), _SHOWN_ID),
)  # fmt: skip
