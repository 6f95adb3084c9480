"""Two records side by side in a terminal, what differs marked."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from paper_digest.ingest.review import ReviewPair
from paper_digest.model.links import upstream_url
from paper_digest.model.paper import Paper
from paper_digest.model.printable import printed_line
from paper_digest.sources.registry import registry
from paper_digest.text.names import list_authors

#: Authors, and characters of an abstract, that are shown of each record.
_MAX_AUTHORS_SHOWN, _MAX_ABSTRACT_CHARS = 8, 320
#: Columns for the field's name and the mark; and the least for each record.
_LABEL_WIDTH, _MIN_WIDTH = 11, 24
SAME, DIFFERS, ONE_UNKNOWN = "=", "\N{NOT EQUAL TO}", " "


def pair_rows(pair: ReviewPair, width: int, emphasise: Callable[[str], str] = str) -> Iterator[str]:
    """Yield the lines that show a pair.

    Each row has a field's name, a mark (``=`` equal, ``≠`` different, nothing where one record
    lacks the field) and the two values.

    Args:
        pair: the records.
        width: columns of the terminal.
        emphasise: makes a word stand out that the other value lacks.
    """
    column = max(_MIN_WIDTH, (width - _LABEL_WIDTH - 5) // 2)
    for name, *values in _fields(pair.one, pair.two):
        one, two = map(printed_line, values)
        if not one and not two:
            continue
        sign = ONE_UNKNOWN if not (one and two) else SAME if one == two else DIFFERS
        left, right = _changed_words(one, two) if sign == DIFFERS else (set[int](), set[int]())
        cells = _cell(one, left, column, emphasise), _cell(two, right, column, emphasise)
        for number, (a, b) in enumerate(zip_longest(*cells, fillvalue=("", 0))):
            label = f"{name:<{_LABEL_WIDTH - 2}} {sign}" if number == 0 else " " * _LABEL_WIDTH
            yield f"{label} {a[0]}{' ' * (column - a[1])} \N{BOX DRAWINGS LIGHT VERTICAL} {b[0]}".rstrip()
    yield printed_line(f"{pair.why}.")


def _fields(one: Paper, two: Paper) -> Iterator[tuple[str, str, str]]:
    yield "id", one.id, two.id
    yield "title", one.title or "(unknown)", two.title or "(unknown)"
    yield "authors", _authors(one), _authors(two)
    yield "published", _published(one), _published(two)
    yield "kind", one.work_type, two.work_type
    yield "doi", one.doi, two.doi
    yield "venue", one.venue, two.venue
    yield "printed", one.journal_ref, two.journal_ref
    yield "abstract", _abstract(one), _abstract(two)
    yield "said by", _sources(one), _sources(two)
    yield "address", upstream_url(one.id), upstream_url(two.id)


def _authors(paper: Paper) -> str:
    names = [author.name for author in paper.authors]
    return list_authors(names, paper.author_count or 0, _MAX_AUTHORS_SHOWN)


def _published(paper: Paper) -> str:
    return paper.published + (" (year inferred)" if paper.inferred else "")


def _abstract(paper: Paper) -> str:
    return textwrap.shorten(paper.abstract, _MAX_ABSTRACT_CHARS, placeholder=" …")


def _sources(paper: Paper) -> str:
    return ", ".join(sorted({registry().title(c.source) for c in paper.claims})) or "hand"


def _changed_words(one: str, two: str) -> tuple[set[int], set[int]]:
    """Return the places of the words that the other text lacks."""
    first, second = one.split(), two.split()
    left, right = set[int](), set[int]()
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal":
            left.update(range(a, b))
            right.update(range(c, d))
    return left, right


def _cell(
    text: str, changed: set[int], width: int, emphasise: Callable[[str], str]
) -> list[tuple[str, int]]:
    """Wrap a text; returns its lines, each with the number of columns it takes."""
    lines: list[tuple[str, int]] = []
    shown: list[str] = []
    used = 0
    for place, whole in enumerate(text.split()):
        for word in textwrap.wrap(whole, width, break_on_hyphens=False):
            if shown and used + 1 + len(word) > width:
                lines.append((" ".join(shown), used))
                shown, used = [], 0
            used += len(word) + bool(shown)
            shown.append(emphasise(word) if place in changed else word)
    return [*lines, (" ".join(shown), used)] if shown else lines
