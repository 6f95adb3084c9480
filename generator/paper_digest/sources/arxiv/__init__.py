"""arXiv: its announcement feeds, query API, OAI-PMH records, bulk snapshot and daily mail."""

from __future__ import annotations

import io

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.sources import ids
from paper_digest.sources.arxiv import atom, bulk, feed, mail, oai, requests
from paper_digest.sources.arxiv.announcements import ArxivCalendar
from paper_digest.sources.decode import read_xml
from paper_digest.sources.paper_addresses import find_arxiv_id
from paper_digest.sources.source import Locator, Source

_EXPECTED = "expected an Atom, RSS or OAI-PMH answer of arXiv, its metadata as JSON lines, or its daily mail"


def parse(data: bytes, request: Request) -> Batch:
    """Read one answer or file; its content says of which kind it is.

    No date after ``request.as_of`` is believed. Without it the answer's own day is taken, where it has one. An entry that comes twice is kept
    twice, to be merged, and is a problem.

    Raises:
        SourceError: the answer is not arXiv's, or is one of its errors.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _join_batches(data, request)
    if mail.is_mail(data):
        return mail.parse_mail(data, request)
    if ids.is_plain_list(data):
        return ids.parse(data, request)
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
    batches = tuple(bulk.parse_lines(io.BytesIO(data), request))
    return Batch(
        tuple(paper for batch in batches for paper in batch.papers),
        tuple(problem for batch in batches for problem in batch.problems),
    )


def locate(text: str) -> Request | None:
    """Return the request for the paper whose arXiv id stands in ``text``."""
    bare = find_arxiv_id(text)
    return next(requests.id_requests((bare,))) if bare else None


SOURCE = Source(
    name="arxiv",
    title="arXiv",
    files_help="Read arXiv's feeds, API answers, OAI-PMH records, bulk metadata (JSON lines), or its daily mail.",
    parse=parse,
    parse_lines=bulk.parse_lines,
    start=requests.start,
    options=requests.OPTIONS,
    base_url=requests.BASE_URL,
    # Terms of use: https://info.arxiv.org/help/api/tou.html
    rate_limits={"arxiv.org": 3.0},
    rank=10,
    # Publishers know more about where a paper was published.
    rank_by_field={"doi": 55, "journal_ref": 55, "venue": 55},
    dated_by=("updated", "published"),
    # Lists of announcements have neither comments, in which withdrawals stand, nor this date.
    shows_withdrawal_with="updated",
    carries=frozenset(
        {
            "title",
            "authors",
            "abstract",
            "published",
            "updated",
            "announced",
            "categories",
            "comment",
            "doi",
            "journal_ref",
            "licence",
            "withdrawn",
        }
    ),
    calendar=ArxivCalendar(),
    locator=Locator(
        order=20,
        forms="an arXiv id (2511.01234) or address",
        hosts=(
            "arxiv.org",
            "export.arxiv.org",
            "browse.arxiv.org",
            "alphaxiv.org",
            "ar5iv.org",
            "ar5iv.labs.arxiv.org",
        ),
        find=locate,
        join=requests.join_id_requests,
    ),
)
