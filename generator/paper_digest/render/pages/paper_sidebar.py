"""The side column of a paper's page: citations, facts, and the sources of the record."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.catalog.catalog import Catalog
from paper_digest.model.paper import Paper, Sighting
from paper_digest.model.sightings import upvotes_by_day, upvotes_per_day
from paper_digest.render import citation, span, typeset
from paper_digest.render.pages import sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.paper_rows import printed_date
from paper_digest.render.pages.report_links import ReportPlace, report_links
from paper_digest.render.sentence import sentence, with_date
from paper_digest.render.span import Span, paragraph
from paper_digest.sources.registry import registry
from paper_digest.text.language import (
    format_decimal,
    gettext,
    list_separator,
    ngettext,
)
from paper_digest.text.scripts import has_rtl_letters
from paper_digest.text.tex import convert as latex


def sidebar_blocks(
    paper: Paper, catalog: Catalog, place: ReportPlace, cite_key: str = ""
) -> list[Span]:
    """Return the blocks of the side column; ``cite_key`` is "" for the paper's own citation key."""
    facts = [[paragraph(fact)] for fact in _facts(paper, catalog) if fact]
    return [
        *_citation_box(paper, cite_key),
        *(
            (
                span.heading(2, span.text(gettext("Facts")), "facts"),
                box("pd-compact-list", [span.bullet_list(facts)]),
            )
            if facts
            else ()
        ),
        *_provenance(paper),
        paragraph(report_links(paper, place), "pd-small"),
    ]


def _citation_box(paper: Paper, cite_key: str) -> list[Span]:
    citations = citation.page_forms(paper, cite_key)
    record = span.page_link(span.text(gettext("record")), f"api/papers/{paper.slug}.json")
    forms = [
        span.heading(2, span.text(gettext("Cite")), "cite"),
        paragraph(_plain_citation(paper), "pd-cite-text"),
        *(
            span.details(one.name, span.code_block(one.text.rstrip(), one.name.lower()))
            for one in citations
        ),
    ]
    if any(one.lacks_abstract for one in citations):
        lacking = gettext("These citations lack the abstract; it is in the {record}")
        forms.append(paragraph(sentence(lacking, record=record), "pd-noscript"))
    if len(paper.authors) > citation.MAX_AUTHORS_CITED:
        words = ngettext(
            "These citations name {cited} of {n} author; for all, see the {record}",
            "These citations name {cited} of {n} authors; for all, see the {record}",
            len(paper.authors),
            cited=citation.MAX_AUTHORS_CITED,
            record="{record}",
        )
        forms.append(paragraph(sentence(words, record=record), "pd-small"))
    return [box("pd-cite", forms)]


def _plain_citation(paper: Paper) -> Span:
    """Set the citation; where its words run from right to left, ours between them do not."""
    pieces = citation.citation_pieces(paper)
    if not any(has_rtl_letters(piece.text) for piece in pieces):
        return span.text(citation.plain_citation(paper))
    return span.join(
        (
            span.isolate(span.text_run(piece.text))
            if piece.is_of_paper
            else span.text_run(piece.text)
            for piece in pieces
        ),
        "",
    )


def _facts(paper: Paper, catalog: Catalog) -> Iterator[Span]:
    if paper.announced and paper.announced != paper.published:
        yield sentence(gettext("Announced {date}"), date=span.time_element(paper.announced))
    if len(paper.versions) > 1:
        dated = [
            span.join((span.isolate(span.text(f"v{v.number}")), span.time_element(v.date)))
            for v in paper.versions
            if v.date
        ]
        yield span.join(dated, list_separator())
    entry = catalog.by_slug.get(paper.slug)
    if organisation := entry.organisation if entry else paper.organisation:
        yield _labelled(gettext("Organisation"), sidebar.organisation_link(organisation, catalog))
    yield from _submitters(paper)
    yield from _votes(paper)
    for name, words in (
        (gettext("Categories"), list_separator().join(paper.categories)),
        (
            gettext("Keywords"),
            list_separator().join(latex.to_unicode(word) for word in paper.keywords),
        ),
    ):
        if words:
            yield _labelled(name, span.text(words))
    if paper.journal_ref and paper.venue and paper.venue not in paper.journal_ref:
        yield _labelled(gettext("Venue"), typeset.title(paper.venue))
    if paper.licence:
        licence = span.link(span.text(_licence(paper.licence)), paper.licence)
        yield _labelled(gettext("Licence"), licence)


def _labelled(label: str, value: Span) -> Span:
    return sentence(gettext("{label}: {value}", label=label, value="{value}"), value=value)


def _licence(licence: str) -> str:
    """Shorten a licence's address for reading: ``creativecommons.org/licenses/by/4.0``."""
    scheme, _, rest = licence.partition("://")
    return (rest.strip("/") if scheme in {"http", "https"} else "") or licence


def _submitters(paper: Paper) -> Iterator[Span]:
    """Say who brought the paper to a source's list."""
    for s in paper.sightings:
        if s.submitted_by:
            yield sentence(
                gettext("Brought to {list} by {name}"),
                list=span.text(registry().sighting_phrase(s)),
                name=span.text(s.submitted_by),
            )


def _votes(paper: Paper) -> Iterator[Span]:
    """Set the newest count of upvotes and comments, with its day."""
    voted = [s for s in paper.sightings if s.upvotes is not None or s.comments is not None]
    if not voted:
        return
    best = max(voted, key=lambda s: (s.as_of or s.seen, s.upvotes or 0))
    words = []
    if best.upvotes is not None:
        words.append(ngettext("{n} upvote", "{n} upvotes", best.upvotes))
    if best.comments is not None:
        words.append(ngettext("{n} comment", "{n} comments", best.comments))
    counted = best.as_of or best.seen
    votes = gettext(
        "{votes} on {list}",
        votes=list_separator().join(words),
        list=registry().sighting_phrase(best),
    )
    yield with_date(span.text_run(votes), counted)
    history = upvotes_by_day(paper.sightings)
    if per_day := upvotes_per_day(history):
        since = gettext(
            "{number} upvotes a day since {date}", number=format_decimal(per_day), date="{date}"
        )
        yield sentence(since, date=span.time_element(history[-2][0]))


def _provenance(paper: Paper) -> list[Span]:
    items = [
        span.join(
            (
                span.text_run(
                    list_separator().join(gettext(field.replace("_", " ")) for field in c.agrees)
                    + ":"
                ),
                _claim_source(c.source, c.at),
            )
        )
        for c in paper.claims
        if c.agrees
    ]
    items += [_sighting_text(s) for s in paper.sightings]
    if not items:
        return []
    summary = gettext("Sources of this record")
    return [span.details(summary, span.bullet_list([[paragraph(item)] for item in items]))]


def _claim_source(source: str, at: str) -> Span:
    return with_date(span.isolate(span.text_run(registry().phrase(source))), at)


def _sighting_text(s: Sighting) -> Span:
    words = span.text_run(registry().sighting_phrase(s))
    seen = span.time_element(s.seen) if s.seen else printed_date(s.seen_as)
    if seen:
        label = sentence(gettext("listed on {list} of {date}"), list=words, date=seen)
    else:
        label = sentence(gettext("listed on {list}"), list=words)
    if s.seen and s.inferred:
        label += span.text_run(f" ({gettext('year inferred')})")
    if s.published_as:
        label += sentence(", " + gettext("dated {date}"), date=printed_date(s.published_as))
    return label
