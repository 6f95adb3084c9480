"""A citation as a CSL-JSON item (https://docs.citationstyles.org/en/stable/specification.html)."""

from __future__ import annotations

from typing import Any

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import CitationFacts, citation_facts, plain_abstract
from paper_digest.render.citation.keys import citation_key as made_key
from paper_digest.text.names import Name
from paper_digest.text.tex import convert as latex

_TYPES = {
    "journal": "article-journal",
    "conference": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
}


def csl_item(paper: Paper, key: str = "", *, with_abstract: bool = False) -> dict[str, Any]:
    """Return the CSL-JSON item of a paper; a field it knows nothing of is absent.

    A preprint, and a work whose kind is not known, is CSL's ``article``. Fields:
    https://resource.citationstyles.org/schema/latest/input/json/csl-data.json (version 1.0.2).

    Args:
        paper: the paper.
        key: the item's id; "" for the paper's own citation key.
        with_abstract: give the abstract too.
    """
    facts = citation_facts(paper)
    is_preprint = facts.kind == "preprint"
    of_arxiv = bool(facts.arxiv_id) and is_preprint
    publisher = facts.container if is_preprint else facts.institution
    fields = {
        "id": key or made_key(paper),
        "type": _TYPES.get(facts.kind, "article"),
        "genre": "Preprint" if facts.says_preprint else "",
        "title": latex.to_unicode(facts.title),
        "author": [_name(name) for name in facts.authors],
        "issued": _date(facts),
        "container-title": "" if is_preprint else facts.container,
        "collection-title": facts.series,
        "volume": facts.volume,
        "issue": facts.issue,
        "page": facts.pages,
        "DOI": facts.doi,
        "number": f"arXiv:{facts.arxiv_id}" if of_arxiv else "",
        "publisher": "arXiv" if of_arxiv else publisher,
        "archive": "arXiv" if of_arxiv else "",
        "URL": facts.url,
        "language": facts.language,
        "abstract": plain_abstract(paper) if with_abstract else "",
        "note": facts.note,
    }
    return {name: value for name, value in fields.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def _date(facts: CitationFacts) -> dict[str, Any]:
    if not facts.issued:
        return {}
    date: dict[str, Any] = {"date-parts": [[int(part) for part in facts.issued.split("-")]]}
    return {**date, "circa": True} if facts.year_inferred else date
