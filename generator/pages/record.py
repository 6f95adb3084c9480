"""What is known of a paper beside its text: how to cite it, its facts, and who said them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from generator import citation, prose, typeset
from generator.catalog import Catalog
from generator.model import Paper, Sighting
from generator.pages import common
from generator.pages.boxes import box
from generator.prose import EMPTY, Span, paragraph
from generator.tex import forms as latex

SOURCES = {
    "arxiv": "arXiv",
    "huggingface": "Hugging Face",
    "acl": "ACL Anthology",
    "openreview": "OpenReview",
    "crossref": "Crossref",
    "bibtex": "a BibTeX file",
    "text": "a page saved as text",
    "editor": "this archive's editors",
    "sample": "the sample's records, checked against arXiv's metadata",
}

#: Issue form that a reader fills in; its fields are named in the file.
FORM = "fix-record.yml"


def parts(paper: Paper, catalog: Catalog, repository: str) -> list[Span]:
    """Set the column beside a paper's text."""
    facts = [[paragraph(fact)] for fact in _facts(paper, catalog) if fact]
    return [
        *_cite(paper),
        *(
            (
                prose.heading(2, prose.text("Facts"), "facts", searched=False),
                box("pd-short", [prose.bullets(facts)]),
            )
            if facts
            else ()
        ),
        *_origin(paper),
        paragraph(_fix(paper, repository), "pd-by"),
    ]


def _cite(paper: Paper) -> list[Span]:
    if not paper.title:
        return []
    bibtex = citation.bibtex(paper, most=citation.SIGNED)
    ris = citation.ris(paper, most=citation.SIGNED).replace("\r\n", "\n")
    forms = [
        prose.heading(2, prose.text("Cite"), "cite", searched=False),
        paragraph(prose.text(citation.plain(paper)), "pd-plain"),
        prose.folded("BibTeX", prose.code(bibtex.rstrip(), "bibtex")),
        prose.folded("RIS", prose.code(ris.rstrip(), "ris")),
    ]
    if len(paper.authors) > citation.SIGNED:
        record = prose.page_link(prose.text("record"), f"api/papers/{paper.slug}.json")
        words = f"These name the first {citation.SIGNED} of {len(paper.authors):,} authors; all are in the"
        forms.append(paragraph(prose.text_part(f"{words} ") + record, "pd-by"))
    return [box("pd-cite", forms)]


def _facts(paper: Paper, catalog: Catalog) -> Iterator[Span]:
    if paper.announced and paper.announced != paper.published:
        yield prose.text_part("Announced ") + prose.day(paper.announced)
    if len(paper.versions) > 1:
        dated = [
            prose.text_part(f"v{v.number} ") + prose.day(v.date) for v in paper.versions if v.date
        ]
        yield prose.join(dated, ", ")
    if paper.organisation:
        yield prose.text_part("Organisation: ") + common.organisation(paper.organisation, catalog)
    yield from _votes(paper)
    for name, words in (
        ("Categories", ", ".join(paper.categories)),
        ("Keywords", ", ".join(latex.plain(word) for word in paper.keywords)),
    ):
        if words:
            yield prose.text_part(f"{name}: ") + prose.text(words)
    if paper.journal_ref and paper.venue and paper.venue not in paper.journal_ref:
        yield prose.text_part("Venue: ") + typeset.title(paper.venue)
    if paper.licence:
        yield prose.text_part("Licence: ") + (
            prose.link(prose.text(_licence(paper.licence)), paper.licence)
        )


def _licence(licence: str) -> str:
    """Name a licence by its address: ``creativecommons.org/licenses/by/4.0``."""
    return licence.partition("://")[2].strip("/") or licence


def _votes(paper: Paper) -> Iterator[Span]:
    """Say the newest count of upvotes and comments, and the day they were counted."""
    voted = [s for s in paper.sightings if s.upvotes is not None or s.comments is not None]
    if not voted:
        return
    best = max(voted, key=lambda s: (s.as_of or s.seen, s.upvotes or 0))
    words = [
        f"{number:,} {what}{'' if number == 1 else 's'}"
        for number, what in ((best.upvotes, "upvote"), (best.comments, "comment"))
        if number is not None
    ]
    counted = best.as_of or best.seen
    said = prose.text_part(", ".join(words) + f" on {_place(best)}")
    yield said + (prose.text_part(", ") + prose.day(counted) if counted else EMPTY)


def _origin(paper: Paper) -> list[Span]:
    items = [
        prose.join(
            (prose.text_part(", ".join(c.agrees).replace("_", " ") + ":"), _said(c.source, c.at))
        )
        for c in paper.claims
        if c.agrees
    ]
    items += [_seen(s) for s in paper.sightings]
    if not items:
        return []
    summary = "Where this record comes from"
    return [prose.folded(summary, prose.bullets([[paragraph(item)] for item in items]))]


def _said(source: str, at: str) -> Span:
    said = prose.text_part(SOURCES.get(source, source))
    return said + prose.text_part(", ") + prose.day(at) if at else said


def _place(s: Sighting) -> str:
    if s.source != "text":
        return SOURCES.get(s.source, s.source)
    kinds = {"huggingface": "a Hugging Face papers page", "arxiv": "a page of arXiv abstracts"}
    return kinds.get(s.page.partition(":")[0], "a page")


def _seen(s: Sighting) -> Span:
    seen = prose.text_part(f"seen on {_place(s)}")
    if s.seen:
        seen += prose.text_part(" of ") + prose.day(s.seen)
        seen += prose.text_part(" (year inferred)" if s.inferred else "")
    return seen


def _fix(paper: Paper, repository: str) -> Span:
    """Link to the repository's issue form, the paper's id and title filled in."""
    if not repository:
        return EMPTY
    said = {
        "template": FORM,
        "title": f"Fix the record of {paper.id}",
        "paper": paper.id,
    }
    label = prose.text("Fix this record")
    return prose.link(label, f"{repository.rstrip('/')}/issues/new?{urlencode(said)}")
