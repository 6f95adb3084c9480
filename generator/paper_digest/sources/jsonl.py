"""Our own dump: one paper a line, as JSON, all it is known by included; archives merge by it.

Unlike other sources' papers these keep their claims, because the dump says who said what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from paper_digest.identity.paper_checks import (
    DATE_CHECKS,
    check_claims,
    check_counts,
    is_day,
)
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.ids import is_paper_id
from paper_digest.model.paper import CLAIMED_FIELDS, LINK_KINDS, NOTICE_KINDS, Paper
from paper_digest.sources.options import SourceOption
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.text import fields

#: Lines to a batch: enough to be quick, few enough to be small.
MAX_BATCH_ENTRIES = 500

_DECODER = msgspec.json.Decoder(Paper)
_CURE = "write the dump again with the same version of this program"


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses under ``urls``: dumps of other archives, read whole each time."""
    return map(Request, query.values("urls"))


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole dump.

    Raises:
        SourceError: this is no dump at all.
    """
    batches = list(parse_lines(data.splitlines(), request))
    return Batch(
        tuple(chain.from_iterable(batch.papers for batch in batches)),
        tuple(chain.from_iterable(batch.problems for batch in batches)),
    )


def parse_lines(lines: Iterable[bytes], request: Request) -> Iterator[Batch]:
    """Read a dump line by line, in batches; only one batch is in memory at a time.

    Raises:
        SourceError: the first line is of no dump (a web page, a JSON list, packed data), or
            there is none.
    """
    where = request.url
    papers: list[Paper] = []
    problems: list[Problem] = []
    first = True
    for number, raw in enumerate(lines, 1):
        text = raw.removeprefix(b"\xef\xbb\xbf").strip() if first else raw.strip()
        if not text:
            continue
        if first and not text.startswith(b"{"):
            what = "JSON objects, one a line, were expected"
            raise SourceError(where, what, "unpack the file, and see that it is a dump")
        first = False
        try:
            papers.append(_validated(_DECODER.decode(text)))
        except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
            problems.append(
                Problem(where, f"no paper of ours: {fields.one_line(str(fault))}", number, _CURE)
            )
        if len(papers) + len(problems) >= MAX_BATCH_ENTRIES:
            yield Batch(tuple(papers), tuple(problems))
            papers, problems = [], []
    if first:
        raise SourceError(where, "the dump is empty", _CURE)
    if papers or problems:
        yield Batch(tuple(papers), tuple(problems))


def _validated(paper: Paper) -> Paper:
    """Return a paper whose id, dates, claims and links are what they say they are, its title on one line.

    Raises:
        ValueError: one is not; it would become a file name, a date or an address here.
    """
    for paper_id in (paper.id, *paper.aliases, *paper.disputed_ids, *paper.same_as):
        if not _is_id(paper_id):
            raise ValueError(f"{paper_id!r} is no id")
    for name, is_date in DATE_CHECKS.items():
        text = getattr(paper, name)
        if text and not is_date(text):
            raise ValueError(f"{name}: {text!r} is no date")
    check_claims(paper)
    check_counts(paper)
    days = [day for s in paper.sightings for day in (s.seen, s.as_of, *(d for d, _ in s.earlier))]
    days += [version.date for version in paper.versions]
    days += [link.as_of for link in paper.links]
    days += [notice.date for notice in paper.notices]
    days += [claim.at for claim in paper.claims]
    days += [paper.digest.at] if paper.digest else []
    for text in days:
        if text and not is_day(text):
            raise ValueError(f"{text!r} is no day")
    _check_addresses(paper)
    return msgspec.structs.replace(paper, title=fields.one_line(paper.title))


def _check_addresses(paper: Paper) -> None:
    for link in paper.links:
        if link.kind not in LINK_KINDS or fields.valid_url(link.url) != link.url:
            raise ValueError(f"{link.url!r} is no link of kind {link.kind!r}")
    for notice in paper.notices:
        if notice.kind not in NOTICE_KINDS or fields.valid_url(notice.url) != notice.url:
            raise ValueError(f"{notice.url!r} is no notice of kind {notice.kind!r}")


def _is_id(text: str) -> bool:
    kind, _, bare = text.partition(":")
    match kind:
        case "doi":
            return fields.parse_doi(bare) == bare != ""
        case "acl":
            return fields.parse_acl_id(bare) == bare != ""
        case "openreview":
            return (
                fields.parse_openreview_id(f"https://openreview.net/forum?id={bare}") == bare != ""
            )
        case _:
            return is_paper_id(text)


SOURCE = Source(
    name="jsonl",
    title="A dump",
    phrase="a dump of another archive",
    files_help="Read the dump of a paper-digest archive (api/papers.jsonl.gz) as if its papers had always been here.",
    parse=parse,
    parse_lines=parse_lines,
    start=start,
    options=(
        SourceOption(
            "urls",
            "addresses of dumps",
            "['https://papers.example.org/api/papers.jsonl.gz']",
            kind="urls",
        ),
    ),
    carries=frozenset(CLAIMED_FIELDS),
    keeps_claims=True,
)
