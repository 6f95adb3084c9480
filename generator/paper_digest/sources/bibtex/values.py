"""What the fields of a BibTeX entry say: macros replaced, ``#`` joined, ``crossref`` inherited.

Rules: https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf (sections 2 and 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, String

#: Fields that a paper takes from the proceedings its ``crossref`` names.
INHERITED = ("booktitle", "journal", "series", "volume", "publisher", "date", "year", "month")

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - reads as BibTeX has it
_MARK = re.compile(r"(?<!\\)[{}\"]")  # an escaped sign is text: the parser sees it so, too
_PIECE = re.compile(r"\s*(?:(?P<number>\d+)|(?P<macro>[^\s\"#%'(),={}]+))\s*")


class ValueFault(ValueError):  # noqa: N818 - a fault of the file, which becomes a Problem
    """A field's value is not what BibTeX calls a value; the message says why."""


def macros(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the values of all ``@string`` macros, and of the twelve months, by lower-case name.

    A macro that cannot be read is left out; of two with the same name, the later one counts.
    """
    known = {name: name for name in _MONTHS}
    for block in blocks:
        found = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(found, String):
            try:
                known[found.key.lower()] = value(found.value, known)
            except ValueFault:
                continue
    return known


def value(raw: str, known: Mapping[str, str]) -> str:
    """Return what a raw value says: ``"{A} B" # jan # 7`` -> ``{A} Bjan7``; outer signs go.

    Raises:
        ValueFault: a comma is missing after it, or a macro has no definition.
    """
    pieces: list[str] = []
    rest = raw.strip()
    while True:
        piece, rest = _first_piece(rest, known)
        pieces.append(piece)
        if not rest:
            return "".join(pieces)
        if not rest.startswith("#"):
            raise ValueFault(f"a comma is missing before “{rest[:30].strip()}”")
        rest = rest[1:].lstrip()


def _first_piece(raw: str, known: Mapping[str, str]) -> tuple[str, str]:
    if raw[:1] in {"{", '"'}:
        end = _closing(raw)
        return raw[1:end], raw[end + 1 :].lstrip()
    found = _PIECE.match(raw)
    if not found:
        raise ValueFault("a value is missing" if not raw else f"“{raw[:30]}” is no value")
    if found["number"]:
        return found["number"], raw[found.end() :]
    name = found["macro"].lower()
    if name not in known:
        raise ValueFault(f"“{found['macro']}” is no number and no @string")
    return known[name], raw[found.end() :]


def _closing(raw: str) -> int:
    """Find the sign that ends a value: the matching brace, or the first quote outside braces."""
    quoted = raw[0] == '"'
    depth = 0
    for mark in _MARK.finditer(raw, 1):
        sign = mark[0]
        if sign == '"':
            if quoted and depth == 0:
                return mark.start()
        elif sign == "{":
            depth += 1
        elif depth > 0:
            depth -= 1
        elif not quoted:
            return mark.start()
    raise ValueFault("a brace or quote is never closed")


def fields(entry: Entry, known: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return an entry's fields by lower-case name, and what is wrong with others (line, what).

    Of a field given twice the first counts, as in BibTeX; empty fields are left out.
    """
    said: dict[str, str] = {}
    faults: list[tuple[int, str]] = []
    for field in entry.fields:
        name = field.key.lower()
        try:
            text = value(str(field.value), known).strip()
        except ValueFault as fault:
            faults.append((field.start_line + 1, f"field {name}: {fault}"))
            continue
        if text and said.setdefault(name, text) != text:
            faults.append((field.start_line + 1, f"field {name} is given twice and differs"))
    return said, faults


def inherited(said: dict[str, str], parents: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Add what a paper leaves to the proceedings it refers to by ``crossref``, if that is known."""
    parent = parents.get(said.get("crossref", "").lower())
    if not parent:
        return said
    lent = {name: parent[name] for name in INHERITED if name in parent}
    if "booktitle" not in lent and "title" in parent:
        lent["booktitle"] = parent["title"]
    if "year" in said or "date" in said:
        lent = {name: text for name, text in lent.items() if name not in {"year", "month", "date"}}
    return lent | said


def by_key(entries: Iterable[tuple[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    """Index entries' fields by lower-case citation key; of equal keys, the first one counts."""
    index: dict[str, dict[str, str]] = {}
    for key, said in entries:
        index.setdefault(key.lower(), said)
    return index
