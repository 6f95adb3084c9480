"""Single papers by the names people give: lists of names read, and requests for many papers joined."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from paper_digest.ingest.parse import parse_file
from paper_digest.model.batch import Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source


class NamedRequest(msgspec.Struct, frozen=True):
    """A request for the records of some papers, and the names they were asked for by."""

    source: Source
    request: Request
    names: tuple[str, ...]


def read_names(given: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Yield names of papers; a file of ids, or ``-`` for standard input, gives those it holds.

    A file that cannot be read, or a line of one that names no paper, is added to ``problems``.
    """
    for name in given:
        if name != "-" and not Path(name).is_file():
            yield name
            continue
        try:
            if name == "-":
                batches = list(
                    parse_file(registry().by_name["ids"], "standard input", sys.stdin.buffer)
                )
            else:
                with Path(name).open("rb") as stream:
                    batches = list(parse_file(registry().by_name["ids"], name, stream))
        except SourceError as error:
            problems.append(error.problem)
            continue
        for batch in batches:
            problems += batch.problems
            yield from batch.paper_names


def locate_papers(names: Iterable[str], problems: list[Problem]) -> Iterator[NamedRequest]:
    """Yield the requests for papers, joined where a source takes several at once.

    A name that is no paper's is added to ``problems``.
    """
    single: list[NamedRequest] = []
    for name in dict.fromkeys(names):
        try:
            source, request = registry().locate_record(name)
        except SourceError as error:
            problems.append(error.problem)
            continue
        single.append(NamedRequest(source, request, (name,)))
    joined: set[str] = set()
    for one in single:
        join = one.source.locator.join if one.source.locator else None
        if join is None:
            yield one
        elif one.source.name not in joined:
            joined.add(one.source.name)
            of_source = [each for each in single if each.source.name == one.source.name]
            names_of_source = tuple(name for each in of_source for name in each.names)
            for request in join([each.request for each in of_source]):
                yield NamedRequest(one.source, request, names_of_source)
