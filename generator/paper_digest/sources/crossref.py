"""Works by DOI, by journal or by query, from Crossref's REST API.

Form: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.paper import Author, Link, Paper, Sighting
from paper_digest.sources import crossref_lists
from paper_digest.sources.crossref_dates import printed_date, published_date
from paper_digest.sources.crossref_types import institution, stated_work_type
from paper_digest.sources.crossref_updates import (
    is_reinstated,
    noticed_by,
    notices,
    withdrawal_reason,
)
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.json_values import as_list, as_objects
from paper_digest.sources.options import config_place
from paper_digest.sources.paper_addresses import find_doi
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.sources.query_string import query_parameters
from paper_digest.sources.relations import same_paper_ids
from paper_digest.sources.source import Locator, Source, SourceQuery
from paper_digest.sources.titles import split_withdrawal, with_subtitle
from paper_digest.text import fields
from paper_digest.text.markup import strip_html, strip_paragraphs
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import body

_EXPECTED = "expected a Crossref record of one work"

_API_URL = "https://api.crossref.org"


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses of the works under ``dois``, ``journals`` and ``query``.

    Raises:
        ConfigError: a value is no DOI, or no ISSN.
    """
    for text in query.values("dois"):
        doi = fields.parse_doi(text)
        if not doi:
            cure = "write 10.1145/12345"
            raise ConfigError(config_place("crossref"), f"“{text}” is no DOI", cure)
        yield request_for(doi, query.base_url)
    yield from crossref_lists.list_requests(query)


def request_for(doi: str, base_url: str = _API_URL) -> Request:
    """Return the address of one work's record."""
    return Request(f"{base_url}/works/{quote(doi, safe='')}")


def locate(text: str) -> Request | None:
    """Return the request for the work whose DOI ``text`` is, or holds as an address."""
    doi = find_doi(text)
    return request_for(doi) if doi else None


def parse(data: bytes, request: Request) -> Batch:
    """Read the record of one work, or a page of a list; of a list, works without DOI or title are problems.

    Raises:
        SourceError: this is no record of a work, or one without DOI or title.
    """
    answer = read_json(data, request.url, _EXPECTED)
    if crossref_lists.is_list(answer) and "/works/" not in request.url:  # else one was asked for
        return _parse_list(answer, request)
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict) or answer.get("message-type") != "work":
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", "check the DOI")
    doi = fields.parse_doi(work.get("DOI"))
    title = _strip_markup(_first_item(work.get("title")))
    if not doi or not title:
        missing = "title" if doi else "DOI"
        raise SourceError(request.url, f"the record has no {missing}", "add the paper by hand")
    return Batch((_paper(work, doi, title), *noticed_by(work)))


def _parse_list(answer: Mapping[str, object], request: Request) -> Batch:
    if crossref_lists.is_of_notices(request):
        return crossref_lists.notices_batch(answer, request)
    papers: list[Paper] = []
    problems: list[Problem] = []
    is_search = "query.bibliographic" in query_parameters(request.url)
    for number, item in enumerate(crossref_lists.list_items(answer), 1):
        work: Mapping[str, object] = item if isinstance(item, dict) else {}
        if is_search and not crossref_lists.is_published_work(work):
            continue
        papers += (about := noticed_by(work))
        if about and not crossref_lists.is_of_dois(request):
            continue
        doi = fields.parse_doi(work.get("DOI"))
        title = _strip_markup(_first_item(work.get("title")))
        if doi and title:
            papers.append(_paper(work, doi, title))
            continue
        location = EntryLocation(request.url, f"entry {number}").with_name(doi or title[:60])
        what = f"it has no {'title' if doi else 'DOI'}"
        problems.append(location.problem(what, "nothing needs doing; add the paper by hand"))
    following = tuple(crossref_lists.next_page(request, answer))
    return Batch(tuple(papers), tuple(problems), following)


def _paper(work: Mapping[str, object], doi: str, title: str) -> Paper:
    title, taken_back = split_withdrawal(title)
    subtitle = _strip_markup(_first_item(work.get("subtitle")))
    published = published_date(work)
    venue = _venue(work)
    work_type = stated_work_type(work, venue)
    volume, issue = fields.one_line(work.get("volume")), fields.one_line(work.get("issue"))
    page_range = fields.one_line(work.get("page")) or fields.one_line(work.get("article-number"))
    year = (printed_date(work) or published)[:4]
    return Paper(
        id=f"doi:{doi}",
        title=with_subtitle(title, subtitle),
        authors=tuple(a for a in map(_author, as_objects(work.get("author"))) if a.name),
        published=published,
        keywords=tuple(
            dict.fromkeys(filter(None, map(fields.one_line, as_list(work.get("subject")))))
        ),
        doi=doi,
        journal_ref=printed_reference(venue, volume, issue, page_range, year),
        venue=venue,
        work_type=work_type,
        organisation=institution(work, work_type),
        licence=_licence(work),
        withdrawn=withdrawal_reason(work) or ("" if is_reinstated(work) else taken_back),
        notices=notices(work),
        links=tuple(_links(work)),
        same_as=same_paper_ids(_relations(work), doi),
        sightings=(Sighting(source="crossref", page=doi, entry=doi),),
        abstract=_abstract(work.get("abstract")),
    )


def _author(record: Mapping[str, object]) -> Author:
    given, family = fields.one_line(record.get("given")), fields.one_line(record.get("family"))
    suffix = fields.one_line(record.get("suffix"))
    affiliations = (
        fields.one_line(place.get("name")) for place in as_objects(record.get("affiliation"))
    )
    named = author_of_parts(given, family, suffix)
    if not named.name:
        named = body(fields.one_line(record.get("name")))
    return msgspec.structs.replace(
        named,
        orcid=fields.parse_orcid(record.get("ORCID")),
        affiliation="; ".join(place for place in affiliations if place),
    )


def _venue(work: Mapping[str, object]) -> str:
    """Return the journal, or the book of a chapter: where that is of a series, the series is named first."""
    names = [name for item in as_list(work.get("container-title")) if (name := _strip_markup(item))]
    return names[-1 if work.get("type") == "book-chapter" else 0] if names else ""


def _licence(work: Mapping[str, object]) -> str:
    """Return the licence of the printed version, else of another; terms for mining texts are none of readers."""
    addresses: dict[str, str] = {}
    for record in as_objects(work.get("license")):
        if address := fields.valid_url(record.get("URL")):
            addresses.setdefault(str(record.get("content-version")), address)
    addresses.pop("tdm", None)
    return addresses.get("vor") or next(iter(addresses.values()), "")


def _relations(work: Mapping[str, object]) -> Iterator[tuple[object, object, object]]:
    """Yield the name, id type and id of each relation to another work."""
    relations = work.get("relation")
    for name, related in relations.items() if isinstance(relations, dict) else ():
        for record in as_objects(related):
            yield name, record.get("id-type"), record.get("id")


def _links(work: Mapping[str, object]) -> Iterator[Link]:
    resource = work.get("resource")
    primary = resource.get("primary") if isinstance(resource, dict) else None
    page = fields.valid_url(primary.get("URL")) if isinstance(primary, dict) else ""
    if page:
        yield Link("publisher", page)
    for record in as_objects(work.get("link")):
        # Links for text mining ask for a key; only those for readers are of use.
        if record.get("content-type") == "application/pdf" and (
            record.get("intended-application") != "text-mining"
        ):
            if address := fields.valid_url(record.get("URL")):
                yield Link("pdf", address)
            return


def _abstract(jats: object) -> str:
    """Turn JATS markup into text: a paragraph per paragraph, formulas as TeX."""
    return fields.clean_block(strip_paragraphs(jats)) if isinstance(jats, str) else ""


def _strip_markup(text: object) -> str:
    """Return a title on one line, scripts and formulas as TeX."""
    return fields.one_line(strip_html(text)) if isinstance(text, str) else ""


def _first_item(value: object) -> object:
    return next(iter(as_list(value)), None)


SOURCE = Source(
    name="crossref",
    title="Crossref",
    files_help="Read saved answers of Crossref's API: a work, or a list of works.",
    parse=parse,
    start=start,
    options=crossref_lists.OPTIONS,
    base_url=_API_URL,
    rank=40,
    # Publishers deposit there where a paper was published.
    rank_by_field={"doi": 25, "journal_ref": 25, "venue": 25, "work_type": 25},
    states_whole_entries=True,
    carries=frozenset(
        {"title", "authors", "abstract", "published", "keywords", "doi", "journal_ref", "venue", "work_type", "licence", "organisation", "withdrawn"}
    ),
    locator=Locator(
        order=30,
        forms="a DOI (10.1145/12345) or an address that holds one",
        hosts=("doi.org", "dx.doi.org", "biorxiv.org", "medrxiv.org", "nature.com", "zenodo.org"),
        find=locate,
        find_last=locate,
    ),
)  # fmt: skip
