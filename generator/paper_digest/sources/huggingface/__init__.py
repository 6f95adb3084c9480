"""Hugging Face's daily papers: the list of a day, week or month, one paper, and saved pages.

Addresses and fields: https://huggingface.co/docs/hub/api (daily papers, paper pages). Titles and
abstracts lose their TeX there, so arXiv's own are believed where both are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode, urlsplit

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.huggingface import saved_page
from paper_digest.sources.huggingface.announcements import HuggingFaceCalendar
from paper_digest.sources.huggingface.paper_page import paper_from_entry
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.paper_addresses import find_arxiv_id
from paper_digest.sources.query_string import query_parameters, with_parameters
from paper_digest.sources.source import Locator, Source, SourceQuery
from paper_digest.text import fields
from paper_digest.text.dates import iso_day

#: The API refuses more entries a page.
ENTRIES_PER_PAGE = 100

#: A month has some ten pages; a server that never ends its list is not followed for ever.
_MAX_PAGES = 50

_API_URL = "https://huggingface.co/api"
_LIST_PATH = "/daily_papers"
_PAGE = late_pattern(r"https?://(?:www\.)?(?:huggingface|hf)\.co/papers/", re.IGNORECASE)
_PERIODS = {"day": "date", "week": "week", "month": "month"}
_EXPECTED = "expected papers of the Hugging Face API, or its papers page as a browser saves it"
_BY_OPTION = SourceOption(
    "by",
    "lists of each day, week or month",
    "week",
    kind="choice",
    choices=tuple(_PERIODS),
    default="day",
    by_days=True,
)
_DAY = late_pattern(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the lists that cover the days to fill, or single papers, for which no days count.

    Weekends are asked too: their lists are short or ``[]``. No day after ``query.until`` is asked,
    because the API answers a future day with an error.

    Raises:
        ConfigError: a value is no arXiv id, or both lists and papers are asked for.
    """
    if papers := query.values("papers"):
        if query.values("by"):
            what, cure = "options “by” and “papers” exclude each other", "write two entries"
            raise ConfigError(config_place("huggingface"), what, cure)
        yield from (paper_request(text, query.base_url) for text in papers)
        return
    by = query.value(_BY_OPTION)
    days = (query.since + timedelta(n) for n in range((query.until - query.since).days + 1))
    for period, group in groupby(days, lambda day: _period(by, day)):
        first, *others = (day.isoformat() for day in group)
        parameters = {_PERIODS[by]: period, "limit": ENTRIES_PER_PAGE}
        url = f"{query.base_url}{_LIST_PATH}?{urlencode(parameters)}"
        yield Request(url, since=first, until=others[-1] if others else first)


def paper_request(text: str, base_url: str = _API_URL) -> Request:
    """Return the request for a single paper, by its arXiv id or any address of it.

    Raises:
        ConfigError: no arXiv id can be found in ``text``.
    """
    bare, _ = fields.parse_arxiv_id(text)
    if not bare:
        cure = "write one like “2511.01234”, in quotes"
        raise ConfigError(config_place("huggingface"), f"{quote_value(text)} is no arXiv id", cure)
    return Request(f"{base_url}/papers/{bare}")


def locate(text: str) -> Request | None:
    """Return the request for the paper whose page on Hugging Face ``text`` is the address of."""
    bare = find_arxiv_id(text) if _PAGE.match(text) else ""
    return paper_request(bare) if bare else None


def parse(data: bytes, request: Request) -> Batch:
    """Read one answer; its content says of which kind it is.

    Figures (upvotes, comments, stars) are those of the day ``request.as_of``, and no later date is
    believed. Without it figures have no day. The
    day of a list is the ``date`` of its address, or the one in the name of a saved file. An
    entry that comes twice is kept twice, to be merged, and is a problem.

    Raises:
        SourceError: the answer is not Hugging Face's, or holds no entry that is one.
    """
    answer, list_date = _read_answer(data, request.url)
    listed = _entries(answer, request.url)
    fetched = iso_day(request.as_of)
    papers: list[Paper] = []
    problems: list[Problem] = []
    first_entries: dict[str, str] = {}
    for number, entry in enumerate(listed, 1):
        location = EntryLocation(request.url, f"entry {number}", today=fetched or list_date)
        paper = paper_from_entry(entry, location, list_date, fetched, problems)
        if paper is None:
            continue
        papers.append(paper)
        location.report_repeated(first_entries, paper.id, problems)
    if listed and not papers:
        reason = problems[0].what if problems else "none is a paper"
        what = f"none of {len(listed)} entries can be read ({reason}); {_EXPECTED}"
        raise SourceError(request.url, what, "fetch that list again from the API")
    _refuse_list_of_another_day(papers, request.url)
    return Batch(tuple(papers), tuple(problems), tuple(_next_page(request.url, answer)))


def _refuse_list_of_another_day(papers: list[Paper], where: str) -> None:
    """Refuse a list of which no paper was posted on the day that was asked for: of 3,036 papers in the lists of 280 days, all were.

    Raises:
        SourceError: it is the list of another day, so that of this one is still to come.
    """
    asked = _list_date(where) if where.startswith(("http://", "https://")) else ""
    days = {paper.announced for paper in papers}
    if asked and days and asked not in days:
        what = f"is the list of {max(days)}, and {asked} was asked for"
        raise SourceError(where, what, "ask again later")


def _read_answer(data: bytes, where: str) -> tuple[Any, str]:
    """Return an answer, whether it came as JSON or inside a saved page, and the ISO day of its list."""
    named_day = _list_date(where)
    if saved_page.is_web_page(data):
        answer, page_day = saved_page.read_props(data)
        if answer is not None:
            return answer, named_day or page_day
    return read_json(data, where, _EXPECTED), named_day


def _entries(answer: Any, where: str) -> list[Any]:  # noqa: ANN401 - JSON is any value
    """Find the entries in any of the forms an answer has."""
    if isinstance(answer, list):
        return answer
    if isinstance(answer, dict):
        if isinstance(answer.get("dailyPapers"), list):
            return list(answer["dailyPapers"])
        if isinstance(answer.get("paper"), dict) or "id" in answer:
            return [answer]
        if "error" in answer:
            what = f"answered with an error: {quote_value(answer['error'])}"
            raise SourceError(where, what, "check the day or the id in the address")
        keys = quote_outside(", ".join(str(key)[:30] for key in list(answer)[:5]))
        raise SourceError(where, f"has the fields {keys}; {_EXPECTED}", "fetch it again")
    raise SourceError(where, f"is {quote_value(answer)}; {_EXPECTED}", "fetch it again")


def _list_date(where: str) -> str:
    """Return the ISO day of a list, from its address or file name; "" for any other answer."""
    if where.startswith(("http://", "https://")):
        return iso_day(query_parameters(where).get("date", ""))
    days = _DAY.findall(re.split(r"[/\\]", where)[-1])
    return iso_day(days[0]) if len(days) == 1 else ""


def _next_page(where: str, answer: object) -> Iterator[Request]:
    """Ask for the next page of a list that was full."""
    if (
        not urlsplit(where).path.endswith(_LIST_PATH)
        or not isinstance(answer, list)
        or len(answer) < ENTRIES_PER_PAGE
    ):
        return
    page = query_parameters(where).get("p", "0")
    if re.fullmatch(r"[0-9]{1,2}", page) and int(page) < _MAX_PAGES:
        yield Request(with_parameters(where, {"p": str(int(page) + 1)}))


def _period(by: str, day: date) -> str:
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return day.isoformat()[: len("2025-11")] if by == "month" else day.isoformat()


SOURCE = Source(
    name="huggingface",
    title="Hugging Face",
    files_help="Read saved answers of Hugging Face's API, or its papers page as a browser saves it.",
    parse=parse,
    start=start,
    options=(_BY_OPTION, SourceOption("papers", "single papers by arXiv id", "['2511.01234']")),
    asks_for_days=True,
    counts_upvotes=True,
    base_url=_API_URL,
    rank=60,
    carries=frozenset(
        {
            "title",
            "authors",
            "abstract",
            "published",
            "announced",
            "organisation",
            "keywords",
            "digest",
            "withdrawn",
        }
    ),
    loses_tex=True,
    # Upvotes and summaries settle for two weeks.
    refetch_span=timedelta(days=14),
    calendar=HuggingFaceCalendar(),
    locator=Locator(
        order=10,  # before arXiv, whose ids stand in these addresses
        forms="an address of a paper on Hugging Face (/papers/)",
        hosts=("huggingface.co", "hf.co"),
        find=locate,
    ),
)
