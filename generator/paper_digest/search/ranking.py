"""The numbers that rank papers, read from ``ranking.json``, which the browser's engine reads too.

``README.md`` beside this file says what each of them does to a query.
"""

from __future__ import annotations

from importlib.resources import files

import msgspec


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A part of the table; every number must be there and no other."""


class Impact(_Table, frozen=True):
    """How the occurrences of a word in a paper become one of a few levels (BM25's saturation).

    ``typical_words`` is the length of a text that counts neither as long nor as short.
    """

    saturation: float
    length_share: float
    typical_words: int
    lowest: float
    range: float
    levels: int


class Fields(_Table, frozen=True):
    """What a word adds for standing in the title or among the authors."""

    title: float
    few_authors: float
    many_authors: float
    acronym_as_name: float
    max_few_authors: int


class Bonus(_Table, frozen=True):
    """What is added to a paper for how the words of the query stand in it."""

    all_in_title: float
    adjacent: float
    max_gap_words: int
    literal_title_word: float
    title_row: float
    title_opening: float
    first_author: float
    exact_name: float
    year_hint: float
    near: float


class Alternatives(_Table, frozen=True):
    """What a word counts that was not typed; ``edits[n]`` is for a spelling ``n`` edits away."""

    completion: float
    completion_of_word: float
    split_compound: float
    joined_pair: float
    common_spelling: float
    edits: tuple[float, float, float, float]


class Limits(_Table, frozen=True):
    """How far a query is read, and how many other words are tried for one of its words."""

    query_letters: int
    query_words: int
    completions: int
    completion_ranges: int
    corrections: int
    spelling_ranges: int
    rare_papers: int
    common_factor: int
    common_spelling_letters: int
    one_edit_letters: int
    two_edits_letters: int
    hits: int
    enough_hits: int
    incomplete_hits: int


class Words(_Table, frozen=True):
    """How text is cut into words; ``field_gap`` is how far apart a query's fields are numbered."""

    max_letters: int
    max_joined_parts: int
    field_gap: int
    stop_words: str
    fillers: str
    other_spellings: str


class Payload(_Table, frozen=True):
    """The bits of the byte that the index holds for a word in a paper."""

    position_bits: int
    title_bit: int
    impact_shift: int
    text_start: int


class Ranking(_Table, frozen=True):
    """The whole table."""

    impact: Impact
    fields: Fields
    bonus: Bonus
    alternatives: Alternatives
    limits: Limits
    words: Words
    payload: Payload


RANKING_FILE = "ranking.json"
RANKING = msgspec.json.decode(
    files("paper_digest.search").joinpath(RANKING_FILE).read_bytes(), type=Ranking
)
