"""arXiv's author lines and names: one string split into authors, TeX accents as letters."""

from __future__ import annotations

import re

from paper_digest.model.paper import Author
from paper_digest.text import fields
from paper_digest.text.tex.convert import to_unicode_keeping_formulas

_AND = re.compile(r"\s*(?:,|;|\s)\s*(?:and|&)\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)


def clean_name(text: object) -> str:
    r"""Return one name on one line, TeX accents (``Andr\'e``) as letters."""
    plain = fields.one_line(text)
    return (
        fields.one_line(to_unicode_keeping_formulas(plain))
        if "\\" in plain or "{" in plain
        else plain
    )


def split_authors(text: object) -> tuple[Author, ...]:
    """Split an author line at its commas; what stands in brackets (affiliations) is left out.

    A colon ends the name of a body that signs before its members: ``The X Team: A. One``.

    The rules are those arXiv asks its authors to keep:
    https://info.arxiv.org/help/prep.html#author
    """
    outside = _outside_brackets(fields.one_line(text))
    outside = _AND.sub(", ", outside.replace(": ", ", "))
    names: list[str] = []
    for part in outside.split(","):
        if (clean := clean_name(part)) and _SUFFIX.match(clean) and names:
            names[-1] += f" {clean}"
        elif clean:
            names.append(clean)
    return tuple(Author(name) for name in names)


def author_from_parts(
    family: object, given: object, suffix: object = "", affiliation: object = ""
) -> Author:
    """Make an author of a name whose parts are known."""
    last = clean_name(family)
    whole = " ".join(part for part in (clean_name(given), last, clean_name(suffix)) if part)
    return Author(whole, family=last if whole != last else "", affiliation=clean_name(affiliation))


def _outside_brackets(text: str) -> str:
    """Drop what stands in round brackets, nested ones too; brackets without a partner stay."""
    if text.count("(") != text.count(")"):
        return text
    while (shorter := re.sub(r"\([^()]*\)", " ", text)) != text:
        text = shorter
    return text
