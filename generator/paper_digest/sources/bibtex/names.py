"""Who wrote it: a BibTeX ``author`` field as authors, family names known."""

from __future__ import annotations

import re
from collections.abc import Callable

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from paper_digest.model.paper import Author

#: What stands for the authors that a list leaves out.
_OTHERS = frozenset({"others", "et al", "et al.", "et. al.", "others."})

#: Bodies sign papers too, and have no family name.
_BODY = re.compile(r"\b(collaborations?|consortium|group|team|project)\Z", re.IGNORECASE)


class NameFault(ValueError):  # noqa: N818 - a fault of the file, which becomes a Problem
    """The names of a list cannot be told apart; the message says why."""


def authors(field: str, plain: Callable[[str], str]) -> tuple[tuple[Author, ...], bool]:
    """Return the authors of a field, and whether it says that there are others.

    ``plain`` turns LaTeX into text. A name wholly in braces is a body's: it has no family name.

    Raises:
        NameFault: one name has more commas than BibTeX allows.
    """
    names = [name.strip(" ,") for name in split_multiple_persons_names(field)]
    kept = [name for name in names if name and name.lower().strip("{}") not in _OTHERS]
    found = (_author(name, plain) for name in kept)
    return tuple(a for a in found if a.name), len(kept) < len([n for n in names if n])


def _author(name: str, plain: Callable[[str], str]) -> Author:
    if _braced(name):
        return Author(plain(name))
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError as fault:
        raise NameFault(f"author “{name[:60]}”: {fault.reason.lower()}") from fault
    full = plain(parts.merge_first_name_first)
    alone = not parts.first and not parts.von
    if alone or _BODY.search(full):
        return Author(full)
    return Author(full, family=plain(" ".join((*parts.von, *parts.last))))


def _braced(name: str) -> bool:
    """Tell whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for at, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return at == len(name) - 1
    return False
