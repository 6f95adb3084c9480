"""What is known of a paper beside its text: how to cite it, its facts, and who said them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from paper_digest.catalog.catalog import Catalog
from paper_digest.model.paper import Paper, Sighting
from paper_digest.render import citation, span, typeset
from paper_digest.render.pages import sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.text.tex import convert as latex

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
                span.heading(2, span.text("Facts"), "facts", searched=False),
                box("pd-short", [span.bullets(facts)]),
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
        span.heading(2, span.text("Cite"), "cite", searched=False),
        paragraph(span.text(citation.plain(paper)), "pd-plain"),
        span.folded("BibTeX", span.code(bibtex.rstrip(), "bibtex")),
        span.folded("RIS", span.code(ris.rstrip(), "ris")),
    ]
    if len(paper.authors) > citation.SIGNED:
        record = span.page_link(span.text("record"), f"api/papers/{paper.slug}.json")
        words = f"These name the first {citation.SIGNED} of {len(paper.authors):,} authors; all are in the"
        forms.append(paragraph(span.text_part(f"{words} ") + record, "pd-by"))
    return [box("pd-cite", forms)]


def _facts(paper: Paper, catalog: Catalog) -> Iterator[Span]:
    if paper.announced and paper.announced != paper.published:
        yield span.text_part("Announced ") + span.day(paper.announced)
    if len(paper.versions) > 1:
        dated = [
            span.text_part(f"v{v.number} ") + span.day(v.date) for v in paper.versions if v.date
        ]
        yield span.join(dated, ", ")
    if paper.organisation:
        yield span.text_part("Organisation: ") + sidebar.organisation(paper.organisation, catalog)
    yield from _votes(paper)
    for name, words in (
        ("Categories", ", ".join(paper.categories)),
        ("Keywords", ", ".join(latex.to_unicode(word) for word in paper.keywords)),
    ):
        if words:
            yield span.text_part(f"{name}: ") + span.text(words)
    if paper.journal_ref and paper.venue and paper.venue not in paper.journal_ref:
        yield span.text_part("Venue: ") + typeset.title(paper.venue)
    if paper.licence:
        yield span.text_part("Licence: ") + (
            span.link(span.text(_licence(paper.licence)), paper.licence)
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
    said = span.text_part(", ".join(words) + f" on {_place(best)}")
    yield said + (span.text_part(", ") + span.day(counted) if counted else EMPTY)


def _origin(paper: Paper) -> list[Span]:
    items = [
        span.join(
            (span.text_part(", ".join(c.agrees).replace("_", " ") + ":"), _said(c.source, c.at))
        )
        for c in paper.claims
        if c.agrees
    ]
    items += [_seen(s) for s in paper.sightings]
    if not items:
        return []
    summary = "Where this record comes from"
    return [span.folded(summary, span.bullets([[paragraph(item)] for item in items]))]


def _said(source: str, at: str) -> Span:
    said = span.text_part(SOURCES.get(source, source))
    return said + span.text_part(", ") + span.day(at) if at else said


def _place(s: Sighting) -> str:
    if s.source != "text":
        return SOURCES.get(s.source, s.source)
    kinds = {"huggingface": "a Hugging Face papers page", "arxiv": "a page of arXiv abstracts"}
    return kinds.get(s.page.partition(":")[0], "a page")


def _seen(s: Sighting) -> Span:
    seen = span.text_part(f"seen on {_place(s)}")
    if s.seen:
        seen += span.text_part(" of ") + span.day(s.seen)
        seen += span.text_part(" (year inferred)" if s.inferred else "")
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
    label = span.text("Fix this record")
    return span.link(label, f"{repository.rstrip('/')}/issues/new?{urlencode(said)}")
