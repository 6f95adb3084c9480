"""The addresses arXiv is asked at: announcement feeds, searches, papers by id, and OAI-PMH.

Terms of use: one connection, and three seconds between two calls
(https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError
from paper_digest.sources import options as checked
from paper_digest.sources.arxiv.record import CATEGORY
from paper_digest.sources.entry_location import quote_value
from paper_digest.text import fields

OPTIONS = ("categories", "search", "ids", "oai", "oai_format", "oai_url")
OAI_FORMATS = ("arXivRaw", "arXiv", "oai_dc")

#: A paper is announced, and found by searches, only some days after it was submitted: over a
#: weekend with a holiday up to five.
MAX_ANNOUNCEMENT_LAG = timedelta(days=5)

#: Results on one page; arXiv allows 2,000 and asks for smaller slices.
RESULTS_PER_PAGE = 500

#: Ids in one request: with old ids too, the address stays under what servers take.
IDS_PER_REQUEST = 100

_FEED_URL = "https://rss.arxiv.org/atom/"
QUERY_URL = "https://export.arxiv.org/api/query"
_OAI_URL = "https://oaipmh.arxiv.org/oai"


def start(opts: Mapping[str, object], since: date, until: date) -> tuple[Request, ...]:
    """Ask for what one ``follow:`` entry names; see ``arxiv.start``."""
    asked_options = [name for name in ("categories", "search", "ids", "oai") if name in opts]
    if not asked_options:
        checked.text_option(
            opts, "categories", "arxiv", allowed=OPTIONS
        )  # says which options there are
    given = {name: checked.text_option(opts, name, "arxiv", allowed=OPTIONS) for name in opts}
    requests: list[Request] = []
    if "categories" in given:
        requests += _category_requests(given["categories"], since, until)
    requests += (search_request(f"({text})", since, until) for text in given.get("search", ()))
    requests += id_requests(given.get("ids", ()))
    requests += _oai_requests(given, since, until)
    return tuple(requests)


def id_requests(ids: Sequence[str]) -> Iterator[Request]:
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
        yield Request(f"{QUERY_URL}?{urlencode(parameters, safe=',/')}")


def search_request(query: str, since: date, until: date) -> Request:
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
    return Request(f"{QUERY_URL}?{urlencode(parameters)}")


def _category_requests(labels: Sequence[str], since: date, until: date) -> Iterator[Request]:
    """Ask for the feed of today, and, where more days are to be filled, search for the others."""
    for label in labels:
        if not CATEGORY.match(label):
            raise _option_error("categories", label, "write categories like “cs.CL” or “hep-th”")
    yield Request(_FEED_URL + "+".join(labels))
    if since < until:
        either = " OR ".join(f"cat:{label}" for label in labels)
        yield search_request(f"({either})", since, until)


def _oai_requests(
    given: Mapping[str, tuple[str, ...]], since: date, until: date
) -> Iterator[Request]:
    """Ask for all records changed on these days, of each set (``all`` for the whole of arXiv)."""
    kind = given.get("oai_format", OAI_FORMATS)[0]
    if kind not in OAI_FORMATS:
        raise _option_error("oai_format", kind, f"write one of: {', '.join(OAI_FORMATS)}")
    home = given.get("oai_url", (_OAI_URL,))[0]
    if not fields.valid_url(home) or "?" in home:
        raise _option_error("oai_url", home, f"write an address like {_OAI_URL}")
    for name in given.get("oai", ()):
        if not re.fullmatch(r"[A-Za-z-]+(?::[A-Za-z-]+){0,2}", name):
            raise _option_error("oai", name, "write a set like “cs:cs:CL” or “math”, or “all”")
        parameters = {"verb": "ListRecords", "metadataPrefix": kind}
        if name != "all":
            parameters["set"] = name
        parameters |= {"from": since.isoformat(), "until": until.isoformat()}
        yield Request(f"{home}?{urlencode(parameters, safe=':')}")


def _option_error(option: str, value: str, cure: str) -> ConfigError:
    what = f"option “{option}” holds {quote_value(value)}"
    return ConfigError("archive.yml: source arxiv", what, cure)
