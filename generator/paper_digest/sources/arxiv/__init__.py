"""arXiv: its announcement feeds, query API, OAI-PMH records and bulk snapshot."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.sources.arxiv import atom, feed, oai, requests
from paper_digest.sources.arxiv.bulk import parse_lines
from paper_digest.sources.decode import read_xml

__all__ = ["NAME", "parse", "parse_lines", "start"]

NAME = "arxiv"

_EXPECTED = "expected an Atom, RSS or OAI-PMH answer of arXiv, or its metadata as JSON lines"


def start(opts: Mapping[str, object], since: date, until: date) -> tuple[Request, ...]:
    """Ask for what one ``follow:`` entry names, at least one of these.

    Options, each a text or a list of texts:
        categories: their announcement feed; with several days to fill, a search over them too,
            because a feed holds one day.
        search: a query as the API's manual has it, on the days to fill.
        ids: papers by id, on whichever days.
        oai: sets to harvest by day of change; ``oai_format`` (``arXivRaw``, the default, has all
            versions; ``arXiv`` has family names; ``oai_dc``) and ``oai_url`` go with it.

    Raises:
        ConfigError: an unknown option or value.
    """
    return requests.start(opts, since, until)


def parse(data: bytes, request: Request) -> Batch:
    """Read one answer or file; its kind is told by its content.

    ``request.as_of`` may hold the ISO day the answer was fetched: nothing later is believed.
    Without it the answer's own day is taken, where it has one. An entry that comes twice is kept
    twice, to be merged, and is a problem.

    Raises:
        SourceError: the answer is not arXiv's, or is one of its errors.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _join_batches(data, request)
    root, problems = read_xml(data, request.url, _EXPECTED)
    name = root.tag.rpartition("}")[2]
    if name == "OAI-PMH":
        batch = oai.parse_oai(root, request)
    elif name in {"rss", "feed"} and feed.is_announcement_feed(root):
        batch = feed.parse_feed(root, request)
    elif name == "feed" and atom.is_query_answer(root):
        batch = atom.parse_query_answer(root, request)
    else:
        what = f"is XML with the root {name[:40]}, and not arXiv's; {_EXPECTED}"
        raise SourceError(request.url, what, "check the address or the file")
    return Batch(batch.papers, problems + batch.problems, batch.next_requests)


def _join_batches(data: bytes, request: Request) -> Batch:
    batches = tuple(parse_lines(io.BytesIO(data), request))
    return Batch(
        tuple(paper for batch in batches for paper in batch.papers),
        tuple(problem for batch in batches for problem in batch.problems),
    )
