"""BibTeX files: any ``.bib`` (Zotero, ACL, PMLR, INSPIRE, hand-made), from disks and from the web."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper_digest.model.batch import Batch, Request
from paper_digest.sources.options import SourceOption
from paper_digest.sources.source import Locator, Source, SourceQuery
from paper_digest.text import fields

_ACL_SITE = "https://aclanthology.org"


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses under ``urls``: files on the web that are read whole each time."""
    return map(Request, query.values("urls"))


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole file; see ``file.parse_bibtex``.

    Raises:
        SourceError: the file holds no BibTeX entry at all.
    """
    # Its parser takes 75 ms to import, which nobody should wait for who reads no BibTeX.
    from paper_digest.sources.bibtex.file import parse_bibtex  # noqa: PLC0415

    return parse_bibtex(data, request)


def locate(text: str) -> Request | None:
    """Return the request for the ``.bib`` of the paper whose Anthology id ``text`` names, or holds."""
    anthology = fields.parse_acl_id(re.sub(r"\Aacl:\s*", "", text, flags=re.IGNORECASE))
    return Request(f"{_ACL_SITE}/{anthology}.bib") if anthology else None


SOURCE = Source(
    name="bibtex",
    title="BibTeX",
    phrase="a BibTeX file",
    files_help="Read BibTeX files: Zotero's, the ACL Anthology's, hand-made ones.",
    parse=parse,
    start=start,
    options=(
        SourceOption("urls", "files on the web", "['https://example.org/papers.bib']", kind="urls"),
    ),
    base_url=_ACL_SITE,
    rank=50,
    states_whole_entries=True,
    carries=frozenset(
        {
            "title",
            "authors",
            "author_count",
            "abstract",
            "published",
            "categories",
            "keywords",
            "comment",
            "doi",
            "journal_ref",
            "venue",
            "work_type",
            "organisation",
            "withdrawn",
        }
    ),
    locator=Locator(
        order=40,
        forms="an id or address of the ACL Anthology",
        asks="the ACL Anthology",
        hosts=("aclanthology.org",),
        find=locate,
    ),
)
