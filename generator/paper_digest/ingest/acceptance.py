"""Asks where preprints of the archive were accepted or printed: a search for each at DBLP, OpenReview and Crossref.

What they find is taken only where ``identity/acceptance.py`` has no doubt, and then only where it was printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from paper_digest.identity.acceptance import awaits_print, printed_form
from paper_digest.ingest.watched import Inquiry, share_of
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Paper
from paper_digest.sources import crossref_lists, dblp, openreview
from paper_digest.sources.crossref import SOURCE as CROSSREF
from paper_digest.text.tex.convert import to_unicode

#: Papers searched for in one run, of each source: a search is of one paper, and pauses are a second or two.
MAX_SEARCHES = 300
#: A longer title is no title, and its address is more than servers take.
_MAX_TITLE_CHARS = 300


def dblp_inquiries(papers: Iterable[Paper], round_number: int, year: int) -> Iterator[Inquiry]:
    """Yield a search at DBLP for each paper whose turn it is."""
    yield from _inquiries(papers, round_number, year, lambda p: dblp.title_request(_words(p)))


def openreview_inquiries(
    papers: Iterable[Paper], round_number: int, year: int
) -> Iterator[Inquiry]:
    """Yield a search at OpenReview for each paper whose turn it is."""
    yield from _inquiries(papers, round_number, year, lambda p: openreview.title_request(_words(p)))


def crossref_inquiries(papers: Iterable[Paper], round_number: int, year: int) -> Iterator[Inquiry]:
    """Yield a search at Crossref for each paper whose turn it is."""

    def request(paper: Paper) -> Request:
        name = paper.authors[0].name
        return crossref_lists.title_request(_words(paper), name, CROSSREF.base_url)

    yield from _inquiries(papers, round_number, year, request)


def printed_facts(paper: Paper, batch: Batch) -> Batch:
    """Turn what a search found into what it says of ``paper``: venue, reference, DOI, links; nothing where it is in doubt.

    Problems of works that were found beside it are no problems of this archive.
    """
    printed = printed_form(paper, batch.papers)
    if not printed:
        return Batch()
    fact = Paper(
        id=paper.id,
        doi=printed.doi,
        venue=printed.venue,
        journal_ref=printed.journal_ref,
        work_type=printed.work_type,
        links=printed.links,
        sightings=printed.sightings,
    )
    return Batch((fact,))


def _inquiries(
    papers: Iterable[Paper],
    round_number: int,
    year: int,
    request_for: Callable[[Paper], Request],
) -> Iterator[Inquiry]:
    waiting = [p for p in papers if awaits_print(p, year) and len(p.title) <= _MAX_TITLE_CHARS]
    for paper in share_of(waiting, MAX_SEARCHES, round_number):
        # Without its abstract: an inquiry is kept until it is asked.
        small = msgspec.structs.replace(paper, abstract="", claims=(), sightings=())
        yield Inquiry(request_for(paper), partial(printed_facts, small))


def _words(paper: Paper) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in to_unicode(paper.title)).split())
