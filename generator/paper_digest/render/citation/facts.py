"""The facts of a citation, worked out once for all formats."""

from __future__ import annotations

import re
from typing import NamedTuple

from paper_digest.catalog.entry import has_lost_tex
from paper_digest.identity.claims import is_decided
from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.model import links as addresses
from paper_digest.model.paper import Paper
from paper_digest.model.work_types import PARTS
from paper_digest.render.citation import journal_ref
from paper_digest.render.citation.memo import memoize_last
from paper_digest.render.withdrawal import withdrawal_note
from paper_digest.text import fields, names, venues
from paper_digest.text.names import Name
from paper_digest.text.scripts import text_language
from paper_digest.text.tex import convert as latex

#: Authors named in a page's head and citations: more than any style prints (APA: 20), and few enough
#: for a page. Whoever wants all has the API's record and the exported files.
MAX_AUTHORS_CITED = 250

#: Where a paper without an address of its own can be found, best first.
_LINK_KINDS = ("publisher", "acl", "openreview", "pdf", "huggingface", "project", "other")
#: Where a work can be found that is no text; of a paper they are what goes with it.
_LINK_KINDS_OF_WORK = {"software": ("code", *_LINK_KINDS), "dataset": ("dataset", *_LINK_KINDS)}
_ARXIV_DOI = "10.48550/arXiv."
#: Ids of archives that hold preprints.
_PREPRINT_IDS = frozenset({"arxiv", "openreview"})
_PART_KINDS = {
    "journal-article": "journal",
    "conference-paper": "conference",
    "book-chapter": "chapter",
}


class CitationFacts(NamedTuple):
    """The facts of one citation; an empty string is an unknown one.

    ``kind`` is ``journal``, ``conference``, ``chapter``, ``book``, ``thesis``, ``report``, ``preprint``, ``dataset``,
    ``software`` or ``other``. ``title`` keeps its TeX. ``institution`` is the school of a thesis, or a report's.
    ``says_preprint``: a source says so, of a work whose id does not say it, or of one that is elsewhere too.
    ``doi`` of a preprint, or of a thesis there, is arXiv's own (https://info.arxiv.org/help/doi.html). ``issued`` is an ISO date, as exact as is known of what is cited: of a
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
    institution: str = ""
    says_preprint: bool = False

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
    may_be_printed = kind in {"journal", "conference", "chapter", "other"}
    published = may_be_printed and bool(ref.container)
    year = (_anthology_year(anthology) or ref.year) if published else ""
    arxiv = paper.bare_id if paper.id_kind == "arxiv" else ""
    in_archive = kind in {"preprint", "dataset"} and not arxiv and _names_archive(ref)
    doi = paper.doi or (paper.bare_id if paper.id_kind == "doi" else "")
    if not doi and arxiv and not may_be_printed:
        doi = f"{_ARXIV_DOI}{arxiv}"
    paper_links = addresses.paper_links(paper.id, doi, paper.links)
    link_kinds = _LINK_KINDS_OF_WORK.get(kind, _LINK_KINDS)
    url_by_kind = {link.kind: link.url for link in reversed(paper_links)}
    return CitationFacts(
        kind=kind,
        title=paper.title,
        authors=tuple(name for a in paper.authors if (name := names.split_name(a))),
        container=ref.container if published or in_archive else "",
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
        or next((url_by_kind[p] for p in link_kinds if p in url_by_kind), ""),
        pdf=url_by_kind.get("pdf", ""),
        note=_note(paper, ref.unread),
        language=_language(paper.title),
        institution=latex.to_unicode(paper.organisation) if kind in {"thesis", "report"} else "",
        says_preprint=kind == "preprint" and (paper.id_kind not in _PREPRINT_IDS or in_archive),
    )


@memoize_last
def plain_abstract(paper: Paper) -> str:
    """Return a paper's whole abstract as plain text on one line."""
    lost = has_lost_tex(paper)
    return latex.to_unicode(latex.repair_tex(paper.abstract) if lost else paper.abstract)


def _kind(ref: journal_ref.JournalRef, paper: Paper, anthology: str) -> str:
    """Return the kind that a source states, else what the name of the venue says."""
    return _stated_kind(ref, paper) or _kind_by_venue(ref, paper, anthology)


def _stated_kind(ref: journal_ref.JournalRef, paper: Paper) -> str:
    """Return the kind that a source states, or "" where it is not that of what is cited.

    A part has to have a name of what it is part of, and what was printed in a journal or at a conference is
    cited as printed there, though somebody has it as a preprint or a report. Chapters of proceedings are papers,
    and what stands in those of one meeting or in a series of books is no article. A person's decision stands.
    """
    stated = paper.work_type
    if is_decided(paper, "work_type"):
        return _PART_KINDS.get(stated, stated) if ref.container or stated not in PARTS else ""
    if stated == "journal-article" and (ref.series or venues.is_single_meeting(ref.container)):
        return ""
    is_placed = bool(ref.container) and venues.venue_kind(ref.container) != "unpublished"
    if stated in PARTS:
        is_paper = stated == "book-chapter" and venues.is_proceedings(ref.container)
        return (_PART_KINDS[stated] if not is_paper else "conference") if is_placed else ""
    if stated == "preprint":
        return stated if _is_archive(ref) and not _has_print(paper) else ""
    return stated if not is_placed or (stated == "dataset" and _is_archive(ref)) else ""


def _is_archive(ref: journal_ref.JournalRef) -> bool:
    """Tell whether a work stands nowhere, or in what can be the archive that holds it: no journal, no conference."""
    return (ref.kind or venues.venue_kind(ref.container)) not in {"journal", "conference"}


def _names_archive(ref: journal_ref.JournalRef) -> bool:
    """Tell whether what a work is said to stand in is the name of an archive, as far as anybody can see."""
    is_silent = venues.venue_kind(ref.container) != "unpublished"
    return bool(ref.container and _is_archive(ref)) and (
        is_silent or venues.is_preprint_server(ref.container)
    )


def _has_print(paper: Paper) -> bool:
    """Tell whether a work of an archive of preprints has the DOI of a publisher."""
    is_own = paper.doi.lower().startswith(_ARXIV_DOI.lower())
    return paper.id_kind in _PREPRINT_IDS and bool(paper.doi) and not is_own


def _kind_by_venue(ref: journal_ref.JournalRef, paper: Paper, anthology: str) -> str:
    venue_kind = venues.venue_kind(ref.container)
    if anthology and ref.container:
        journal = re.match(r"[JQ]\d|\d{4}\.(?:cl|tacl)-", anthology)
        return "journal" if journal else "conference"
    if venue_kind == "unpublished" or not ref.container:
        return "preprint" if paper.id_kind in _PREPRINT_IDS and not _has_print(paper) else "other"
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
        # What TeX leaves nothing of is a withdrawal still.
        notes.append(withdrawal_note(latex.to_unicode(paper.withdrawn) or "withdrawn"))
    if paper.author_count and not paper.authors:
        many = "author" if paper.author_count == 1 else "authors"
        notes.append(f"{paper.author_count} {many}, names not recorded")
    if OTHER_AUTHORS_NOTE in paper.comment:
        notes.append(OTHER_AUTHORS_NOTE)
    if unread_reference:
        notes.append(f"Journal reference: {unread_reference}")
    return "; ".join(notes)
