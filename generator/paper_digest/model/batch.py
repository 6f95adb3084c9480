"""What passes between the ingest and a source: addresses to read, and what was read from one."""

from __future__ import annotations

from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct


class Request(StrictStruct, frozen=True):
    """An address a source wants read, or a file.

    ``as_of`` is the ISO day its bytes speak for: the day an answer was fetched or a file was saved;
    "" where nobody knows it. ``since`` and ``until`` are the ISO days, inclusive, whose papers an answer
    holds; "" where it is of no days, or goes on with another answer.
    """

    url: str
    as_of: str = ""
    since: str = ""
    until: str = ""


class Batch(StrictStruct, frozen=True):
    """What ``parse()`` made of one answer: papers, problems, and the addresses to go on with.

    ``paper_names`` are ids and addresses of papers of which a list says nothing else: their records
    are to be asked of the sources that know them.
    """

    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()
    next_requests: tuple[Request, ...] = ()
    paper_names: tuple[str, ...] = ()
