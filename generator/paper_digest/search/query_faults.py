"""Says what is wrong with a query that a person has written down to be asked again and again.

In the search box anything typed is a query, at worst one that finds nothing; a monitor that finds nothing
because of a slip would be silent for ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.filters import has_filters
from paper_digest.search.query_parser import parse_query
from paper_digest.search.tokenizer import tokens
from paper_digest.text.suggestion import suggestion

_FIELDS = ("author", "title", "topic", "source", "year", "code", "has")
#: What the search takes for no, and what says yes; it takes all else for yes too, ``code:none`` among that.
_YES_OR_NO = late_pattern(r"yes|1|true|no|0|false", re.IGNORECASE | re.ASCII)
_PHRASE = late_pattern(r'"[^"]*"')
_FIELD = late_pattern(r'(?:^|(?<=\s))-?([A-Za-z]+):(?!//)("[^"]*"|\S*)')


def query_faults(
    query: str, topic_titles: Mapping[str, str], sources: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a query, and the cure.

    Args:
        query: in the language of the search box.
        topic_titles: titles of the topics by name.
        sources: names of the sources that papers may come from.
    """
    parsed = parse_query(query)
    if parsed.paper_id:
        yield f"names one paper: {parsed.paper_id}", "ask for words, authors or topics"
        return
    if query.count('"') % 2:
        yield "has a quotation mark without an end", 'write "these words"'
    if all(unit.is_stop for unit in parsed.units) and not has_filters(parsed):
        yield "asks for nothing that a paper could have", "add a word that says what it is about"
    plain_titles = {tuple(tokens(title)) for title in topic_titles.values()}
    filters = (parsed, *parsed.without)
    for topic in (topic for one in filters for topic in one.topics):
        if topic not in topic_titles and tuple(tokens(topic)) not in plain_titles:
            yield f"asks for a topic that is none: {topic}", suggestion(topic, topic_titles)
    for source in (source for one in filters for source in one.sources):
        if source not in sources:
            yield f"asks for a source that is none: {source}", suggestion(source, sources)
    yield from _field_faults(query)


def _field_faults(query: str) -> Iterator[tuple[str, str]]:
    """Name fields that are none, that have no value, and years that are none."""
    phrases = [phrase.span() for phrase in _PHRASE.finditer(query)]
    for match in _FIELD.finditer(query):
        if any(start < match.start(1) < end for start, end in phrases):
            continue
        field, value = match[1].lower(), match[2].strip('"')
        if field not in _FIELDS and not _is_field(field):
            yield f"asks for a field that is none: {field}", suggestion(field, _FIELDS)
        elif not value:
            yield f"has {field}: without a value", f"write {field}: and the value without a space"
        elif field == "has" and value.lower() != "code":
            yield f"asks for what papers cannot be asked to have: {value}", "write has:code"
        elif field == "code" and not _YES_OR_NO.fullmatch(value):
            yield f"has code: with neither yes nor no: {value}", "write code:yes or code:no"
        elif field == "year" and parse_query(f"year:{value}").years is None:
            yield f"asks for a year that is none: {value}", "write year:2024 or year:2024..2025"


def _is_field(name: str) -> bool:
    """Tell whether the search knows a field by this name: then the name is no word of the query."""
    return all(name not in unit.words for unit in parse_query(f"{name}:zzzz zzzz").units)
