"""The addresses arXiv is asked at: announcement feeds, searches, papers by id, and OAI-PMH.

Terms of use: one connection, and three seconds between two calls
(https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Request
from paper_digest.sources import options as checked
from paper_digest.sources.arxiv.record import CATEGORY
from paper_digest.sources.entry_location import quoted
from paper_digest.text import fields

KNOWN = ("categories", "search", "ids", "oai", "oai_format", "oai_url")
FORMATS = ("arXivRaw", "arXiv", "oai_dc")

#: A paper is announced, and found by searches, only some days after it was submitted: over a
#: weekend with a holiday up to five.
LAG = timedelta(days=5)

#: Results on one page; arXiv allows 2,000 and asks for smaller slices.
PAGE = 500

#: Ids in one request: with old ids too, the address stays under what servers take.
IDS = 100

_FEED = "https://rss.arxiv.org/atom/"
QUERY = "https://export.arxiv.org/api/query"
_OAI = "https://oaipmh.arxiv.org/oai"


def start(opts: Mapping[str, object], since: date, until: date) -> tuple[Request, ...]:
    """Ask for what one ``follow:`` entry names; see ``arxiv.start``."""
    asked = [name for name in ("categories", "search", "ids", "oai") if name in opts]
    if not asked:
        checked.texts(opts, "categories", "arxiv", only=KNOWN)  # says which options there are
    given = {name: checked.texts(opts, name, "arxiv", only=KNOWN) for name in opts}
    requests: list[Request] = []
    if "categories" in given:
        requests += _categories(given["categories"], since, until)
    requests += (search(f"({text})", since, until) for text in given.get("search", ()))
    requests += by_id(given.get("ids", ()))
    requests += _harvest(given, since, until)
    return tuple(requests)


def by_id(ids: Sequence[str]) -> Iterator[Request]:
    """Ask for papers by id, many at a time; versions are left out, so that the newest comes.

    Raises:
        ConfigError: one of ``ids`` is no arXiv id.
    """
    bare = []
    for text in ids:
        found, _ = fields.parse_arxiv_id(text)
        if not found:
            raise _wrong("ids", text, "write ids like “2511.01234” or “hep-th/9901001”, in quotes")
        bare.append(found)
    unique = list(dict.fromkeys(bare))
    for begin in range(0, len(unique), IDS):
        some = unique[begin : begin + IDS]
        asked = {"id_list": ",".join(some), "start": 0, "max_results": len(some)}
        yield Request(f"{QUERY}?{urlencode(asked, safe=',/')}")


def search(query: str, since: date, until: date) -> Request:
    """Ask for what a search finds among the papers announced on these days.

    The oldest come first, so that a paper that is announced meanwhile does not shift the pages.
    """
    first, last = since - LAG, until
    days = f"submittedDate:[{first:%Y%m%d}0000 TO {last:%Y%m%d}2359]"
    asked = {
        "search_query": f"{query} AND {days}",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": 0,
        "max_results": PAGE,
    }
    return Request(f"{QUERY}?{urlencode(asked)}")


def _categories(labels: Sequence[str], since: date, until: date) -> Iterator[Request]:
    """Ask for the feed of today, and, where more days are to be filled, search for the others."""
    for label in labels:
        if not CATEGORY.match(label):
            raise _wrong("categories", label, "write categories like “cs.CL” or “hep-th”")
    yield Request(_FEED + "+".join(labels))
    if since < until:
        either = " OR ".join(f"cat:{label}" for label in labels)
        yield search(f"({either})", since, until)


def _harvest(given: Mapping[str, tuple[str, ...]], since: date, until: date) -> Iterator[Request]:
    """Ask for all records changed on these days, of each set (``all`` for the whole of arXiv)."""
    kind = given.get("oai_format", FORMATS)[0]
    if kind not in FORMATS:
        raise _wrong("oai_format", kind, f"write one of: {', '.join(FORMATS)}")
    home = given.get("oai_url", (_OAI,))[0]
    if not fields.valid_url(home) or "?" in home:
        raise _wrong("oai_url", home, f"write an address like {_OAI}")
    for name in given.get("oai", ()):
        if not re.fullmatch(r"[A-Za-z-]+(?::[A-Za-z-]+){0,2}", name):
            raise _wrong("oai", name, "write a set like “cs:cs:CL” or “math”, or “all”")
        asked = {"verb": "ListRecords", "metadataPrefix": kind}
        if name != "all":
            asked["set"] = name
        asked |= {"from": since.isoformat(), "until": until.isoformat()}
        yield Request(f"{home}?{urlencode(asked, safe=':')}")


def _wrong(option: str, value: str, cure: str) -> ConfigError:
    what = f"option “{option}” holds {quoted(value)}"
    return ConfigError("archive.yml: source arxiv", what, cure)
