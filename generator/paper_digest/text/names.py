"""Authors' names: one name in its parts, and several of them in a line.

A name has a given name, a particle, a family name and a suffix. A source that splits names
(``Author.family``) is believed. For the others these rules hold, and what they do not cover stays
whole:

* a name that a source calls a body's (its family name is the whole: ``body``) stays whole;
* a body (collaboration, team, consortium, ..., and ``Kites, Inc.``), a single word, and a name with more than one
  comma stay whole;
* ``Family, Given`` is read as written; ``Given Family, Jr.`` has a suffix;
* a name in Chinese characters or Hangul stays whole, because nothing shows its order; where a source gives the
  family name it is written in its own order (``in_order_of_script``);
* ``Jr.``, ``Sr.``, ``II``, ``III``, ``IV`` at the end are a suffix;
* the family name begins at the first lower-case particle (``van der``, ``de la``) after the first
  word, as in BibTeX; without one it is the last word.

So a Spanish double family name without particle, a family name that stands first (``Wang Wei``),
and a capital particle (``Vincent Van Gogh``) are split in the wrong place: nothing in the name
tells. Only a source that splits names mends that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.text.language.active import ngettext
from paper_digest.text.language.formats import list_separator
from paper_digest.text.tex import convert as latex

_COLLABORATION = late_pattern(
    r"\Aon behalf of\s|\b(?:collaborations?|consortium|consortia|group|team|project|"
    r"initiative|network|committee|foundation|institute|university|labs?|laborator(?:y|ies)|"
    r"society|association|members|authors|contributors|collaborators|investigators|trialists)\Z",
    re.IGNORECASE,
)
#: What follows the name of a firm, behind a comma.
_FIRM = late_pattern(
    r"(?:inc|incorporated|ltd|limited|l\.?l\.?c|l\.?l\.?p|gmbh|corp|corporation|plc|s\.?p\.?a|s\.?r\.?l|pty ltd|co\.? ltd|b\.v|n\.v|s\.a)\.?\Z",
    re.IGNORECASE,
)
_SUFFIX = late_pattern(r"(?:jr|sr)\.?\Z|(?-i:I{2,3}|IV)\Z", re.IGNORECASE)
_PARTICLES = frozenset({
    "af", "al", "aus", "av", "aw", "bin", "ben", "d'", "da", "das", "de", "degli", "dei", "del",
    "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "i", "ibn", "la", "las",
    "le", "les", "lo", "los", "ter", "ten", "te", "'t", "tot", "und", "van", "vanden", "vander",
    "vom", "von", "y", "zu", "zum", "zur",
})  # fmt: skip
#: Scripts whose names are written family name first, without a sign that says so.
_FAMILY_FIRST_SCRIPTS = late_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
#: A family name in Chinese characters or Hangul, and what follows one; Kana alone write names from elsewhere.
_FAMILY_FIRST = late_pattern(
    "[\u3005\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_GIVEN_SECOND = late_pattern(
    "[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)


class Name(NamedTuple):
    """A name in parts; one that cannot be split is all ``literal``, its other parts empty."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def surname(self) -> str:
        """The part a citation key and a short citation use."""
        return self.family or self.literal


def split_name(author: Author) -> Name | None:
    """Split an author's name; ``None`` where no visible character is left of it."""
    return _split(author.name, author.family)


def printed_name(name: Name) -> str:
    """Write a name in one piece, as its script has it: ``Ada Lovelace``, ``王小明``."""
    family, given = name.family, name.given
    if not name.particle and _FAMILY_FIRST.match(family) and _GIVEN_SECOND.match(given):
        given, family = "", f"{family}{given}"
    parts = (given, name.particle, family, name.suffix)
    return name.literal or " ".join(part for part in parts if part)


def body(name: str) -> Author:
    """Return an author whom a source calls a body, and no person.

    The family name of one whose name the rules would split is the whole: ``World Health Organization``.
    """
    split = _split(name, "")
    return Author(name, family=name if split and split.family else "")


def whole_name(given: str, family: str, suffix: str = "") -> str:
    """Write a name as it is printed, given names first.

    A suffix that stands behind the given names, where a format has no field for it, goes to the end:
    ``Martin Luther, Jr.`` and ``King`` are ``Martin Luther King Jr.``
    """
    words = given.split()
    if family and not suffix and len(words) > 1 and is_suffix(words[-1]):
        given, suffix = " ".join(words[:-1]).rstrip(" ,"), words[-1]
    return " ".join(part for part in (given, family, suffix) if part)


def is_body(author: Author) -> bool:
    """Tell whether an author is a body, by its source's word or by its name."""
    return (author.family == author.name != "") or is_collaboration(author.name)


def in_order_of_script(author: Author) -> Author:
    """Write a Chinese, Japanese or Korean name in its own order: ``小明 王`` with the family ``王`` is ``王小明``.

    Readers of files that separate the two put the given name first, which is right in other scripts.
    """
    given = author.name.removesuffix(f" {author.family}")
    if (
        author.name.isascii()
        or given == author.name
        or not _FAMILY_FIRST.fullmatch(author.family)
        or not _GIVEN_SECOND.fullmatch(given)
    ):
        return author
    return msgspec.structs.replace(author, name=f"{author.family}{given}")


def is_collaboration(name: str) -> bool:
    """Tell whether a plain name is a collaboration's or the like, not a person's."""
    _, comma, behind = name.rpartition(", ")
    return bool(_COLLABORATION.search(name) or (comma and _FIRM.match(behind)))


def is_suffix(word: str) -> bool:
    """Tell whether the last word of a name is a suffix: ``Jr.``, ``sr``, ``III``.

    A numeral counts in capitals only: ``Li`` and ``Vi`` are family names.
    """
    return bool(_SUFFIX.match(word))


def last_family_name(author: Author) -> str:
    """Return the family name its source gave, else the last word of the name, else "".

    Simpler than ``split_name`` on purpose: records are compared by it, and a rule that reads more
    into a printed name could read two printings of it differently.
    """
    family = "" if author.family == author.name else author.family
    return family or next(reversed(author.name.split()), "")


def list_authors(names: Sequence[str], count: int, max_shown: int) -> str:
    """Write the first names and how many more there are: ``A, B and 3 more``.

    Args:
        names: plain text, all or the first ones. Where none is known, ``count`` is written: ``13 authors``.
        count: the number of authors, those who are not in ``names`` included; 0 where it is unknown.
        max_shown: names written before the rest is counted.
    """
    if not names:
        return count_authors(count)
    shown = names[: shown_count(len(names), max_shown)]
    rest = max(count, len(names)) - len(shown)
    names_shown = list_separator().join(shown)
    if not rest:
        return names_shown
    return ngettext("{names} and {n} more", "{names} and {n} more", rest, names=names_shown)


def shown_count(count: int, max_shown: int) -> int:
    """Return how many of ``count`` names to write: one more than ``max_shown`` is not cut.

    "and 1 more" takes the place of the name it leaves out.
    """
    return count if count <= max_shown + 1 else max_shown


def count_authors(count: int) -> str:
    """Write a number of authors: ``13 authors``; "" for 0."""
    return ngettext("{n} author", "{n} authors", count) if count else ""


@lru_cache(maxsize=4096)
def _split(name: str, family: str) -> Name | None:
    is_whole = family == name
    whole, family = latex.to_unicode(name).strip(" ,;"), latex.to_unicode(family)
    if not whole:
        return None
    if is_whole:
        return Name(literal=whole)
    return _split_at_family(whole, family) if family else _split_by_rules(whole)


def _split_at_family(whole: str, family: str) -> Name:
    """Split around a family name that a source gave; what stands behind it is a suffix."""
    rest = whole.removeprefix(family)
    if rest and rest != whole and _FAMILY_FIRST.fullmatch(family) and _GIVEN_SECOND.fullmatch(rest):
        return Name(family=family, given=rest)
    words, inner = whole.split(" "), family.split(" ")
    size = len(inner)
    for start in range(len(words) - size, -1, -1):
        if [w.rstrip(",") for w in words[start : start + size]] == inner:
            given, behind = words[:start], " ".join(words[start + size :])
            if not behind or is_suffix(behind):
                return _split_off_particles(inner, " ".join(given), behind)
            if not given:  # written family name first
                return _split_off_particles(inner, behind, "")
    return Name(literal=whole)


def _split_by_rules(whole: str) -> Name:
    before, comma, behind = (part.strip() for part in whole.partition(","))
    if is_collaboration(whole) or "," in behind or (comma and not (before and behind)):
        return Name(literal=whole)
    if comma and not is_suffix(behind):
        return _split_off_particles(before.split(" "), behind, "")
    words = before.split(" ") if comma else whole.split(" ")
    suffix = behind
    if not suffix and len(words) > 2 and is_suffix(words[-1]):  # noqa: PLR2004 - two names and a suffix
        suffix = words.pop()
    if len(words) == 1 or _FAMILY_FIRST_SCRIPTS.search(whole):
        return Name(literal=whole)
    starts = (n for n in range(1, len(words) - 1) if words[n] in _PARTICLES)
    start = next(starts, len(words) - 1)
    return _split_off_particles(words[start:], " ".join(words[:start]), suffix)


def _split_off_particles(family: list[str], given: str, suffix: str) -> Name:
    """Take the lower-case particles off the front of a family name; its last word always stays."""
    size = 0
    while size < len(family) - 1 and family[size] in _PARTICLES:
        size += 1
    return Name(" ".join(family[size:]), given, " ".join(family[:size]), suffix)
