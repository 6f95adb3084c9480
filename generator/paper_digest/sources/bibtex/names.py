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
_ET_AL = frozenset({"others", "et al", "et al.", "et. al.", "others."})

#: Bodies sign papers too, and have no family name.
_GROUP_AUTHOR = re.compile(r"\b(collaborations?|consortium|group|team|project)\Z", re.IGNORECASE)


class AuthorNamesError(ValueError):
    """The names of a list cannot be told apart; the message says why."""


def parse_authors(field: str, to_text: Callable[[str], str]) -> tuple[tuple[Author, ...], bool]:
    """Return the authors of a field, and whether it says that there are others.

    ``to_text`` turns LaTeX into text. A name wholly in braces is a body's: it has no family name.

    Raises:
        NameFault: one name has more commas than BibTeX allows.
    """
    names = [name.strip(" ,") for name in split_multiple_persons_names(field)]
    listed = [name for name in names if name and name.lower().strip("{}") not in _ET_AL]
    parsed = (_author(name, to_text) for name in listed)
    return tuple(a for a in parsed if a.name), len(listed) < len([n for n in names if n])


def _author(name: str, to_text: Callable[[str], str]) -> Author:
    if _is_braced(name):
        return Author(to_text(name))
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError as fault:
        raise AuthorNamesError(f"author “{name[:60]}”: {fault.reason.lower()}") from fault
    full = to_text(parts.merge_first_name_first)
    is_one_word = not parts.first and not parts.von
    if is_one_word or _GROUP_AUTHOR.search(full):
        return Author(full)
    return Author(full, family=to_text(" ".join((*parts.von, *parts.last))))


def _is_braced(name: str) -> bool:
    """Tell whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for index, sign in enumerate(name):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return index == len(name) - 1
    return False
