"""A citation as one line of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from paper_digest.model.paper import Paper
from paper_digest.render import typeset
from paper_digest.render.citation.facts import CitationFacts, citation_facts
from paper_digest.render.citation.memo import memoize_last
from paper_digest.text.names import Name, printed_name, shown_count

#: Authors named before the rest is counted.
MAX_AUTHORS_SHOWN = 6


class CitationPiece(NamedTuple):
    """A stretch of a citation; ``is_of_paper`` says that it is in the paper's language, not in ours."""

    text: str
    is_of_paper: bool = False


def plain_citation(paper: Paper) -> str:
    """Return ``Ada Lovelace and Luigi Menabrea. Sketch. arXiv:1234.56789 [cs.CL], 2025. https://…``."""
    return "".join(piece.text for piece in citation_pieces(paper))


@memoize_last
def citation_pieces(paper: Paper) -> list[CitationPiece]:
    """Return the citation cut where the language may change: names, title and journal stand alone."""
    facts = citation_facts(paper)
    year = _year(facts)
    place = [*_venue(facts)]
    parts = [
        [*_authors(facts.authors, paper.author_count or 0)],
        [CitationPiece(typeset.plain_title(paper.title, paper.id), is_of_paper=True)],
        [*place, CitationPiece(f", {year}" if place and year else year)],
        [CitationPiece(facts.note)],
    ]
    pieces: list[CitationPiece] = []
    for part in parts:
        if shown := [piece for piece in part if piece.text]:
            end = " " if shown[-1].text[-1] in ".?!" else ". "
            pieces += [*shown, CitationPiece(end)]
    address = f"https://doi.org/{facts.doi}" if facts.doi and facts.container else facts.url
    if address:
        return [*pieces, CitationPiece(address)]
    return [*pieces[:-1], CitationPiece(pieces[-1].text.rstrip())]


def _authors(authors: tuple[Name, ...], count: int) -> Iterator[CitationPiece]:
    if not authors:
        # A citation is in English in whatever language the page is.
        words = f"{count:,} author{'s' if count > 1 else ''}"
        yield CitationPiece(words if count else "")
        return
    shown = [printed_name(name) for name in authors[: shown_count(len(authors), MAX_AUTHORS_SHOWN)]]
    rest = len(authors) - len(shown)
    for number, name in enumerate(shown):
        if number:
            yield CitationPiece(", " if rest or number + 1 < len(shown) else " and ")
        yield CitationPiece(name, is_of_paper=True)
    if rest:
        yield CitationPiece(f" and {rest:,} others")


def _venue(facts: CitationFacts) -> Iterator[CitationPiece]:
    kind = {"thesis": "Thesis", "report": "Report"}.get(facts.kind, "")
    if kind:
        yield CitationPiece(kind)
        yield CitationPiece(", " if facts.institution else "")
        yield CitationPiece(facts.institution, is_of_paper=True)
        yield CitationPiece(", " if facts.arxiv_id else "")
    if facts.container:
        yield CitationPiece(facts.container, is_of_paper=True)
        numbered = facts.volume + (f"({facts.issue})" if facts.issue else "")
        yield CitationPiece(f" {numbered}" if numbered else "")
        yield CitationPiece(f", {facts.pages.replace('-', '–')}" if facts.pages else "")  # noqa: RUF001 - a range of pages
    elif facts.arxiv_id:
        category = f" [{facts.primary_category}]" if facts.primary_category else ""
        yield CitationPiece(f"arXiv:{facts.arxiv_id}{category}")


def _year(facts: CitationFacts) -> str:
    year = facts.year
    in_container = bool(facts.container) and year in facts.container
    return "" if in_container else (f"c. {year}" if facts.year_inferred and year else year)
