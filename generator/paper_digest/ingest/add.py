"""Single papers by the names people give: lists of names read, and requests for many papers joined."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher, NoSuchRecordError
from paper_digest.ingest.parse import parse_file
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.options import BASE_URL_OPTION
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source

#: What is meant as a file: no DOI and no address ends so.
_FILE_NAME = late_pattern(r"\A(?!10\.|doi:|[a-z]+://).*\.(?:md|txt|csv|tsv|bib|json)\Z")


class NamedRequest(msgspec.Struct, frozen=True):
    """A request for the records of some papers, and the names they were asked for by.

    ``elsewhere``: whom to ask where the source knows no such paper.
    """

    source: Source
    request: Request
    names: tuple[str, ...]
    elsewhere: tuple[Source, Request] | None = None


def base_urls(follow_entries: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return where the services of sources lie, by source, as entries of ``follow:`` say it first."""
    urls: dict[str, str] = {}
    for entry in follow_entries:
        if isinstance(given := entry.get(BASE_URL_OPTION.name), str):
            urls.setdefault(str(entry["source"]), given)
    return urls


def read_names(given: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Yield names of papers; a file of ids, or ``-`` for standard input, gives those it holds.

    A file that cannot be read, or a line of one that names no paper, is added to ``problems``.
    """
    for name in given:
        if name != "-" and not os.path.isfile(name):  # noqa: PTH113 - a name no file can have is no error
            if _FILE_NAME.search(name):
                problems.append(Problem(name, "is not there", cure="correct the file's name"))
            else:
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


def locate_papers(
    names: Iterable[str],
    problems: list[Problem],
    services: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[NamedRequest]:
    """Yield the requests for papers, joined where a source takes several at once.

    Args:
        names: ids and addresses of papers.
        problems: a name that is no paper's is added to it.
        services: where sources' services lie, if not where they usually do; see ``base_urls``.
    """

    def at_service(source: Source, request: Request) -> Request:
        return source.request_at(services.get(source.name, ""), request)

    single: list[NamedRequest] = []
    for name in dict.fromkeys(names):
        try:
            source, request = registry().locate_record(name)
        except SourceError as error:
            problems.append(error.problem)
            continue
        elsewhere = registry().locate_elsewhere(name, source)
        if elsewhere:
            elsewhere = (elsewhere[0], at_service(*elsewhere))
        single.append(NamedRequest(source, at_service(source, request), (name,), elsewhere))
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
                yield NamedRequest(one.source, at_service(one.source, request), names_of_source)


def ingest_located(writer: PaperWriter, located: NamedRequest, fetcher: Fetcher) -> bool:
    """Ask for the papers of a request and write what comes; return whether an answer came.

    A paper that the source does not know is asked for elsewhere, once; one that nobody knows is a
    problem of the writer's report.
    """
    asked = [located.source.asked_title]
    attempts = [(located.source, located.request)]
    attempts += [located.elsewhere] if located.elsewhere else []
    for source, request in attempts:
        asked.append(source.asked_title)
        try:
            ingested = ingest_answer(writer, source, request, fetcher, raise_missing=True)
        except NoSuchRecordError:
            continue
        if ingested and not ingested.batch.papers and not ingested.batch.problems:
            break
        return ingested is not None
    titles = " and ".join(dict.fromkeys(asked))
    titles = titles[:1].upper() + titles[1:] if titles.startswith("the ") else titles
    verb = "know" if " and " in titles else "knows"
    problem = Problem(located.names[0], f"{titles} {verb} no such paper", cure="check the id")
    writer.report.problems.append(problem)
    return False
