"""A citation as one line of plain text."""

from __future__ import annotations

from paper_digest.model.paper import Paper
from paper_digest.render import typeset
from paper_digest.render.citation.facts import CitationFacts, citation_facts
from paper_digest.text.names import Name, count_authors, shown_count

#: Authors named before the rest is counted.
MAX_AUTHORS_SHOWN = 6


def plain_citation(paper: Paper) -> str:
    """Return ``Ada Lovelace and Luigi Menabrea. Sketch. arXiv:1234.56789 [cs.CL], 2025. https://…``."""
    facts = citation_facts(paper)
    parts = [
        _authors(facts.authors, paper.author_count or 0),
        typeset.plain_title(paper.title, paper.id),
        ", ".join(part for part in (_venue(facts), _year(facts)) if part),
        facts.note,
    ]
    sentence = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    address = f"https://doi.org/{facts.doi}" if facts.doi and facts.container else facts.url
    return f"{sentence} {address}".strip()


def _authors(authors: tuple[Name, ...], count: int) -> str:
    if not authors:
        return count_authors(count)
    shown = [_name(name) for name in authors[: shown_count(len(authors), MAX_AUTHORS_SHOWN)]]
    rest = len(authors) - len(shown)
    last = f"{rest:,} others" if rest else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def _name(name: Name) -> str:
    parts = (name.given, name.particle, name.family, name.suffix)
    return name.literal or " ".join(part for part in parts if part)


def _venue(facts: CitationFacts) -> str:
    if facts.container:
        numbered = facts.volume + (f"({facts.issue})" if facts.issue else "")
        where = f"{facts.container} {numbered}".strip()
        return f"{where}, {facts.pages.replace('-', '–')}" if facts.pages else where  # noqa: RUF001 - a range of pages
    arxiv_id = f"arXiv:{facts.arxiv_id}" if facts.arxiv_id else ""
    return (
        f"{arxiv_id} [{facts.primary_category}]"
        if arxiv_id and facts.primary_category
        else arxiv_id
    )


def _year(facts: CitationFacts) -> str:
    year = facts.year
    in_container = bool(facts.container) and year in facts.container
    return "" if in_container else (f"c. {year}" if facts.year_inferred and year else year)
