"""Lists of works that Crossref's REST API gives by journal or query: their addresses and pages.

Form: https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (filters, cursors).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from urllib.parse import quote, urlencode

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.crossref_updates import noticed_papers
from paper_digest.sources.json_values import as_list, as_objects
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.query_string import query_parameters, with_parameters
from paper_digest.sources.source import SourceQuery
from paper_digest.text import fields

OPTIONS = (
    SourceOption("dois", "works by DOI", "['10.1145/12345']"),
    SourceOption(
        "journals",
        "what journals with these ISSNs deposited on the days to fill",
        "['1476-4687']",
        by_days=True,
    ),
    SourceOption(
        "query",
        "works deposited on the days to fill with any of these words in their metadata; add `words:`, "
        "as Crossref finds far more than one means",
        "[earthquake early warning]",
        by_days=True,
    ),
)
#: Crossref allows 1,000 and asks for less where records are large.
_ROWS = 200
#: A deposit is in the index within hours; a run in the morning has not seen the evening before.
_INDEX_LAG = timedelta(days=1)
#: Results of a search for one title.
_TITLE_ROWS = 8
#: Records of notices in one answer; most works have none.
_NOTICE_ROWS = 500
#: What is a paper: not journals, issues, components, datasets or reviews.
_PAPER_TYPES = (
    "journal-article",
    "proceedings-article",
    "posted-content",
    "book-chapter",
    "report",
)
#: What a paper that was accepted becomes.
_PUBLISHED_TYPES = ("journal-article", "proceedings-article")
_ISSN = late_pattern(r"[0-9]{4}-[0-9]{3}[0-9X]\Z")
_MAX_CURSOR_CHARS = 1000
_FIRST_CURSOR = "*"


def list_requests(query: SourceQuery) -> Iterator[Request]:
    """Yield the first pages of what ``journals`` and ``query`` ask for.

    Raises:
        ConfigError: a journal is no ISSN.
    """
    for issn in query.values("journals"):
        if not _ISSN.match(issn.upper()):
            what = f"“{issn}” is no ISSN"
            raise ConfigError(config_place("crossref"), what, "write two groups of four: 1476-4687")
        yield _first_page(query, f"/journals/{quote(issn.upper())}/works", {})
    for words in query.values("query"):
        yield _first_page(query, "/works", {"query": words})


def title_request(title: str, author: str, base_url: str) -> Request:
    """Return the address of a search for published works of a title; ``author`` is a name of one of its authors."""
    asked = {"query.bibliographic": title, "query.author": author, "rows": str(_TITLE_ROWS)}
    asked["filter"] = ",".join(f"type:{name}" for name in _PUBLISHED_TYPES)
    return Request(f"{base_url}/works?{urlencode(asked)}")


def notices_request(dois: Iterable[str], base_url: str) -> Request:
    """Return the address of the records of notices about works; a DOI with a comma cannot be asked for."""
    asked = {"filter": ",".join(f"updates:{doi}" for doi in dois), "rows": str(_NOTICE_ROWS)}
    return Request(f"{base_url}/works?{urlencode(asked)}")


def is_of_notices(request: Request) -> bool:
    """Tell whether an address is one of ``notices_request``."""
    return query_parameters(request.url).get("filter", "").startswith("updates:")


def dois_of_notices(request: Request) -> frozenset[str]:
    """Return the works that an address of ``notices_request`` asks about; none of another address."""
    if not is_of_notices(request):
        return frozenset()
    asked = query_parameters(request.url)["filter"].split(",")
    return frozenset(name.removeprefix("updates:") for name in asked)


def is_of_dois(request: Request) -> bool:
    """Tell whether an address asks for works by their DOIs: whatever they are, somebody wants them."""
    return query_parameters(request.url).get("filter", "").startswith("doi:")


def is_published_work(work: Mapping[str, object]) -> bool:
    """Tell whether a record is of a paper in print: no preprint, and no notice about another work."""
    return work.get("type") in _PUBLISHED_TYPES and not as_list(work.get("update-to"))


def total_results(answer: Mapping[str, object]) -> int:
    """Return how many works a search found, as it says itself; 0 where it does not."""
    message = answer.get("message")
    total = message.get("total-results") if isinstance(message, dict) else None
    return total if isinstance(total, int) else 0


def is_list(answer: object) -> bool:
    """Tell whether an answer is a list of works."""
    return isinstance(answer, dict) and answer.get("message-type") == "work-list"


def notices_batch(answer: Mapping[str, object], request: Request) -> Batch:
    """Read the answer of ``notices_request``: an empty list says that no notice is about these works.

    Raises:
        SourceError: there is no list, or nobody says how long it is.
    """
    message = answer.get("message")
    stated = message if isinstance(message, dict) else {}
    items, total = stated.get("items"), stated.get("total-results")
    if not isinstance(items, list) or not isinstance(total, int):
        raise SourceError(request.url, "is no list of notices", "the next run asks again")
    what = f"{total:,} notices were found, of which {len(items):,} came"
    missing = (Problem(request.url, what, cure="nothing needs doing"),)
    return Batch(tuple(noticed_papers(as_objects(items))), missing if total > len(items) else ())


def list_items(answer: Mapping[str, object]) -> list[object]:
    """Return the works on a page; none where the answer has no such list."""
    message = answer.get("message")
    return as_list(message.get("items")) if isinstance(message, dict) else []


def next_page(request: Request, answer: Mapping[str, object]) -> Iterator[Request]:
    """Yield the address of the next page: the same one with the cursor that the answer names.

    Pages come that are a few works short of what was asked for, with more after them
    (https://github.com/CrossRef/rest-api-doc/issues/294): the end of a list of several pages is an empty one.

    Raises:
        SourceError: the first page is empty, though works were found.
    """
    asked = query_parameters(request.url).get("cursor") if fields.valid_url(request.url) else None
    total = total_results(answer)
    if asked == _FIRST_CURSOR and total and not list_items(answer):
        what = f"is an empty page, though {total:,} results are due"
        raise SourceError(request.url, what, "ask again later")
    message = answer.get("message")
    cursor = message.get("next-cursor") if isinstance(message, dict) else None
    if not isinstance(cursor, str) or not 0 < len(cursor) <= _MAX_CURSOR_CHARS:
        return
    if asked and not _is_last(asked, len(list_items(answer)), total):
        yield Request(with_parameters(request.url, {"cursor": cursor}))


def _is_last(cursor: str, count: int, total: int) -> bool:
    """Tell whether no page comes after one of ``count`` works; ``total`` is 0 where the answer states none."""
    if not total or not count:
        return count < _ROWS
    return cursor == _FIRST_CURSOR and count >= total


def _first_page(query: SourceQuery, path: str, parameters: Mapping[str, str]) -> Request:
    filters = [f"from-created-date:{query.since - _INDEX_LAG}", f"until-created-date:{query.until}"]
    filters += (f"type:{name}" for name in _PAPER_TYPES)
    asked = {**parameters, "filter": ",".join(filters), "rows": str(_ROWS), "cursor": _FIRST_CURSOR}
    return Request(
        f"{query.base_url}{path}?{urlencode(asked)}",
        since=query.since.isoformat(),
        until=query.until.isoformat(),
    )
