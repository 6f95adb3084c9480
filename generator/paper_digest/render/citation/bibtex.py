"""A citation as an entry for BibTeX (ASCII, for pdfLaTeX) or for biblatex and biber (UTF-8).

``@article``, ``@inproceedings`` and the like where the record says so, else ``@misc`` with arXiv's fields
(https://info.arxiv.org/help/hypertex/bibstyles/index.html). BibTeX: Patashnik, "BibTeXing", 1988.
Styles take ``@dataset`` and ``@software``, which are biblatex's, for ``@misc``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import CitationFacts, citation_facts, plain_abstract
from paper_digest.render.citation.keys import citation_key as made_key
from paper_digest.render.citation.memo import memoize_last
from paper_digest.text.names import Name
from paper_digest.text.tex import convert as latex

#: The entry of a kind, and its field for what the work stands in.
_ENTRIES = {
    "journal": ("article", "journal"),
    "conference": ("inproceedings", "booktitle"),
    "chapter": ("incollection", "booktitle"),
    "book": ("book", ""),
    "thesis": ("phdthesis", ""),
    "report": ("techreport", ""),
    "dataset": ("dataset", "howpublished"),
    "software": ("software", ""),
}
#: The word that styles print in the place of "PhD thesis" and "technical report", of which nobody knows.
_TYPE_WORDS = {"thesis": "Thesis", "report": "Report"}
#: Macros that every style defines, in its own language; biblatex and biber know them too.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
_UNBALANCED = re.compile(r"[{}\\\s]")


def bibtex_entry(
    paper: Paper,
    key: str = "",
    max_authors: int | None = None,
    *,
    with_abstract: bool = False,
) -> str:
    """Return the BibTeX entry of a paper, in ASCII, a line feed at its end.

    Args:
        paper: the paper.
        key: the entry's key; "" for the paper's own citation key.
        max_authors: authors named; BibTeX says of the rest ``and others``.
        with_abstract: give the abstract too.
    """
    return latex.to_latex_commands(
        biblatex_entry(paper, key, max_authors, with_abstract=with_abstract)
    )


def biblatex_entry(
    paper: Paper,
    key: str = "",
    max_authors: int | None = None,
    *,
    with_abstract: bool = False,
) -> str:
    """Return the same entry with the letters of all scripts, for biblatex and biber."""
    facts = citation_facts(paper)
    entry, _ = _ENTRIES.get(facts.kind, ("misc", ""))
    fields = _shared_fields(paper)
    if max_authors is not None and len(facts.authors) > max_authors:
        fields = fields | {"author": _authors(facts, max_authors)}
    if with_abstract:
        fields = fields | {"abstract": latex.plain_to_bibtex(plain_abstract(paper))}
    lines = [
        f"  {name} = {value}," if name == "month" else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    text = "\n".join((f"@{entry}{{{key or made_key(paper)},", *lines, "}\n"))
    return latex.symbols_to_latex_commands(text)


def _authors(facts: CitationFacts, max_authors: int | None = None) -> str:
    authors = [_name(name) for name in facts.authors[:max_authors]]
    authors += ["others"] if len(facts.authors) > len(authors) else []
    return " and ".join(authors)


@memoize_last
def _shared_fields(paper: Paper) -> dict[str, str]:
    """Return the fields of a paper's entry with all authors and no abstract, made once for its forms."""
    return _fields(citation_facts(paper))


def _fields(facts: CitationFacts) -> dict[str, str]:
    _, container = _ENTRIES.get(facts.kind, ("", "howpublished"))
    container_name = latex.plain_to_bibtex(facts.container)
    institution = latex.plain_to_bibtex(facts.institution)
    return {
        "title": latex.to_bibtex(facts.title),
        "author": _authors(facts),
        "year": facts.year,
        "month": _month(facts.issued),
        container or "booktitle": container_name,
        # Programs that read @misc take what is published how for no venue; styles pass this over.
        "journaltitle": container_name if container == "howpublished" else "",
        "school": institution if facts.kind == "thesis" else "",
        "institution": institution if facts.kind == "report" else "",
        "type": _TYPE_WORDS.get(facts.kind, ""),
        "pubstate": "prepublished" if facts.says_preprint else "",
        "series": latex.plain_to_bibtex(facts.series),
        "volume": latex.plain_to_bibtex(facts.volume),
        "number": latex.plain_to_bibtex(facts.issue),
        "pages": latex.plain_to_bibtex(facts.pages).replace("-", "--"),
        "doi": _verbatim(facts.doi),
        "eprint": facts.arxiv_id,
        "eprinttype": "arxiv" if facts.arxiv_id else "",
        "archivePrefix": "arXiv" if facts.arxiv_id else "",
        "primaryClass": _verbatim(latex.to_unicode(facts.primary_category)),
        "url": _verbatim(facts.url),
        "note": latex.plain_to_bibtex(facts.note_on_year),
    }


def _month(issued: str) -> str:
    """Return the macro of a date's month; BibTeX has no field for the day."""
    _, _, month_and_day = issued.partition("-")
    return _MONTHS[int(month_and_day[:2]) - 1] if month_and_day else ""


@lru_cache(maxsize=2048)
def _name(name: Name) -> str:
    if name.literal:
        return f"{{{latex.plain_to_bibtex(name.literal)}}}"
    family = _family(name)
    parts = (_name_part(part) for part in (name.suffix, name.given) if part)
    return ", ".join((family, *parts))


def _family(name: Name) -> str:
    """Return particle and family name; BibTeX takes all before a word in small letters for a particle: ``{Cruz y Vega}``."""
    before, words = f"{name.particle} " if name.particle else "", name.family.split(" ")
    if any(word[:1].islower() for word in words[1:-1]):
        return f"{_name_part(before)}{{{latex.plain_to_bibtex(name.family)}}}"
    return _name_part(f"{before}{name.family}")


def _name_part(text: str) -> str:
    """Escape a part of a name; one that BibTeX would cut in two is kept whole by braces."""
    escaped = latex.plain_to_bibtex(text)
    return f"{{{escaped}}}" if _NAME_SEPARATOR.search(escaped) else escaped


def _verbatim(text: str) -> str:
    """Return an id or address, whose signs are no TeX, without the characters that would unbalance the entry's braces."""
    return _UNBALANCED.sub("", text)
