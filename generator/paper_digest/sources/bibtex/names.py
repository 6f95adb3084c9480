"""Who wrote it: a BibTeX ``author`` field as authors, family names known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.model.strict import StrictStruct
from paper_digest.sources.bibtex.text import compose_name
from paper_digest.text import names
from paper_digest.text.fold import fold_to_words
from paper_digest.text.markup import unescape_entities
from paper_digest.text.name_suffix import with_own_suffix

#: bibtexparser's own splitter loses the accent of a name that begins with one (``and \'Emile Ost``).
_BETWEEN_NAMES = late_pattern(r"(?: and(?= ))+ |;", re.IGNORECASE)
_COMMA = late_pattern(",")
_SPACE = late_pattern(r"[\s~]+")

#: What stands for the authors that a list leaves out, as a name or after the last one.
_ET_AL = r"(?:et[\s~]*+\.?[\s~]*+al(?:ii|\.)?|others)\.?"
_OTHERS = late_pattern(rf"[{{\s]*{_ET_AL}[}}\s]*\Z", re.IGNORECASE)
_ENDS_IN_ET_AL = late_pattern(r"[\s~,]{1,4}et[\s~.]{1,4}al(?:ii)?\.?\s*\Z", re.IGNORECASE)

#: DBLP numbers people of one name: https://dblp.org/faq/1474704.html
_DBLP_NUMBER = late_pattern(r"(?<=[^\s~])[\s~]+\d{4}(?=\s*(?:[,}]|\Z))")
_PADDED_NUMBER = late_pattern(r"(?<=[^\s~])[\s~]+0\d{3}(?=\s*(?:[,}]|\Z))")

#: Bodies sign papers too, and have no family name.
_GROUP_AUTHOR = late_pattern(r"\b(collaborations?|consortium|group|team|project)\Z", re.IGNORECASE)
_AFFILIATION = late_pattern(r"(?<=\S)\s*\(([^()]*)\)\s*\Z")
_NO_AFFILIATION = late_pattern(r"[\W\d_]*\Z|eds?\.?\Z|editors?\Z", re.IGNORECASE)

_INITIALS = late_pattern(r"(?:[^\W\d_a-z]\.?[\s~-]*){1,4}\Z")
_BEGINS_WITH_INITIAL = late_pattern(r"[^\W\d_a-z]\.")
#: ``Ost P``: initials stand last where the family name stands first.
_LAST_INITIALS = late_pattern(r"[^\W\d_a-z]\.?(?:-?[^\W\d_a-z]\.)*(?:-[^\W\d_a-z]\.?)?\Z")
#: Other words for ``and``; they are one only between whole names.
_OTHER_AND = late_pattern(r"\s(?:\\?&|und|et|y|e)\s")
_DEGREE = late_pattern(r"(?:m\.?d|ph\.?\s?d|esq|d\.?sc|dr)\.?\Z", re.IGNORECASE)
#: Mohammad, a given name (``Kowsher, Md``); the degree is written ``MD``.
_GIVEN_MD = late_pattern(r"Md\.?\Z")
_LAST_JR_FIRST = 3


class AuthorNamesError(ValueError):
    """The names of a list cannot be told apart; the message says why."""


class AuthorList(StrictStruct, frozen=True):
    """The authors of a field.

    Attributes:
        cut: the field says that there are others.
        misread: names whose commas make them a list of names, as they stand in the field but for letters.
    """

    authors: tuple[Author, ...] = ()
    cut: bool = False
    misread: tuple[str, ...] = ()


def parse_authors(
    field: str, to_text: Callable[[str], str], key: str = "", *, from_dblp: bool = False
) -> AuthorList:
    """Return the authors of a field.

    Names are separated by ``and`` as in BibTeX, or by semicolons (EndNote, Citavi). A list with
    commas instead is split where that is the only reading: ``Pia Ost, Ulf Held, Jan Keller``,
    ``Ost, P., Held, U.``. A name wholly in braces is a body's: it has no family name. What stands
    in brackets after a name is the affiliation.

    Args:
        field: as it stands in the file.
        to_text: turns LaTeX into text.
        key: the entry's citation key, which often begins with the first family name.
        from_dblp: DBLP wrote the entry, so four digits after a name are no part of it.

    Raises:
        AuthorNamesError: commas stand where no rule explains them.
    """
    if _is_braced(field) and ";" in field:
        field = field[1:-1]
    number = _DBLP_NUMBER if from_dblp else _PADDED_NUMBER
    field = " ".join(unescape_entities(field).split())
    chunks = [
        number.sub("", compose_name(name.strip(" ,\t\n")))
        for name in _split_outside_brackets(field, _BETWEEN_NAMES)
    ]
    chunks = [chunk for chunk in chunks if chunk]
    bare = [_ENDS_IN_ET_AL.sub("", chunk) for chunk in chunks]
    listed = [chunk for chunk in bare if chunk and not _OTHERS.match(chunk)]
    authors: list[Author] = []
    misread = []
    for index, chunk in enumerate(listed):
        parts = _split_outside_brackets(chunk, _COMMA)
        persons = _persons(parts)
        if index == 0 and _are_two(parts, listed[1:], key, to_text):
            persons = [[part] for part in parts]
        if len(parts) == 1 and _names_between(parts[0]):
            persons = [[name] for name in _names_between(parts[0])]
        if persons != [parts] and len(persons) > 1:
            misread.append(chunk)
        authors += (_author(person, to_text) for person in persons)
    return AuthorList(tuple(a for a in authors if a.name), listed != chunks, tuple(misread))


def _persons(parts: list[str]) -> list[list[str]]:
    """Return the persons that the parts between commas are, each as its own parts.

    Raises:
        AuthorNamesError: the parts are neither one name nor a list.
    """
    if _is_one_name(parts):
        return [parts]
    if all(_word_count(part) > 1 and not _INITIALS.match(part) for part in parts):
        return [[part] for part in parts]
    if len(parts) % 2 == 0 and all(map(_INITIALS.match, parts[1::2])):
        return [parts[start : start + 2] for start in range(0, len(parts), 2)]
    raise AuthorNamesError(f"author “{', '.join(parts)[:60]}”: too many commas")


def _is_one_name(parts: list[str]) -> bool:
    """Tell whether BibTeX's forms fit: ``Last, First`` or ``Last, Jr, First``, in any order."""
    if len(parts) == _LAST_JR_FIRST:
        return any(_is_suffix(part) for part in parts[1:])
    return len(parts) < _LAST_JR_FIRST


def _may_be_two(parts: list[str]) -> bool:
    """Tell whether ``García Márquez, Gabriel José`` could be two persons: each part a whole name."""
    is_pair = len(parts) == 2  # noqa: PLR2004 - two names
    return is_pair and all(
        _word_count(part) > 1
        and not _INITIALS.match(part)
        and all(word[:1].isupper() or not word[:1].isalpha() for word in _SPACE.split(part))
        and not _AFFILIATION.search(part)
        and "{" not in (part[0], part[-1])
        for part in parts
    )


def _names_between(part: str) -> list[str]:
    """Return the whole names between which ``&`` or another language's ``and`` stands, else none."""
    names_between = _split_outside_brackets(part, _OTHER_AND)
    are_whole = all(
        _word_count(name) > 1
        and all(not word[:1].islower() for word in (_SPACE.split(name)[:: _word_count(name) - 1]))
        for name in names_between
    )
    return (
        names_between
        if len(names_between) > 1 and are_whole and not names.is_collaboration(part)
        else []
    )


def _are_two(
    parts: list[str], rest: Sequence[str], key: str, to_text: Callable[[str], str]
) -> bool:
    """Tell whether two names between which a comma stands are two persons.

    They are where the first begins with an initial, or one more name without a comma ends the list
    (``Pia Ost, Ulf Held and Jan Keller``). Where nothing follows, the key decides.

    Raises:
        AuthorNamesError: nothing does.
    """
    may_be_two = _may_be_two(with_own_suffix(parts))
    if not may_be_two or _BEGINS_WITH_INITIAL.match(parts[0]):
        return may_be_two
    if rest:
        is_last = len(rest) == 1 and _word_count(rest[0]) > 1
        return is_last and len(_split_outside_brackets(rest[0], _COMMA)) == 1 and rest[0][0] != "{"
    words = fold_to_words(to_text(parts[0])).split()
    folded_key = fold_to_words(key).replace(" ", "")
    starts = [bool(w) and folded_key.startswith(w) for w in (words[:1] + words[-1:])]
    if len(words) < 2 or starts[0] == starts[-1]:  # noqa: PLR2004 - a family name and a given one
        raise AuthorNamesError(f"author “{', '.join(parts)[:60]}” is one person or two")
    return starts[-1]


def _author(parts: list[str], to_text: Callable[[str], str]) -> Author:
    affiliation = ""
    if match := _AFFILIATION.search(parts[-1]):
        parts = [*parts[:-1], parts[-1][: match.start()].strip()]
        affiliation = "" if _NO_AFFILIATION.match(match[1]) else to_text(match[1])
    if len(parts) == 1 and _is_braced(parts[0]):
        return msgspec.structs.replace(names.body(to_text(parts[0])), affiliation=affiliation)
    *others, last = parts = with_own_suffix(parts)
    suffix = ""
    is_given = _GIVEN_MD.match(last) and (len(others) == 1 or _is_suffix(others[-1]))
    if others and _is_suffix(last) and not is_given:  # King, Martin, Jr. and Martin King, Jr.
        parts, suffix = others, last
    try:
        person = parse_single_name_into_parts(", ".join(parts), strict=True)
    except InvalidNameError as fault:
        name = ", ".join(parts)[:60]
        raise AuthorNamesError(f"author “{name}”: {fault.reason.lower()}") from fault
    full = to_text(f"{person.merge_first_name_first} {suffix}".strip())
    if not (person.first or person.von) or _GROUP_AUTHOR.search(full):
        return Author(full, affiliation=affiliation)
    family = to_text(" ".join((*person.von, *person.last)))
    if len(parts) == 1 and _LAST_INITIALS.match(family) and not _BEGINS_WITH_INITIAL.match(full):
        family = full.removesuffix(family).strip()
    return Author(full, family=family, affiliation=affiliation)


def _is_suffix(part: str) -> bool:
    return names.is_suffix(part.strip("{}")) or bool(_DEGREE.match(part))


def _word_count(part: str) -> int:
    return len(_SPACE.split(part.strip()))


def _split_outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split at what stands in no braces and no round brackets; empty parts fall away."""
    return [part for part in map(str.strip, _pieces(text, separator)) if part]


def _pieces(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    brackets = "{}()" if text.count("(") == text.count(")") else "{}"
    depth = start = 0
    for match in re.finditer(
        rf"(?P<bracket>[{brackets}])|{separator.pattern}", text, separator.flags
    ):
        if match["bracket"]:
            depth = max(0, depth + (1 if match[0] in "{(" else -1))
        elif depth == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


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
