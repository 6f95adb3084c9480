"""The facts of a citation, worked out once for all formats."""

from __future__ import annotations

import re
from typing import NamedTuple

from paper_digest.catalog.entry import has_lost_tex
from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.model import links as addresses
from paper_digest.model.paper import Paper
from paper_digest.render.citation import journal_ref
from paper_digest.render.citation.memo import memoize_last
from paper_digest.text import fields, names, venues
from paper_digest.text.names import Name
from paper_digest.text.scripts import text_language
from paper_digest.text.tex import convert as latex

#: Authors named in a page's head and citations: more than any style prints (APA: 20), and few enough
#: for a page. Whoever wants all has the API's record and the exported files.
MAX_AUTHORS_CITED = 250

#: Where a paper without an address of its own can be found, best first.
_LINK_KINDS = ("publisher", "acl", "openreview", "pdf", "huggingface", "project", "other")
_ARXIV_DOI = "10.48550/arXiv."


class CitationFacts(NamedTuple):
    """The facts of one citation; an empty string is an unknown one.

    ``kind`` is ``journal``, ``conference``, ``preprint`` or ``other``. ``title`` keeps its TeX.
    ``doi`` of a preprint is arXiv's own (https://info.arxiv.org/help/doi.html). ``issued`` is an ISO date, as exact as is known of what is cited: of a
    published paper with only its preprint's date, the year alone. ``pages`` is ``12-34``. ``language`` is the title's, where its script decides it.
    """

    kind: str
    title: str
    authors: tuple[Name, ...]
    container: str
    series: str
    volume: str
    issue: str
    pages: str
    issued: str
    year_inferred: bool
    doi: str
    arxiv_id: str
    primary_category: str
    url: str
    pdf: str
    note: str
    language: str = ""

    @property
    def year(self) -> str:
        """The year of ``issued``."""
        return self.issued[:4]

    @property
    def note_on_year(self) -> str:
        """The note of a format that has no word for a doubtful date: a guess must not pass for a fact."""
        return f"{self.note}; year inferred".removeprefix("; ") if self.year_inferred else self.note


@memoize_last
def citation_facts(paper: Paper) -> CitationFacts:
    """Return the facts that every citation format of ``paper`` is made from."""
    ref = journal_ref.parse_journal_ref(
        latex.to_unicode(paper.journal_ref), latex.to_unicode(paper.venue)
    )
    anthology = _anthology_id(paper)
    kind = _kind(ref, paper, anthology)
    published = kind in {"journal", "conference"} or (kind == "other" and bool(ref.container))
    year = (_anthology_year(anthology) or ref.year) if published else ""
    arxiv = paper.bare_id if paper.id_kind == "arxiv" else ""
    doi = paper.doi or (paper.bare_id if paper.id_kind == "doi" else "")
    if not doi and arxiv and kind == "preprint":
        doi = f"{_ARXIV_DOI}{arxiv}"
    paper_links = addresses.paper_links(paper.id, doi, paper.links)
    url_by_kind = {link.kind: link.url for link in reversed(paper_links)}
    return CitationFacts(
        kind=kind,
        title=paper.title,
        authors=tuple(name for a in paper.authors if (name := names.split_name(a))),
        container=ref.container if published else "",
        series=ref.series if published else "",
        volume=ref.volume if published else "",
        issue=ref.issue if published else "",
        pages=ref.pages if published else "",
        issued=_issued(paper.published, year, preprint=bool(arxiv) and published),
        year_inferred=paper.inferred and not year,
        doi=doi,
        arxiv_id=arxiv,
        primary_category=paper.categories[0] if arxiv and paper.categories else "",
        url=addresses.upstream_url(paper.id)
        or next((url_by_kind[p] for p in _LINK_KINDS if p in url_by_kind), ""),
        pdf=url_by_kind.get("pdf", ""),
        note=_note(paper, ref.unread),
        language=_language(paper.title),
    )


@memoize_last
def plain_abstract(paper: Paper) -> str:
    """Return a paper's whole abstract as plain text on one line."""
    lost = has_lost_tex(paper)
    return latex.to_unicode(latex.repair_tex(paper.abstract) if lost else paper.abstract)


def _kind(ref: journal_ref.JournalRef, paper: Paper, anthology: str) -> str:
    venue_kind = venues.venue_kind(ref.container)
    if anthology and ref.container:
        journal = re.match(r"[JQ]\d|\d{4}\.(?:cl|tacl)-", anthology)
        return "journal" if journal else "conference"
    if venue_kind == "unpublished" or not ref.container:
        has_publisher_doi = bool(paper.doi) and not paper.doi.lower().startswith(_ARXIV_DOI.lower())
        return (
            "preprint"
            if paper.id_kind in {"arxiv", "openreview"} and not has_publisher_doi
            else "other"
        )
    return ref.kind or venue_kind or "other"


def _language(title: str) -> str:
    """Return the language of a title; a script alone is no answer for a citation."""
    tag = "" if title.isascii() else text_language(latex.to_unicode(title)).tag
    return "" if tag.startswith("und") else tag


def _anthology_id(paper: Paper) -> str:
    """Return the paper's id in the ACL Anthology, wherever the record has it."""
    bare = (paper_id.partition(":")[2] for paper_id in (paper.id, *paper.aliases))
    places = (*bare, paper.doi, *(link.url for link in paper.links if link.kind == "acl"))
    return next((acl_id for place in places if (acl_id := fields.parse_acl_id(place))), "")


def _anthology_year(anthology: str) -> str:
    if not anthology or anthology[:4].isdigit():
        return anthology[:4]
    short = anthology[1:3]
    return f"19{short}" if short > "60" else f"20{short}"


def _issued(published: str, year: str, *, preprint: bool) -> str:
    if preprint or (year and not published.startswith(year)):
        return year or published[:4]
    return published or year


def _note(paper: Paper, unread_reference: str) -> str:
    """Return what no citation field holds: a withdrawal, names not known, a reference left whole."""
    notes = []
    if paper.withdrawn:
        reason = latex.to_unicode(paper.withdrawn)
        notes.append("Withdrawn" if reason in {"", "withdrawn"} else f"Withdrawn: {reason}")
    if paper.author_count and not paper.authors:
        many = "author" if paper.author_count == 1 else "authors"
        notes.append(f"{paper.author_count} {many}, names not recorded")
    if OTHER_AUTHORS_NOTE in paper.comment:
        notes.append(OTHER_AUTHORS_NOTE)
    if unread_reference:
        notes.append(f"Journal reference: {unread_reference}")
    return "; ".join(notes)
