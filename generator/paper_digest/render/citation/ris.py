"""A citation as a RIS record, in UTF-8 (https://en.wikipedia.org/wiki/RIS_(file_format))."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import CitationFacts, citation_facts
from paper_digest.render.citation.keys import citation_key as made_key
from paper_digest.text.names import Name
from paper_digest.text.tex import convert as latex

#: ``UNPB`` is unpublished work, which is what managers make of a preprint.
_TYPES = {"journal": "JOUR", "conference": "CPAPER", "preprint": "UNPB"}


def ris_record(paper: Paper, key: str = "", max_authors: int | None = None) -> str:
    """Return the RIS record of a paper; lines end in CR LF, the last one too.

    Args:
        paper: the paper.
        key: the record's ``ID``; "" for the paper's own citation key.
        max_authors: authors named; RIS has no word for the rest.
    """
    facts = citation_facts(paper)
    facts = facts._replace(authors=facts.authors[:max_authors])
    keywords = [word for k in paper.keywords if (word := latex.to_unicode(k))]
    lines = [("TY", _TYPES.get(facts.kind, "GEN")), ("ID", key or made_key(paper))]
    lines += [(tag, value) for tag, value in _fields(facts) if value]
    lines += [("KW", word) for word in keywords]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (*lines, ("ER", "")))


def _fields(facts: CitationFacts) -> Iterator[tuple[str, str]]:
    yield "TI", latex.to_unicode(facts.title)
    for name in facts.authors:
        yield "AU", _name(name)
    yield "PY", facts.year
    yield "DA", _date(facts.issued)
    yield "JO" if facts.kind == "journal" else "T2", facts.container
    yield "VL", facts.volume
    yield "IS", facts.issue
    first, _, last = facts.pages.partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", facts.doi
    yield "AN", f"arXiv:{facts.arxiv_id}" if facts.arxiv_id else ""
    yield "UR", facts.url
    yield "L1", facts.pdf
    note = f"{facts.note}; year inferred" if facts.year_inferred else facts.note
    yield "N1", note.removeprefix("; ")


def _date(issued: str) -> str:
    """Write ``2025-11-20`` as ``2025/11/20/``, ``2025-11`` as ``2025/11//``: four parts always."""
    parts = issued.split("-") if issued else []
    return "/".join(parts + [""] * (4 - len(parts))) if parts else ""


def _name(name: Name) -> str:
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
