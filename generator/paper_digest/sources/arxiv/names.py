"""arXiv's author lines and names: one string split into authors, TeX accents as letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.text import fields
from paper_digest.text.tex.convert import to_unicode_keeping_formulas

#: Of a line, in which no two blanks stand together.
_AND = late_pattern(r"\s?(?:,|;|\s)\s?(?:and|&)\s", re.IGNORECASE)
_SUFFIX = late_pattern(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
_BRACKETS = late_pattern(r"\([^()]*\)")
#: What stands for a pair of brackets while a line is split: its number between two zero characters.
_PLACEHOLDER = late_pattern("\x00(\\d+)\x00")
_SPACED_INITIALS = late_pattern(r"(?<=[^\W\d_]\.) -(?=[^\W\d_])")
_MAX_DEPTH = 5
#: ``(1)``, ``(1 and 2)`` and ``(a)`` lead to a list of places: ``((1) Nook, (2) Harbour)``.
_LABEL = late_pattern(r"[\W\d_]*(?:and[\W\d_]*)*\Z|\w\Z|\s*\(\w{1,3}\)", re.IGNORECASE)


def clean_name(text: object) -> str:
    r"""Return one name on one line, TeX accents (``Andr\'e``) as letters.

    arXiv puts a space behind each initial's full stop (``J. -P.``), which its authors did not write.
    """
    plain = fields.one_line(text)
    if "\\" in plain or "{" in plain:
        plain = fields.one_line(to_unicode_keeping_formulas(plain))
    return _SPACED_INITIALS.sub("-", plain) if " -" in plain else plain


def join_places(texts: Iterable[object]) -> str:
    """Return an author's affiliations as one; what only leads to a list of them (``(1)``) is none."""
    return "; ".join(place for place in map(clean_name, texts) if not _LABEL.match(place))


def split_authors(text: object) -> tuple[Author, ...]:
    """Split an author line at its commas; what stands in brackets after a name is its affiliation.

    Brackets inside a name are part of it (``Wei (Wayne) Zhang``). A colon ends the name of a body
    that signs before its members: ``The X Team: A. One``. Numbers in brackets, and the list of
    places they stand for, are left out.

    The rules are those arXiv asks its authors to keep:
    https://info.arxiv.org/help/prep.html#author
    """
    brackets: list[str] = []
    line = _take_out_brackets(fields.one_line(text), brackets)
    line = _AND.sub(", ", line.replace(": ", ", "))
    authors: list[Author] = []
    for part in line.split(","):
        rest, last = _split_last_brackets(part)
        name = clean_name(_restored(rest, brackets))
        affiliation = join_places(_restored(brackets[number], brackets) for number in last)
        if name and _SUFFIX.match(name) and authors:
            name, affiliation = f"{authors[-1].name} {name}", affiliation or authors[-1].affiliation
            authors.pop()
        if name:
            authors.append(Author(name, affiliation=affiliation))
    return tuple(authors)


def join_author_list(names: Iterable[object]) -> tuple[Author, ...]:
    """Return the authors of a list of names; commas inside brackets may have cut some apart.

    ``["Bo Test (Nook", "Harbour U.)", "Al One"]`` are two authors.
    """
    listed = list(names)
    if any("(" in name for name in listed if isinstance(name, str)):
        return split_authors(", ".join(fields.one_line(name) for name in listed))
    return tuple(Author(clean_name(name)) for name in listed)


def author_from_parts(
    family: object, given: object, suffix: object = "", affiliation: object = ""
) -> Author:
    """Make an author of a name whose parts are known."""
    last = clean_name(family)
    whole = " ".join(part for part in (clean_name(given), last, clean_name(suffix)) if part)
    return Author(whole, family=last if whole != last else "", affiliation=clean_name(affiliation))


def _take_out_brackets(text: str, brackets: list[str]) -> str:
    """Put a placeholder for each pair of round brackets, nested ones too; others stay."""
    if text.count("(") != text.count(")"):
        return text

    def take_out(match: re.Match[str]) -> str:
        brackets.append(match[0][1:-1])
        return f"\x00{len(brackets) - 1}\x00"

    for _ in range(_MAX_DEPTH):
        text = _BRACKETS.sub(take_out, text)
    return text


def _split_last_brackets(part: str) -> tuple[str, list[int]]:
    """Split what stands before the last placeholders, with only blanks between, from their numbers.

    It looks at each placeholder once; a pattern tied to the end begins anew at each.
    """
    pieces = _PLACEHOLDER.split(part)  # text, number, text, number, ..., text
    numbers: list[int] = []
    while len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
        numbers.append(int(pieces.pop()))
    before = (f"\x00{p}\x00" if i % 2 else p for i, p in enumerate(pieces))
    return "".join(before), numbers[::-1]


def _restored(text: str, brackets: list[str]) -> str:
    """Put the brackets back: those inside a name, ``Wei (Wayne) Zhang``, and inside other brackets."""
    for _ in range(_MAX_DEPTH):
        text = _PLACEHOLDER.sub(lambda match: f"({brackets[int(match[1])]})", text)
    return text
