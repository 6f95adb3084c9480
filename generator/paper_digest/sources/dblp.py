"""Publications of authors and venues, from the search API of DBLP, the bibliography of computer science.

Form: https://dblp.org/faq/13501473.html; what may stand in a query: https://dblp.org/faq/1474589.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.model.work_types import WorkType
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.query_string import query_parameters
from paper_digest.sources.reference_fields import ReferenceEntry, without_full_stop
from paper_digest.sources.reference_names import plain_name
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.sources.stated_work_types import DBLP_TYPES
from paper_digest.text import fields
from paper_digest.text.dates import partial_date
from paper_digest.text.markup import unescape_entities

_API_URL = "https://dblp.org"
_SEARCH_PATH = "/search/publ/api"
_EXPECTED = "expected an answer of DBLP's search for publications, as JSON"
#: The most results of one answer; of one query, DBLP gives the first 10,000.
_PAGE_SIZE = 1000
_MAX_RESULTS = 10_000
#: A stream is a folder of DBLP: https://dblp.org/db/conf/acl
_STREAM = late_pattern(r"(?:conf|journals|series|books)/[a-z0-9-]{1,60}\Z")
#: DBLP's kinds of publications that are no papers.
_NO_PAPERS = frozenset({"Editorship", "Data and Artifacts", "Reference Works"})
#: What servers of preprints hold, which are no venues; arXiv's is called CoRR, and has the id in its volume.
_INFORMAL = "Informal and Other Publications"
#: Results of a search for one title: homonyms, other versions.
_TITLE_RESULTS = 30


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the first pages of the publications of ``authors`` and ``venues``.

    DBLP dates by year alone: a venue is asked for the years of the days to fill and the year before, as
    proceedings come late; an author for all years.

    Raises:
        ConfigError: an author or venue cannot be one of DBLP's.
    """
    for name in query.values("authors"):
        words = re.findall(r"[\w'.-]+", name)
        if not words:
            what, cure = f"“{name}” is no name", "write the name as on the author's page there"
            raise ConfigError(config_place("dblp"), what, cure)
        yield _page(query.base_url, f"author:{'_'.join(words)}:")
    for stream in query.values("venues"):
        if not _STREAM.match(stream):
            cure = "write what follows dblp.org/db/, for instance conf/acl or journals/jmlr"
            raise ConfigError(config_place("dblp"), f"“{stream}” is no venue's folder", cure)
        for year in range(query.since.year - 1, query.until.year + 1):
            yield _page(query.base_url, f"streamid:{stream}: year:{year}:")


def title_request(title: str) -> Request:
    """Return the address of a search for publications of a title."""
    words = re.findall(r"\w+", title)
    asked = {"q": " ".join(words), "format": "json", "h": _TITLE_RESULTS, "f": 0, "c": 0}
    return Request(f"{_API_URL}{_SEARCH_PATH}?{urlencode(asked)}")


def parse(data: bytes, request: Request) -> Batch:
    """Read one page of results.

    Raises:
        SourceError: the answer is no search result of DBLP's.
    """
    answer = read_json(data, request.url, _EXPECTED)
    result = answer.get("result") if isinstance(answer, dict) else None
    hits = result.get("hits") if isinstance(result, dict) else None
    if not isinstance(hits, dict) or "@total" not in hits:
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", "check the address")
    listed = hits.get("hit", [])
    records = listed if isinstance(listed, list) else [listed]
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    problems: list[Problem] = []
    for number, hit in enumerate(records, 1):
        info = hit.get("info") if isinstance(hit, dict) else None
        location = EntryLocation(request.url, f"entry {number}")
        if not isinstance(info, dict):
            problems.append(location.problem("it says nothing of a paper", "nothing needs doing"))
        elif info.get("type") not in _NO_PAPERS:
            entry = _entry(info)
            entries.append((entry, location.with_name(entry.key or entry.title[:60])))
    papers = reference_entry.papers_from_entries(entries, "dblp", problems)
    following = tuple(_next_page(request, hits, len(records), problems))
    return Batch(tuple(map(_with_stable_sighting, papers)), tuple(problems), following)


def _entry(info: Mapping[str, object]) -> ReferenceEntry:
    def value(name: str) -> str:
        given = info.get(name)
        first = given[0] if isinstance(given, list) and given else given
        return unescape_entities(fields.one_line(first))

    listed = info.get("authors")
    people = listed.get("author") if isinstance(listed, dict) else None
    names = people if isinstance(people, list) else [people]
    texts = (name.get("text") if isinstance(name, dict) else name for name in names)
    addresses = info.get("ee")
    return ReferenceEntry(
        key=value("key"),
        title=without_full_stop(value("title")),
        authors=tuple(
            Author(plain_name(unescape_entities(name))) for text in texts if (name := fields.one_line(text))
        ),
        one_author_each=True,
        published=partial_date(value("year")),
        is_part=value("type") == "Conference and Workshop Papers",
        container="" if value("type") == _INFORMAL and value("venue") != "CoRR" else value("venue"),
        volume=value("volume"),
        issue=value("number"),
        pages=value("pages"),
        doi=value("doi"),
        work_type=_work_type(value("type"), value("key")),
        urls=tuple(filter(None, map(fields.valid_url, addresses if isinstance(addresses, list) else [addresses]))),
    )  # fmt: skip


def _work_type(kind: str, key: str) -> WorkType:
    """Return what DBLP calls a work; books and theses are one kind to it, and in folders of their own."""
    if kind == "Books and Theses":
        folder = key.partition("/")[0]
        return "thesis" if folder in {"phd", "ms"} else "book" if folder == "books" else ""
    return DBLP_TYPES.get(kind, "")


def _with_stable_sighting(paper: Paper) -> Paper:
    """Name DBLP's key instead of the address asked, which changes with the year and the page."""
    key = paper.sightings[0].entry
    return msgspec.structs.replace(paper, sightings=(Sighting("dblp", key or "search", entry=key),))


def _page(base_url: str, query: str, first: int = 0) -> Request:
    asked = {"q": query, "format": "json", "h": _PAGE_SIZE, "f": first, "c": 0}
    return Request(f"{base_url}{_SEARCH_PATH}?{urlencode(asked)}")


def _next_page(
    request: Request, hits: Mapping[str, object], count: int, problems: list[Problem]
) -> Iterator[Request]:
    asked = query_parameters(request.url)
    query, begin = asked.get("q", ""), _number(asked.get("f", "0"))
    total, following = _number(hits.get("@total")), begin + count
    if not query or following >= total:
        return
    if not count:
        what = f"is an empty page, though {total:,} results are due and {begin:,} came before"
        raise SourceError(request.url, what, "ask again later")
    if following >= _MAX_RESULTS:
        what = f"the query has {total:,} results, of which DBLP gives {_MAX_RESULTS:,}"
        problems.append(Problem(request.url, what, cure="ask for fewer years at a time"))
        return
    yield _page(request.url.partition(_SEARCH_PATH)[0], query, following)


def _number(value: object) -> int:
    text = str(value)
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text, re.ASCII) else 0


SOURCE = Source(
    name="dblp",
    title="DBLP",
    files_help="Read saved answers of DBLP's search for publications (JSON).",
    parse=parse,
    start=start,
    options=(
        SourceOption("authors", "all publications of authors, by the name on their page there", "[Zoë de Quill 0001]"),
        SourceOption("venues", "publications of venues, by their folder there, year by year", "[conf/acl, journals/jmlr]"),
    ),
    base_url=_API_URL,
    # https://dblp.org/faq/1474706.html asks for pauses between requests.
    rate_limits={"dblp.org": 2.0},
    rank=45,
    # Its editors check where a paper was published; they know no abstracts.
    rank_by_field={"doi": 35, "journal_ref": 35, "venue": 35, "work_type": 35},
    carries=reference_entry.CARRIES - {"abstract", "keywords", "organisation", "withdrawn", "author_count"},
)  # fmt: skip
