"""Reads what was typed: words, "phrases", -not, NEAR, fields such as author: and title:, ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.query import Query, Unit
from paper_digest.search.ranking import RANKING
from paper_digest.search.tokenizer import FILLERS, STOP_WORDS, index_words, is_initial, tokens

_MAX_LETTERS = RANKING.limits.query_letters
_MAX_UNITS = RANKING.limits.query_words
_IDLE = STOP_WORDS | FILLERS
_FIELD_GAP = RANKING.words.field_gap

#: What JavaScript's ``\s`` and ``trim`` take for space, which is not what Python's take.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_SPACES = late_pattern(f"^[{_SPACE}]+|[{_SPACE}]+$")
#: One part of a query: a minus or "", a field or "", and a word or a phrase in quotation marks.
QUERY_PART = late_pattern(
    rf'[{_SPACE}]*(-?)(?:(author|title|topic|source|year|code|has):)?("[^"]*"?|[^{_SPACE}]+)',
    re.IGNORECASE | re.ASCII,
)
OPEN_END = "9999"  # of a span of years that goes on
_YEARS = late_pattern(r"([0-9]{4})?(\.\.)?([0-9]{4})?")
#: A year typed as a word: it may also be a number of the paper that is sought.
_YEAR_WORD = late_pattern(r"19[5-9][0-9]|20[0-4][0-9]")
_ACRONYM = late_pattern(r"[A-Z]{2,}")
_NEAR = "NEAR"  # between two parts of a query: papers where they are neighbours come earlier
_NO = late_pattern(r"no|0|false", re.IGNORECASE | re.ASCII)
_COMPOUND_JOINTS = late_pattern(r"[-_^.]")
#: Addresses before an id, and what else is pasted with one: a version, a category, a place in the page.
_BEFORE_ID = "|".join(
    (
        rf"arxiv:[{_SPACE}]*",
        r"(?:(?:www\.|export\.)?arxiv|(?:www\.)?alphaxiv)\.org/(?:abs|pdf|html|format|overview)/",
        r"huggingface\.co/papers/",
        rf"(?:(?:dx\.)?doi\.org/|doi:[{_SPACE}]*)?10\.48550/arxiv\.",
    )
)
_AFTER_ID = rf"(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#][^{_SPACE}]*|[{_SPACE}]*\[[\w.-]+\])?"
_ARXIV_ID = late_pattern(
    rf"(?:https?://)?(?:{_BEFORE_ID})?"
    rf"([0-9]{{4}}\.[0-9]{{3,5}}|[a-z-]+(?:\.[a-z]{{2}})?/[0-9]{{5,7}}){_AFTER_ID}",
    re.IGNORECASE | re.ASCII,
)
_DOI = late_pattern(
    rf"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:[{_SPACE}]*)?(10\.[0-9]{{4,9}}/[^{_SPACE}]+)",
    re.IGNORECASE | re.ASCII,
)


class _Part(NamedTuple):
    """What stands between two spaces, or in quotation marks, with the field that it is asked of."""

    is_excluded: bool
    field: str
    value: str
    is_first_author: bool = False
    is_near: bool = False

    @property
    def is_quoted(self) -> bool:
        return self.value.startswith('"')

    @property
    def bare(self) -> str:
        return self.value.replace('"', "") if self.is_quoted else self.value


def parse_query(typed: str) -> Query:
    """Read a query; whatever is typed is one, at worst one that asks for nothing."""
    text = typed[:_MAX_LETTERS]
    if paper_id := _paper_id(text):
        return Query(text, paper_id)
    query, position = Query(text), 0
    units: list[Unit] = []
    excluded: list[tuple[Unit, ...]] = []
    for part in _parts_of(text):
        if filtered := _add_filter(query, part):
            query = filtered
            continue
        group = _part_units(part, position)
        if part.is_excluded and (part.field or _may_be_excluded(part.value)):
            excluded.append(_left_out(group))
        else:
            units += group
        position = group[-1].end if group else position
        position += _FIELD_GAP if part.is_quoted or part.field else 0
    units = [unit for unit in units if not unit.is_stop] or units
    units = units[:_MAX_UNITS]
    years = [unit.raw for unit in units if unit.is_hint]
    if len(years) == len(units):
        units, years = [unit._replace(is_hint=False) for unit in units], []
    if units and units[-1].end == position and _ends_in_word(text):
        units[-1] = units[-1]._replace(is_prefix=True)
    return query._replace(
        units=tuple(units),
        excluded=tuple(excluded[:_MAX_UNITS]),
        hinted_year=years[0] if years else "",
    )


def _left_out(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return what a paper must have to be left out.

    Stop words are indexed in titles alone, so a row of words goes without them; where they leave
    a single word, that would leave out too much.
    """
    content = [unit for unit in units if not unit.is_stop]
    wanted = content if len(content) > 1 else units
    return tuple(unit._replace(is_literal=True) for unit in wanted[:_MAX_UNITS])


def _parts_of(text: str) -> Iterator[_Part]:
    """Give the parts of a query; ``et al.`` makes what stands before it the first author."""
    parts = [
        _Part(bool(minus), field.lower(), value) for minus, field, value in QUERY_PART.findall(text)
    ]
    place, is_near = 0, False
    while place < len(parts):
        part = parts[place]._replace(is_near=is_near)
        following = [one.value.lower().rstrip(".,;") for one in parts[place + 1 : place + 3]]
        is_author = following == ["et", "al"] and not part.field and not part.is_quoted
        is_near = part[:3] == (False, "", _NEAR) and 0 < place < len(parts) - 1 and not is_author
        if is_author:
            yield part._replace(field="author", is_first_author=True)
            place += 2
        elif not is_near:
            yield part
        place += 1


def _part_units(part: _Part, position: int) -> list[Unit]:
    """Read the units of a part that is no filter; its first word stands at ``position``."""
    group = _units(part.bare, position, is_phrase=part.is_quoted, is_author=part.field == "author")
    is_acronym = not part.field and bool(_ACRONYM.fullmatch(part.bare))
    return [
        unit._replace(
            is_acronym=is_acronym,
            is_first_author=part.is_first_author,
            is_title=part.field == "title",
            is_near=part.is_near and not place,
        )
        for place, unit in enumerate(group)
    ]


def _paper_id(text: str) -> str:
    trimmed = _SPACES.sub("", text)
    match = _ARXIV_ID.fullmatch(trimmed) or _DOI.fullmatch(trimmed)
    return match[1].lower() if match else ""


def _add_filter(query: Query, part: _Part) -> Query | None:
    """Narrow the query by a part that is a filter, or by its opposite; None where it is none."""
    is_no = part.field == "code" and bool(_NO.fullmatch(part.bare))
    if part.is_excluded == is_no:
        return _filtered(query, part.field, part.bare)
    opposite = _filtered(Query(""), part.field, part.bare)
    return opposite and query._replace(without=(*query.without, opposite))


def _filtered(query: Query, field: str, value: str) -> Query | None:
    if field == "topic":
        return query._replace(topics=(*query.topics, value.lower()))
    if field == "source":
        return query._replace(sources=(*query.sources, value.lower()))
    if field == "code" or (field == "has" and value.lower() == "code"):
        return query._replace(needs_code=True)
    if field == "year" and (match := _YEARS.fullmatch(value)) and (match[1] or match[3]):
        first = match[1] or ""
        last = (match[3] or OPEN_END) if match[2] else first
        return query._replace(years=(min(first, last), max(first, last)))
    return None


def _units(text: str, start: int, *, is_phrase: bool, is_author: bool) -> list[Unit]:
    units: list[Unit] = []
    for token in tokens(text):
        position_count, parts = index_words(token)
        words = tuple(word.text for word in parts[:position_count])
        joined = parts[position_count].text if len(parts) > position_count else ""
        raw = _COMPOUND_JOINTS.split(token)[-1] if joined else token
        groups = [words] if joined else [(word,) for word in words]
        for group in groups:
            at = units[-1].end if units else start
            units.append(
                Unit(
                    group,
                    raw if joined or position_count == 1 else group[0],
                    at,
                    at + len(group),
                    joined,
                    is_signed=bool(joined) and token[-1] in "+#",
                    is_stop=not is_author
                    and (STOP_WORDS if is_phrase else _IDLE).issuperset(group),
                    follows=(is_phrase or is_author) and bool(units),
                    is_quoted=is_phrase or is_author,
                    is_author=is_author,
                    is_initial=is_author and is_initial(token),
                    is_hint=not is_phrase and not is_author and bool(_YEAR_WORD.fullmatch(token)),
                )
            )
    if all(unit.is_initial for unit in units):
        return [unit._replace(is_initial=False) for unit in units]
    return units


def _may_be_excluded(value: str) -> bool:
    """Tell a word or phrase to leave out from a formula, before which a minus stands in titles too."""
    if value.startswith('"'):
        return True
    word = value[:-1] if value[-1] in ",;" else value
    word = word.removesuffix("++") if word.endswith("++") else word.removesuffix("#")
    return (
        bool(word)
        and _kind(word[0]) in "LN"
        and all(_kind(letter) in "LNM" or letter in "'\u2019._-" for letter in word)
    )


def _ends_in_word(text: str) -> bool:
    return text[-1] in "+#" or _kind(text[-1]) in "LN"


def _kind(letter: str) -> str:
    """Return the first letter of the general category: L letter, N number, M mark and so on."""
    return unicodedata.category(letter)[0]
