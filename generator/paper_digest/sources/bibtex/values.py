"""What the fields of a BibTeX entry say: macros replaced, ``#`` joined.

Rules: https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf (sections 2 and 9).
"""

from __future__ import annotations

from collections.abc import Iterable

from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, String

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.dates import MONTH_ABBREVIATIONS

#: A value to which macros add more is none: a dozen macros of ten references each, every one to the
#: macro before, would fill any memory. The longest author list there is has 100,000 characters.
MAX_MACRO_CHARS = 200_000
#: What all macros of a file may add up to, each as often as it is used.
MAX_MACRO_CHARS_IN_FILE = 20_000_000

_DELIMITER = late_pattern(r"(?<!\\)[{}\"]")  # an escaped sign is text: the parser sees it so, too
_PIECE = late_pattern(r"\s*(?:(?P<number>\d+)|(?P<macro>[^\s\"#%'(),={}]+))\s*")


class FieldValueError(ValueError):
    """A field's value is not what BibTeX calls a value; the message says why."""


class Macros:
    """The ``@string`` macros of a file and the twelve months, by name in any case.

    Of two macros with the same name, the later one counts.
    """

    def __init__(self) -> None:
        self._values = {name.lower(): name.lower() for name in MONTH_ABBREVIATIONS}
        self._chars_left = MAX_MACRO_CHARS_IN_FILE

    def collect(self, blocks: Iterable[Block]) -> list[tuple[int, str]]:
        """Take the definitions of a file; return what is wrong with others (line, what)."""
        problems = []
        for block in blocks:
            inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
            if isinstance(inner, String):
                try:
                    self._values[inner.key.lower()] = self.expand(inner.value)
                except FieldValueError as fault:
                    problems.append(
                        ((inner.start_line or 0) + 1, f"@string {inner.key[:60]}: {fault}")
                    )
        return problems

    def expand(self, raw: str) -> str:
        """Return what a raw value says: ``"{A} B" # jan # 7`` -> ``{A} Bjan7``; outer signs go.

        Raises:
            FieldValueError: a comma is missing after it, a macro has no definition, or macros make
                the value longer than ``MAX_MACRO_CHARS``.
        """
        pieces: list[str] = []
        rest = raw.strip()
        macro_chars = 0
        while True:
            piece, macro, rest = _first_piece(rest)
            if macro:
                piece = self._value_of(macro)
                macro_chars += len(piece)
                self._chars_left -= len(piece)
                if macro_chars > MAX_MACRO_CHARS or self._chars_left < 0:
                    raise FieldValueError(
                        f"its @string macros make it longer than {MAX_MACRO_CHARS:,} characters"
                        if macro_chars > MAX_MACRO_CHARS
                        else f"the file's @string macros give more than {MAX_MACRO_CHARS_IN_FILE:,}"
                        " characters"
                    )
            pieces.append(piece)
            if not rest:
                return "".join(pieces)
            if not rest.startswith("#"):
                raise FieldValueError(f"a comma is missing before “{rest[:30].strip()}”")
            rest = rest[1:].lstrip()

    def _value_of(self, macro: str) -> str:
        if macro.lower() not in self._values:
            raise FieldValueError(f"“{macro[:60]}” is no number and no @string")
        return self._values[macro.lower()]


def _first_piece(raw: str) -> tuple[str, str, str]:
    """Split a raw value into its first text, or the name of its first macro, and the rest."""
    if raw[:1] in {"{", '"'}:
        end = _closing_index(raw)
        return raw[1:end], "", raw[end + 1 :].lstrip()
    match = _PIECE.match(raw)
    if not match:
        raise FieldValueError("a value is missing" if not raw else f"“{raw[:30]}” is no value")
    return match["number"] or "", match["macro"] or "", raw[match.end() :]


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


def entry_fields(entry: Entry, macros: Macros) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return an entry's fields by lower-case name, and what is wrong with others (line, what).

    Of a field given twice the first counts, as in BibTeX; empty fields are left out.
    """
    values: dict[str, str] = {}
    problems: list[tuple[int, str]] = []
    for field in entry.fields:
        name = field.key.lower()
        try:
            text = macros.expand(str(field.value)).strip()
        except FieldValueError as fault:
            problems.append((field.start_line + 1, f"field {name[:60]}: {fault}"))
            continue
        if text and values.setdefault(name, text) != text:
            problems.append((field.start_line + 1, f"field {name[:60]} is given twice and differs"))
    return values, problems
