"""A citation as a BibTeX entry, in UTF-8.

``@article`` and ``@inproceedings`` where the record says so, else ``@misc`` with arXiv's fields
(https://info.arxiv.org/help/hypertex/bibstyles/index.html). BibTeX: Patashnik, "BibTeXing", 1988.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.keys import citation_key as made_key
from paper_digest.text.names import Name
from paper_digest.text.tex import convert as latex

_ENTRIES = {"journal": ("article", "journal"), "conference": ("inproceedings", "booktitle")}
_NAME_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
_UNBALANCED = re.compile(r"[{}\\\s]")
#: A name without these is written as it is.
_TEX_SIGNS = re.compile(r"[\\{}~^%&#_$`]|--")
_CASE_BRACES = re.compile(r"(?<![\\\w])\{([^\W_][\w-]*)\}")


def bibtex_entry(paper: Paper, key: str = "", max_authors: int | None = None) -> str:
    """Return the BibTeX entry of a paper, a line feed at its end.

    Args:
        paper: the paper.
        key: the entry's key; "" for the paper's own citation key.
        max_authors: authors named; BibTeX says of the rest ``and others``.
    """
    facts = citation_facts(paper)
    authors = [_name(name) for name in facts.authors[:max_authors]]
    authors += ["others"] if len(facts.authors) > len(authors) else []
    entry, container = _ENTRIES.get(facts.kind, ("misc", "howpublished"))
    note = latex.to_bibtex(facts.note)
    if facts.year_inferred:
        note = f"{note}; year inferred".removeprefix("; ")
    fields = {
        "title": latex.to_bibtex(facts.title),
        "author": " and ".join(authors),
        "year": facts.year,
        container: latex.to_bibtex(facts.container),
        "volume": latex.to_bibtex(facts.volume),
        "number": latex.to_bibtex(facts.issue),
        "pages": latex.to_bibtex(facts.pages).replace("-", "--"),
        "doi": _verbatim(facts.doi),
        "eprint": facts.arxiv_id,
        "archivePrefix": "arXiv" if facts.arxiv_id else "",
        "primaryClass": _verbatim(facts.primary_category),
        "url": _verbatim(facts.url),
        "note": note,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{entry}{{{key or made_key(paper)},", *lines, "}\n"))


@lru_cache(maxsize=16384)
def _name(name: Name) -> str:
    if name.literal:
        return f"{{{_escape_name(name.literal)}}}"
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(_name_part(part) for part in (family, name.suffix, name.given) if part)


def _name_part(text: str) -> str:
    """Escape a part of a name; one that BibTeX would cut in two is kept whole by braces."""
    escaped = _escape_name(text)
    return f"{{{escaped}}}" if _NAME_SEPARATOR.search(escaped) else escaped


def _escape_name(text: str) -> str:
    """Escape without keeping the case of words: no style changes the case of a name."""
    if text.isprintable() and not _TEX_SIGNS.search(text):
        return " ".join(text.split())
    return _CASE_BRACES.sub(r"\1", latex.to_bibtex(text))


def _verbatim(text: str) -> str:
    """Drop from an address the characters that would unbalance the entry's braces."""
    return _UNBALANCED.sub("", latex.to_unicode(text))
