"""bioRxiv's and medRxiv's preprints of some days, from the API that both servers share.

Form: https://api.biorxiv.org (``/details/SERVER/FIRST/LAST/CURSOR/json``): one entry for each version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Paper, Sighting, Version
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.options import SourceOption
from paper_digest.sources.reference_names import plain_name
from paper_digest.sources.relations import same_paper_ids
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.sources.titles import split_withdrawal
from paper_digest.text import fields
from paper_digest.text.dates import iso_day
from paper_digest.text.entities import plain_text
from paper_digest.text.markup import strip_html, strip_paragraphs
from paper_digest.text.name_suffix import author_of_parts

_API_URL = "https://api.biorxiv.org"
_EXPECTED = "expected an answer of bioRxiv's API: messages and a collection"
_SERVER_OPTION = SourceOption(
    "server", "which of the two servers", "medrxiv", kind="choice",
    choices=("biorxiv", "medrxiv"), default="biorxiv", asks=False, by_days=True,
)  # fmt: skip
#: An entry is dated by the day it was posted, and may be listed a day or two later.
_LISTING_LAG = timedelta(days=2)
_PAGE_PATH = late_pattern(
    r"(.*/details/[a-z]+/[0-9-]{10}/[0-9-]{10}/)([0-9]{1,7})(/json(?:\?.*)?)\Z"
)
#: Since December 2019 a DOI holds the day of submission: 10.1101/2024.01.15.123456.
_DATED_DOI = late_pattern(r"10\.\d{4,9}/(\d{4})\.(\d\d)\.(\d\d)\.\d+\Z")
_WITHDRAWN_TITLE = late_pattern(r"\AWITHDRAWN\s*:\s*(?=\S)")
_LICENCES = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        f"cc_{terms.replace('-', '_')}": f"https://creativecommons.org/licenses/{terms}/4.0/"
        for terms in ("by", "by-nc", "by-nd", "by-nc-nd", "by-sa", "by-nc-sa")
    },
}


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the address of the first page for each subject, or for all subjects together."""
    first, last = query.since - _LISTING_LAG, query.until
    place = f"{query.base_url}/details/{query.value(_SERVER_OPTION)}/{first}/{last}/0/json"
    days = {"since": query.since.isoformat(), "until": query.until.isoformat()}
    for subject in query.values("subjects"):
        category = subject.strip().lower().replace(" ", "_")
        yield Request(f"{place}?{urlencode({'category': category})}", **days)
    if not query.values("subjects"):
        yield Request(place, **days)


def parse(data: bytes, request: Request) -> Batch:
    """Read one page of preprints; the answer's count says whether there is another page.

    The first version's day is the day of publication. Where an answer holds later versions only, it is
    worked out from the DOI, and said to be.

    Raises:
        SourceError: the answer is not the API's, is an error, or lacks entries that it counts.
    """
    answer = read_json(data, request.url, _EXPECTED)
    collection = answer.get("collection") if isinstance(answer, dict) else None
    messages = answer.get("messages") if isinstance(answer, dict) else None
    message = messages[0] if isinstance(messages, list) and messages else None
    if not isinstance(collection, list) or not isinstance(message, dict):
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", "check the address")
    status = fields.one_line(message.get("status"))
    if status != "ok" and (collection or not status.lower().startswith("no posts")):
        what = f"bioRxiv's API answered {quote_value(status)}"
        raise SourceError(request.url, what, "ask again later; check the server and subjects")
    problems: list[Problem] = []
    papers: list[Paper] = []
    for number, record in enumerate(collection, 1):
        location = EntryLocation(request.url, f"entry {number}", today=iso_day(request.as_of))
        if paper := _paper(record, location, problems):
            papers.append(paper)
    following = tuple(_next_page(request, _count(message.get("total")), len(collection)))
    return Batch(tuple(papers), tuple(problems), following)


def _paper(record: object, location: EntryLocation, problems: list[Problem]) -> Paper | None:
    values: Mapping[str, object] = record if isinstance(record, dict) else {}
    doi = fields.parse_doi(values.get("doi"))
    title = _strip_markup(values.get("title"))
    if not doi or not title:
        what = f"it has no {'title' if doi else 'DOI'}"
        problems.append(location.with_name(doi or title[:60]).problem(what, "nothing needs doing"))
        return None
    bare, taken_back = _split_withdrawal(title)
    posted = location.date_or_problem(values.get("date"), "posting", problems)
    number = _count(values.get("version")) or 1
    is_first = number == 1
    subject = fields.one_line(values.get("category"))
    abstract = values.get("abstract")
    return Paper(
        id=f"doi:{doi}",
        title=bare,
        authors=_authors(values.get("authors")),
        published=posted if is_first else _day_in_doi(doi),
        inferred=not is_first and bool(_day_in_doi(doi)),
        updated="" if is_first else posted,
        versions=(Version(number, posted),),
        keywords=(subject,) if subject else (),
        doi=doi,
        work_type="preprint",  # they hold nothing else
        licence=_LICENCES.get(fields.one_line(values.get("license")).lower(), ""),
        withdrawn=taken_back,
        same_as=same_paper_ids([("is-preprint-of", "doi", values.get("published"))], doi),
        sightings=(Sighting("biorxiv", doi, entry=doi),),
        abstract=fields.clean_block(strip_paragraphs(abstract))
        if isinstance(abstract, str)
        else "",
    )


def _split_withdrawal(title: str) -> tuple[str, str]:
    """Return a title without the server's or a journal's word that the work was taken back, and why it was, or ""."""
    bare = _WITHDRAWN_TITLE.sub("", title)
    return (bare, "withdrawn") if bare != title else split_withdrawal(title)


def _authors(text: object) -> tuple[Author, ...]:
    """Read ``Quill, Z. d.; Moan, B.``; a name without a comma is a body's or whole."""
    authors = []
    for name in plain_text(fields.one_line(text)).split(";"):
        family, _, given = (part.strip() for part in plain_name(name).partition(","))
        authors.append(author_of_parts(given, family))
    return tuple(author for author in authors if author.name)


def _day_in_doi(doi: str) -> str:
    match = _DATED_DOI.match(doi)
    return iso_day("-".join(match.groups())) if match else ""


def _next_page(request: Request, total: int, count: int) -> Iterator[Request]:
    """Go on where the address asked for stopped; a saved file has no next page."""
    page = _PAGE_PATH.match(request.url)
    if not page or int(page[2]) + count >= total:
        return
    if not count:
        what = (
            f"is an empty page, though {total:,} results are due and {int(page[2]):,} came before"
        )
        raise SourceError(request.url, what, "ask again later")
    yield Request(f"{page[1]}{int(page[2]) + count}{page[3]}")


def _count(value: object) -> int:
    """Return a number that the API writes as a number or as text; 0 for anything else."""
    text = fields.one_line(value) if isinstance(value, str) else str(fields.valid_count(value) or 0)
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else 0


def _strip_markup(text: object) -> str:
    return fields.one_line(strip_html(text)) if isinstance(text, str) else ""


SOURCE = Source(
    name="biorxiv",
    title="bioRxiv and medRxiv",
    files_help="Read saved answers of bioRxiv's and medRxiv's API (details).",
    parse=parse,
    start=start,
    options=(
        _SERVER_OPTION,
        SourceOption(
            "subjects",
            "subjects of the server; all of them unless given",
            "[neuroscience, cell biology]",
            by_days=True,
        ),
    ),
    asks_for_days=True,
    base_url=_API_URL,
    rate_limits={"api.biorxiv.org": 1.0},
    # The server itself knows a preprint better than the registry of its DOI.
    rank=35,
    dated_by=("updated", "published"),
    shows_withdrawal_with="updated",
    carries=frozenset(
        {"title", "authors", "abstract", "published", "updated", "keywords", "doi", "work_type", "licence", "withdrawn"}
    ),
)  # fmt: skip
