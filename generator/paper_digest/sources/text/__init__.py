"""Pages saved as text: the Hugging Face papers page, and a dump of arXiv abstracts."""

from __future__ import annotations

import re

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.ids import hash_text
from paper_digest.model.paper import Sighting
from paper_digest.sources import ids
from paper_digest.sources.arxiv.mail import is_mail
from paper_digest.sources.source import Source
from paper_digest.sources.text import arxiv, huggingface
from paper_digest.text.language import gettext

_EXPECTED = (
    "expected a Hugging Face papers page saved as text (its header, then titles and abstracts) "
    "or a dump of arXiv abstracts (each followed by a line arXiv:ID)"
)


def parse(data: bytes, request: Request) -> Batch:
    """Read one saved page; its content says of which kind it is.

    ``request.as_of`` is the day the page was saved on; its year is that of dates without one.

    Raises:
        SourceError: for anything but the two kinds of page.
    """
    text = _decode(data, request.url)
    if re.match(r"\s*(?:<!doctype|<html|<\?xml|\{|\[)", text, re.IGNORECASE):
        cure = "save the page as plain text (select all, copy, paste), not as HTML or JSON"
        raise SourceError(request.url, f"is not a page saved as text; {_EXPECTED}", cure)
    if ids.is_plain_list(data):
        return ids.parse(data, request)
    if is_mail(data):
        what = f"is arXiv's daily mail; {_EXPECTED}"
        raise SourceError(request.url, what, f"run: digest ingest arxiv {request.url}")
    page = hash_text(text.strip(), 8)
    for matches_text, parse_text in (
        (huggingface.matches_text, huggingface.parse_text),
        (arxiv.matches_text, arxiv.parse_text),
    ):
        if matches_text(text):
            return parse_text(text, request.url, page, request.as_of)
    raise SourceError(
        request.url, f"is of no known kind; {_EXPECTED}", "check which page was saved"
    )


def _decode(data: bytes, where: str) -> str:
    if not data.strip():
        raise SourceError(where, f"is empty; {_EXPECTED}", "save the page again")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{where}:{line}", f"is not UTF-8 text; {_EXPECTED}", "save the page as UTF-8"
        ) from error
    if "\0" in text:
        raise SourceError(where, f"is binary; {_EXPECTED}", "save the page as plain text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sighting_phrase(sighting: Sighting) -> str:
    """Say which of the two kinds of page a paper was seen on."""
    kinds = {
        "huggingface": gettext("a Hugging Face papers page"),
        "arxiv": gettext("a page of arXiv abstracts"),
    }
    return kinds.get(sighting.page.partition(":")[0], gettext("a page"))


SOURCE = Source(
    name="text",
    title="Saved pages",
    phrase="a page saved as text",
    files_help="Read pages saved as text: Hugging Face papers pages, dumps of arXiv abstracts.",
    parse=parse,
    rank=70,
    carries=frozenset({"title", "author_count", "abstract", "published", "comment"}),
    loses_tex=True,
    counts_upvotes=True,
    sighting_phrase=sighting_phrase,
)
