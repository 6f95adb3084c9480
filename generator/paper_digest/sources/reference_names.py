"""The names of a reference manager's author field: what a manager has put into one name, told apart.

RIS and CSL-JSON have a field for each author, and yet files come with all authors in one of them.
The rules for such a list are BibTeX's (``bibtex/names.py``); a body's name stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.sources.bibtex.names import AuthorList, AuthorNamesError, parse_authors
from paper_digest.text import names
from paper_digest.text.entities import plain_author, plain_text

#: DBLP's number of a namesake; it begins with a zero, which no other number after a name does.
_NAMESAKE_NUMBER = late_pattern(r"(?<=\S)\s+0\d{3}(?=\s|,|\Z)")
_OTHERS = late_pattern(r"\W*(?:et\.?\s*al(?:ii|\.)?|(?:and\s+)?others)\W*\Z", re.IGNORECASE)
_ENDS_IN_OTHERS = late_pattern(
    r"(?<![\s,;])[\s,;]+(?:et\.?\s+al(?:ii|\.)?|and\s+others)\W*\Z", re.IGNORECASE
)
#: What stands behind the last comma of a list.
_AND_FIRST = late_pattern(r"\A(?:and|&)\s+", re.IGNORECASE)
_AND = late_pattern(r"\s(?:and|&)\s", re.IGNORECASE)
#: Words of bodies' names, in which ``and`` joins no persons.
_WORD_OF_A_BODY = late_pattern(
    r"\b(?:of|for|the|department|ministry|office|bureau|agency|institutes?|university|council|"
    r"national|centers?|centres?|academy|division|administration|commission|federal|services?"
    r"|ltd|inc|gmbh|llc|plc|corporation)\b|&.{1,80}\bcorp\b",
    re.IGNORECASE,
)


def plain_name(text: str) -> str:
    """Return a name, or a part of one, without entities and DBLP's number: ``Wei Wang 0001`` -> ``Wei Wang``."""
    return _NAMESAKE_NUMBER.sub("", plain_text(text))


def names_between_commas(text: str) -> list[str]:
    """Split a list of names between commas where each is a whole name: ``Ada Quill, Bo Moan, and Kit Lark``."""
    parts = [_AND_FIRST.sub("", part.strip()) for part in text.split(",")]
    is_list = len(parts) > 1 and all(" " in part for part in parts)
    return parts if is_list else [*filter(None, [text])]


def split_names(
    authors: Iterable[Author], key: str, *, one_in_each: bool = False
) -> tuple[AuthorList, str]:
    """Tell the authors apart that stand in one field.

    Args:
        authors: as the fields have them; a list is a name that holds a semicolon, ``and``, or
            commas that no single name has.
        key: the entry's citation key, which may show where the first name ends.
        one_in_each: no name is a list, whatever stands in it: ``Kite Diseases and Boat Injuries``.

    Returns:
        The authors, and the field that could not be read, or ""; its names are left out.
    """
    authors_listed: list[Author] = []
    misread: list[str] = []
    cut, unread = False, ""
    for author in map(plain_author, authors):
        text = _ENDS_IN_OTHERS.sub("", author.name)
        if _OTHERS.match(author.name):
            cut = True
            continue
        cut = cut or text != author.name
        if one_in_each or not _is_list(text):
            authors_listed.append(author if text == author.name else Author(text))
            continue
        try:
            listed = parse_authors(_AND.sub(" and ", text), str.strip, key)
        except AuthorNamesError:
            unread = unread or text
            continue
        authors_listed += listed.authors
        cut = cut or listed.cut
        misread += listed.misread
    return AuthorList(tuple(authors_listed), cut, tuple(misread)), unread


def _is_list(text: str) -> bool:
    if "{" in text or "}" in text or names.is_collaboration(text):
        return False
    if ";" in text:
        return True
    persons = _AND.split(text)
    if len(persons) > 1:
        return not _WORD_OF_A_BODY.search(text) and all(
            len(re.findall(r"[^\W\d_]+", person)) > 1 for person in persons
        )
    return text.count(",") > 1 and not _WORD_OF_A_BODY.search(text)
