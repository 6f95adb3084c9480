"""What a query asks for, once it was read: units and filters."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """One word, or a compound, that a paper must (or must not) have.

    Attributes:
        words: its parts, in order.
        raw: its last part as it was typed.
        start: the position of its first word in the query, in words.
        end: the position after its last word.
        joined: the form of a compound that is written as one word, or "".
        is_signed: it ends in ``++`` or ``#``.
        is_stop: it consists of words too common to ask for.
        follows: it must stand right after the unit before it.
        is_quoted: it stands in quotation marks or in a field, so no other spelling is tried.
        is_author: it must be an author's name, all those in a row of the same author.
        is_initial: it is one letter beside other words of an author, and stands for any that begins so.
        is_first_author: the name should be that of the first author (``Dubey et al.``).
        is_hint: it is a bare year: papers of that year, or with it, come earlier, none is left out.
        is_acronym: it was typed in capitals, so that it is hardly a name.
        is_title: it must stand in the title.
        is_near: papers where it stands right before or after the unit before it come earlier.
        is_prefix: it may be half typed.
        is_literal: no other word stands for one that the index lacks: it is left out of the answer, or
            another index of the archive has it.
    """

    words: tuple[str, ...]
    raw: str
    start: int
    end: int
    joined: str = ""
    is_signed: bool = False
    is_stop: bool = False
    follows: bool = False
    is_quoted: bool = False
    is_author: bool = False
    is_initial: bool = False
    is_first_author: bool = False
    is_hint: bool = False
    is_acronym: bool = False
    is_title: bool = False
    is_near: bool = False
    is_prefix: bool = False
    is_literal: bool = False


class Query(NamedTuple):
    """A query as it was read.

    Attributes:
        text: what was typed, at most 2,000 letters of it.
        paper_id: the id that the whole query is, or "".
        units: what the papers must have.
        excluded: groups of units; a paper that has all of a group is left out.
        without: queries of one filter each; a paper that meets one is left out.
        topics: names or titles of topics in small letters; a paper must be in each.
        sources: names of sources in small letters; a paper must be in each.
        needs_code: only papers with code.
        years: the first and the last year as four digits ("" for the beginning), or None.
        hinted_year: the year that was typed as a word, or "".
    """

    text: str
    paper_id: str = ""
    units: tuple[Unit, ...] = ()
    excluded: tuple[tuple[Unit, ...], ...] = ()
    without: tuple[Query, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    needs_code: bool = False
    years: tuple[str, str] | None = None
    hinted_year: str = ""
