"""The facts and banners at the head of a paper's page: dates, version, venue, and what is wrong with it."""

from __future__ import annotations

from paper_digest.catalog.news import is_retraction
from paper_digest.model.paper import Paper
from paper_digest.render import span as prose
from paper_digest.render import typeset
from paper_digest.render.change_words import withdrawal_words
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.pages import (
    paper_changes,
)
from paper_digest.render.pages.paper_rows import printed_date
from paper_digest.render.pages.published_markdown import Block, paragraph
from paper_digest.render.sentence import sentence
from paper_digest.render.span import EMPTY, Span
from paper_digest.render.withdrawal import given_reason
from paper_digest.text.language import gettext, gettext_noop

#: Kinds of works that a reader of papers does not expect (``CitationFacts.kind``).
_KIND_WORDS = {
    "book": gettext_noop("Book"),
    "chapter": gettext_noop("Book chapter"),
    "dataset": gettext_noop("Dataset"),
    "report": gettext_noop("Report"),
    "software": gettext_noop("Software"),
    "thesis": gettext_noop("Thesis"),
}


def facts_line(paper: Paper) -> Span:
    """Set what a work is that is no paper, when it came out, its newest version, its venue and its id."""
    word = _KIND_WORDS.get(citation_facts(paper).kind, "")
    published = EMPTY
    if paper.published:
        published = _published(prose.time_element(paper.published))
        if paper.inferred:
            hint = gettext("The source gives no year; it was inferred.")
            published += prose.html(f' <span title="{hint}">({gettext("year inferred")})</span>')
    elif printed := next((s.published_as for s in paper.sightings if s.published_as), ""):
        published = _published(printed_date(printed))
    newest = EMPTY
    versions = len(paper.versions)
    if versions > 1 or (paper.updated and paper.updated != paper.published):
        day = prose.time_element(paper.updated or paper.versions[-1].date)
        number = paper.versions[-1].number if versions else 0
        newest = (
            sentence(
                gettext("version {number} of {date}"), number=prose.text(str(number)), date=day
            )
            if versions
            else sentence(gettext("updated {date}"), date=day)
        )
    venue = prose.isolate(typeset.title(paper.journal_ref or paper.venue))
    kind, _, bare = paper.id.partition(":")
    known_as = {"arxiv": f"arXiv:{bare}", "doi": f"doi:{bare}", "acl": bare}.get(kind, "")
    kind_word = prose.text(gettext(word)) if word else EMPTY
    known_as_span = prose.isolate(prose.text(known_as))
    return prose.join((kind_word, published, newest, venue, known_as_span), " · ")


def _published(date: Span) -> Span:
    return sentence(gettext("Published {date}"), date=date)


def _withdrawal(reason: str) -> Span:
    """Say that a paper was taken back, with the reason, in which the notice's address is a link."""
    retracted = is_retraction(reason)
    words = withdrawal_words("retracted" if retracted else "withdrawn")
    reason = given_reason(reason)
    before, is_doi, doi = reason.partition("https://doi.org/")
    if retracted and is_doi:
        return prose.text_run(f"{words} {before}") + prose.link(
            prose.text(is_doi + doi), is_doi + doi
        )
    if not reason:
        return prose.text_run(words)
    return prose.text_run(f"{words} ") + prose.isolate(prose.text_run(reason))


def banners(paper: Paper) -> list[Block]:
    """Say what a reader must know before reading: withdrawn, noted by the publisher, incomplete."""
    lines = []
    if paper.withdrawn:
        lines.append(_withdrawal(paper.withdrawn))
    lines += paper_changes.notice_banners(paper)
    if not paper.title:
        lines.append(
            prose.text(
                gettext("No source has given this paper's title yet, so it is listed by its id.")
            )
        )
    if paper.truncated:
        lines.append(
            prose.text(
                gettext("The abstract is incomplete: the page it was read from shortens it.")
            )
        )
    return [paragraph(banner, "pd-banner") for banner in lines]
