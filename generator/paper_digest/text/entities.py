r"""HTML's entities in names and other short fields, and TeX in names, whichever source left them there.

Repositories and publishers deposit ``O&#39;Hara`` and ``Kites &amp; Winds``; in a name, a venue or a keyword that is
never what somebody meant. Titles and abstracts may write of entities, and are their sources' to read.
``Guti\'errez`` in a file of a reference manager is ``Gutiérrez``: the page would print the one, and citations and
feeds the other, and search would find the one alone.
"""

from __future__ import annotations

from typing import Any

import msgspec

from paper_digest.model.paper import Author, Claim, Paper
from paper_digest.text import fields
from paper_digest.text.markup import unescape_entities
from paper_digest.text.tex.convert import to_unicode_keeping_formulas

_SHORT_FIELDS = ("venue", "journal_ref", "organisation")
#: A name in TeX that was escaped for TeX needs two.
_MAX_PASSES = 4


def plain_text(text: str) -> str:
    """Return a short text on one line with its entities replaced; one that would be nothing then stays."""
    if "&" not in text or (plain := unescape_entities(text)) == text:
        return text
    return fields.one_line(plain) or text


def _plain_name(text: str) -> str:
    r"""Return a name without entities, TeX's accents (``Andr\'e``) and commas at its ends; its formulas stay.

    What is plain stays as it is, however often it comes in again: ``a\{b\}`` becomes ``ab`` at once.
    """
    plain = plain_text(text)
    for _ in range(_MAX_PASSES):
        before = plain
        if "\\" in plain or "{" in plain:
            plain = fields.one_line(to_unicode_keeping_formulas(plain)) or plain
        plain = plain.strip(" ,") or plain
        if plain == before:
            break
    return plain


def plain_author(author: Author) -> Author:
    """Return an author whose name, family name and affiliation hold neither entities nor accents in TeX."""
    name, family, place = map(_plain_name, (author.name, author.family, author.affiliation))
    if (name, family, place) == (author.name, author.family, author.affiliation):
        return author
    return msgspec.structs.replace(author, name=name, family=family, affiliation=place)


def plain_fields(paper: Paper) -> Paper:
    """Return a paper whose authors, keywords, venue, reference and organisation hold no entities, in its claims too.

    Its authors' names hold no accents in TeX either.
    """
    authors = tuple(map(plain_author, paper.authors))
    keywords = tuple(dict.fromkeys(map(plain_text, paper.keywords)))
    short = {name: plain_text(getattr(paper, name)) for name in _SHORT_FIELDS}
    claims = tuple(map(_plain_claim, paper.claims))
    if (
        authors == paper.authors
        and keywords == paper.keywords
        and claims == paper.claims
        and all(getattr(paper, name) == text for name, text in short.items())
    ):
        return paper
    return msgspec.structs.replace(
        paper, authors=authors, keywords=keywords, claims=claims, **short
    )


def _plain_claim(claim: Claim) -> Claim:
    """Return a claim, as another archive's dump has it, without entities in the values that differ."""
    differs = {field: _plain_value(field, value) for field, value in claim.differs.items()}
    return claim if differs == claim.differs else msgspec.structs.replace(claim, differs=differs)


def _plain_value(field: str, value: Any) -> Any:  # noqa: ANN401 - the JSON value of any field
    if not value:  # it claims nothing
        return value
    if field in _SHORT_FIELDS:
        return plain_text(value)
    if field == "keywords":
        return list(dict.fromkeys(map(plain_text, value)))
    if field == "authors":
        names = ("name", "family", "affiliation")
        return [{**one, **{n: _plain_name(one[n]) for n in names if n in one}} for one in value]
    return value
