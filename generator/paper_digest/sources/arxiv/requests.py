"""The addresses arXiv is asked at: announcement feeds, searches, papers by id, and OAI-PMH."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from paper_digest.model.arxiv_categories import ARCHIVES, CATEGORIES, similar_categories
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError
from paper_digest.sources.entry_location import quote_value
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.source import SourceQuery
from paper_digest.text import fields

#: Where the query API lies; a mirror has the feeds and OAI-PMH under one address with it.
BASE_URL = "https://export.arxiv.org"
_OAI_URL = "https://oaipmh.arxiv.org/oai"
_OAI_FORMAT_OPTION = SourceOption(
    "oai_format",
    "what is harvested: `arXivRaw` has all versions, `arXiv` family names",
    "arXiv",
    kind="choice",
    choices=("arXivRaw", "arXiv", "oai_dc"),
    default="arXivRaw",
    asks=False,
)
_OAI_URL_OPTION = SourceOption(
    "oai_url",
    "where it is harvested; under `base_url`, where that is given",
    _OAI_URL,
    kind="url",
    asks=False,
)
OPTIONS = (
    SourceOption(
        "categories",
        "categories: their announcement feed of today and, with more days to fill, a search over them",
        "[cs.CL, cs.LG]",
        by_days=True,
    ),
    SourceOption(
        "search",
        "queries as the manual of arXiv's API has them, on the days to fill",
        "'abs:\"kite flying\"'",
        by_days=True,
    ),
    SourceOption("ids", "papers, on whichever days", "['2511.01234']"),
    SourceOption(
        "oai", "sets to harvest by day of change (OAI-PMH), or `all`", "['cs:cs:CL']", by_days=True
    ),
    _OAI_FORMAT_OPTION,
    _OAI_URL_OPTION,
)

#: A paper is announced, and found by searches, only some days after it was submitted: over a
#: weekend with a holiday up to five.
MAX_ANNOUNCEMENT_LAG = timedelta(days=5)

#: Results on one page; arXiv allows 2,000 and asks for smaller slices.
RESULTS_PER_PAGE = 500

#: Ids in one request: with old ids too, the address stays under what servers take.
IDS_PER_REQUEST = 100

_FEED_URL = "https://rss.arxiv.org/atom/"
_QUERY_PATH = "/api/query"
QUERY_URL = BASE_URL + _QUERY_PATH


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses of all that one ``follow:`` entry names.

    Raises:
        ConfigError: a value is no category, id or set.
    """
    since, until = query.since, query.until
    if categories := query.values("categories"):
        yield from _category_requests(categories, since, until, query.base_url)
    for text in query.values("search"):
        yield search_request(f"({text})", since, until, query.base_url)
    yield from id_requests(query.values("ids"), query.base_url)
    yield from _oai_requests(query)


def id_requests(ids: Sequence[str], base_url: str = BASE_URL) -> Iterator[Request]:
    """Ask for papers by id, many at a time; versions are left out, so that the newest comes.

    Raises:
        ConfigError: one of ``ids`` is no arXiv id.
    """
    bare = []
    for text in ids:
        bare_id, _ = fields.parse_arxiv_id(text)
        if not bare_id:
            raise _option_error(
                "ids", text, "write ids like “2511.01234” or “hep-th/9901001”, in quotes"
            )
        bare.append(bare_id)
    unique = list(dict.fromkeys(bare))
    for begin in range(0, len(unique), IDS_PER_REQUEST):
        id_group = unique[begin : begin + IDS_PER_REQUEST]
        parameters = {"id_list": ",".join(id_group), "start": 0, "max_results": len(id_group)}
        yield Request(f"{base_url}{_QUERY_PATH}?{urlencode(parameters, safe=',/')}")


def join_id_requests(single_requests: Iterable[Request]) -> Iterator[Request]:
    """Ask for the papers of several requests together, many at a time.

    Args:
        single_requests: requests of ``id_requests``.
    """
    id_lists = (parse_qs(urlsplit(request.url).query)["id_list"][0] for request in single_requests)
    yield from id_requests([bare for id_list in id_lists for bare in id_list.split(",")])


def search_request(query: str, since: date, until: date, base_url: str = BASE_URL) -> Request:
    """Ask for what a search finds among the papers announced on these days.

    The oldest come first, so that a paper that is announced meanwhile does not shift the pages.
    """
    first, last = since - MAX_ANNOUNCEMENT_LAG, until
    days = f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
    parameters = {
        "search_query": f"{query} AND {days}",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": 0,
        "max_results": RESULTS_PER_PAGE,
    }
    url = f"{base_url}{_QUERY_PATH}?{urlencode(parameters)}"
    return Request(url, since=since.isoformat(), until=until.isoformat())


def _category_requests(
    labels: Sequence[str], since: date, until: date, base_url: str
) -> Iterator[Request]:
    """Ask for the feed of today, and, where more days are to be filled, search for the others."""
    for label in labels:
        if label not in CATEGORIES and label not in ARCHIVES:
            close = " or ".join(name for name in similar_categories(label) if "*" not in name)
            cure = (
                f"did you mean {close}?" if close else "write categories like “cs.CL” or “hep-th”"
            )
            raise _option_error("categories", label, cure)
    feeds = _FEED_URL if base_url == BASE_URL else f"{base_url}/atom/"
    yield Request(feeds + "+".join(labels))
    if since < until:
        either = " OR ".join(f"cat:{label}" for label in labels)
        yield search_request(f"({either})", since, until, base_url)


def _oai_requests(query: SourceQuery) -> Iterator[Request]:
    """Ask for all records changed on these days, of each set (``all`` for the whole of arXiv)."""
    mirror = _OAI_URL if query.base_url == BASE_URL else f"{query.base_url}/oai"
    home = query.value(_OAI_URL_OPTION) or mirror
    if "?" in home:
        raise _option_error("oai_url", home, f"write an address like {_OAI_URL}")
    for name in query.values("oai"):
        if not re.fullmatch(r"[A-Za-z-]+(?::[A-Za-z-]+){0,2}", name):
            raise _option_error("oai", name, "write a set like “cs:cs:CL” or “math”, or “all”")
        parameters = {"verb": "ListRecords", "metadataPrefix": query.value(_OAI_FORMAT_OPTION)}
        if name != "all":
            parameters["set"] = name
        first, last = query.since.isoformat(), query.until.isoformat()
        parameters |= {"from": first, "until": last}
        url = f"{home}?{urlencode(parameters, safe=':')}"
        yield Request(url, since=first, until=last)


def _option_error(option: str, value: str, cure: str) -> ConfigError:
    what = f"option “{option}” holds {quote_value(value)}"
    return ConfigError(config_place("arxiv"), what, cure)
