"""A citation as a RIS record, in UTF-8 (https://en.wikipedia.org/wiki/RIS_(file_format))."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import CitationFacts, citation_facts, plain_abstract
from paper_digest.render.citation.keys import citation_key as made_key
from paper_digest.text.names import Name
from paper_digest.text.tex import convert as latex

#: Types that both Zotero and bibutils know. Neither has one for preprints: a report has the
#: fields of one (its publisher, its number); Zotero takes an unknown type for a journal article.
_TYPES = {
    "journal": "JOUR",
    "conference": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "RPRT",
    "dataset": "DATA",
    "software": "COMP",
}
#: The one tag that both take for the title of proceedings, and of the book of a chapter; T2 for all others.
_CONTAINER_TAGS = {"journal": "JO", "conference": "BT", "chapter": "BT", "preprint": "PB"}


def ris_record(
    paper: Paper, key: str = "", max_authors: int | None = None, *, with_abstract: bool = False
) -> str:
    """Return the RIS record of a paper; lines end in CR LF, the last one too.

    Args:
        paper: the paper.
        key: the record's ``ID``; "" for the paper's own citation key.
        max_authors: authors named; RIS has no word for the rest, so a note tells their number.
        with_abstract: give the abstract too.
    """
    facts = citation_facts(paper)
    count = len(facts.authors)
    facts = facts._replace(authors=facts.authors[:max_authors])
    if len(facts.authors) < count:
        named = f"{len(facts.authors):,} of {count:,} authors named"
        facts = facts._replace(note=f"{facts.note}; {named}".removeprefix("; "))
    keywords = [word for k in paper.keywords if (word := latex.to_unicode(k))]
    lines = [("TY", _TYPES.get(facts.kind, "GEN")), ("ID", key or made_key(paper))]
    lines += [(tag, value) for tag, value in _fields(facts) if value]
    lines += [("KW", word) for word in keywords]
    if with_abstract and (abstract := plain_abstract(paper)):
        lines.append(("AB", abstract))
    return "".join(f"{tag}  - {value}\r\n" for tag, value in (*lines, ("ER", "")))


def _fields(facts: CitationFacts) -> Iterator[tuple[str, str]]:
    yield "TI", latex.to_unicode(facts.title)
    for name in facts.authors:
        yield "AU", _name(name)
    yield "PY", facts.year
    yield "DA", _date(facts.issued)
    yield _CONTAINER_TAGS.get(facts.kind, "T2"), facts.container
    yield "PB", facts.institution
    yield "T3", facts.series
    yield "VL", facts.volume
    yield "IS", facts.issue
    first, _, last = facts.pages.partition("-")
    yield "SP", first
    yield "EP", last
    yield "DO", facts.doi
    if facts.arxiv_id:
        yield "AN", f"arXiv:{facts.arxiv_id}"
        yield "DB", "arXiv"
    if facts.kind == "preprint":
        yield "PB", "arXiv" if facts.arxiv_id else ""
        yield "M3", "Preprint"
    yield "LA", facts.language
    yield "UR", facts.url
    yield "L1", facts.pdf
    yield "N1", facts.note_on_year


def _date(issued: str) -> str:
    """Write ``2025-11-20`` as ``2025/11/20/``, ``2025-11`` as ``2025/11//``: four parts always."""
    parts = issued.split("-") if issued else []
    return "/".join(parts + [""] * (4 - len(parts))) if parts else ""


def _name(name: Name) -> str:
    if name.literal:  # A comma at its end says that it has no given name, as EndNote has it.
        is_whole = " " in name.literal and "," not in name.literal
        return f"{name.literal}," if is_whole else name.literal
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
