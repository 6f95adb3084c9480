"""A citation in plain words, on one line, for a message or a slide."""

from __future__ import annotations

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import Work, work
from paper_digest.render.citation.names import Name
from paper_digest.text.tex import convert as latex

#: Authors named before the rest is counted.
NAMES = 6


def plain(paper: Paper) -> str:
    """Return ``Ada Lovelace and Luigi Menabrea. Sketch. arXiv:1234.56789 [cs.CL], 2025. https://…``."""
    facts = work(paper)
    parts = [
        _authors(facts.authors, paper.author_count or 0),
        latex.to_unicode(facts.title) or paper.id,
        ", ".join(part for part in (_place(facts), _year(facts)) if part),
        facts.note,
    ]
    sentence = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    address = f"https://doi.org/{facts.doi}" if facts.doi and facts.container else facts.url
    return f"{sentence} {address}".strip()


def _authors(authors: tuple[Name, ...], count: int) -> str:
    if not authors:
        return f"{count:,} author{'s' if count > 1 else ''}" if count else ""
    shown = [_name(name) for name in authors[: NAMES if len(authors) > NAMES + 1 else None]]
    rest = len(authors) - len(shown)
    last = f"{rest:,} others" if rest else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def _name(name: Name) -> str:
    parts = (name.given, name.particle, name.family, name.suffix)
    return name.literal or " ".join(part for part in parts if part)


def _place(facts: Work) -> str:
    if facts.container:
        numbered = facts.volume + (f"({facts.issue})" if facts.issue else "")
        where = f"{facts.container} {numbered}".strip()
        return f"{where}, {facts.pages.replace('-', '–')}" if facts.pages else where  # noqa: RUF001 - a range of pages
    known = f"arXiv:{facts.arxiv}" if facts.arxiv else ""
    return f"{known} [{facts.primary}]" if known and facts.primary else known


def _year(facts: Work) -> str:
    year = facts.year
    said = bool(facts.container) and year in facts.container
    return "" if said else (f"c. {year}" if facts.inferred and year else year)
