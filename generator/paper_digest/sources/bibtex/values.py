"""What the fields of a BibTeX entry say: macros replaced, ``#`` joined, ``crossref`` inherited.

Rules: https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf (sections 2 and 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, String

from paper_digest.text.dates import MONTH_ABBREVIATIONS

#: Fields that a paper takes from the proceedings its ``crossref`` names.
CROSSREF_FIELDS = ("booktitle", "journal", "series", "volume", "publisher", "date", "year", "month")

_DELIMITER = re.compile(r"(?<!\\)[{}\"]")  # an escaped sign is text: the parser sees it so, too
_PIECE = re.compile(r"\s*(?:(?P<number>\d+)|(?P<macro>[^\s\"#%'(),={}]+))\s*")


class FieldValueError(ValueError):
    """A field's value is not what BibTeX calls a value; the message says why."""


def collect_macros(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the values of all ``@string`` macros, and of the twelve months, by lower-case name.

    A macro that cannot be read is left out; of two with the same name, the later one counts.
    """
    values = {name.lower(): name.lower() for name in MONTH_ABBREVIATIONS}
    for block in blocks:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(inner, String):
            try:
                values[inner.key.lower()] = expand_value(inner.value, values)
            except FieldValueError:
                continue
    return values


def expand_value(raw: str, macros: Mapping[str, str]) -> str:
    """Return what a raw value says: ``"{A} B" # jan # 7`` -> ``{A} Bjan7``; outer signs go.

    Raises:
        ValueFault: a comma is missing after it, or a macro has no definition.
    """
    pieces: list[str] = []
    rest = raw.strip()
    while True:
        piece, rest = _first_piece(rest, macros)
        pieces.append(piece)
        if not rest:
            return "".join(pieces)
        if not rest.startswith("#"):
            raise FieldValueError(f"a comma is missing before “{rest[:30].strip()}”")
        rest = rest[1:].lstrip()


def _first_piece(raw: str, macros: Mapping[str, str]) -> tuple[str, str]:
    if raw[:1] in {"{", '"'}:
        end = _closing_index(raw)
        return raw[1:end], raw[end + 1 :].lstrip()
    match = _PIECE.match(raw)
    if not match:
        raise FieldValueError("a value is missing" if not raw else f"“{raw[:30]}” is no value")
    if match["number"]:
        return match["number"], raw[match.end() :]
    name = match["macro"].lower()
    if name not in macros:
        raise FieldValueError(f"“{match['macro']}” is no number and no @string")
    return macros[name], raw[match.end() :]


def _closing_index(raw: str) -> int:
    """Find the sign that ends a value: the matching brace, or the first quote outside braces."""
    quoted = raw[0] == '"'
    depth = 0
    for delimiter in _DELIMITER.finditer(raw, 1):
        character = delimiter[0]
        if character == '"':
            if quoted and depth == 0:
                return delimiter.start()
        elif character == "{":
            depth += 1
        elif depth > 0:
            depth -= 1
        elif not quoted:
            return delimiter.start()
    raise FieldValueError("a brace or quote is never closed")


def entry_fields(
    entry: Entry, macros: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return an entry's fields by lower-case name, and what is wrong with others (line, what).

    Of a field given twice the first counts, as in BibTeX; empty fields are left out.
    """
    values: dict[str, str] = {}
    problems: list[tuple[int, str]] = []
    for field in entry.fields:
        name = field.key.lower()
        try:
            text = expand_value(str(field.value), macros).strip()
        except FieldValueError as fault:
            problems.append((field.start_line + 1, f"field {name}: {fault}"))
            continue
        if text and values.setdefault(name, text) != text:
            problems.append((field.start_line + 1, f"field {name} is given twice and differs"))
    return values, problems


def inherit_fields(
    own_fields: dict[str, str], parents: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Add what a paper leaves to the proceedings it refers to by ``crossref``, if that is known."""
    parent = parents.get(own_fields.get("crossref", "").lower())
    if not parent:
        return own_fields
    inherited_fields = {name: parent[name] for name in CROSSREF_FIELDS if name in parent}
    if "booktitle" not in inherited_fields and "title" in parent:
        inherited_fields["booktitle"] = parent["title"]
    if "year" in own_fields or "date" in own_fields:
        inherited_fields = {
            name: text
            for name, text in inherited_fields.items()
            if name not in {"year", "month", "date"}
        }
    return inherited_fields | own_fields


def fields_by_key(entries: Iterable[tuple[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    """Index entries' fields by lower-case citation key; of equal keys, the first one counts."""
    index: dict[str, dict[str, str]] = {}
    for key, entry_values in entries:
        index.setdefault(key.lower(), entry_values)
    return index
