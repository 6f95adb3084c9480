"""What arXiv is asked, and that every kind of answer finds its reader."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import requests as arxiv_requests
from paths import DATA

FIXTURES = DATA / "arxiv"
DAYS = date(2025, 11, 17), date(2025, 11, 20)
TODAY = date(2025, 11, 20), date(2025, 11, 20)


def asked(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_one_day_of_categories_is_their_feed() -> None:
    requests = arxiv.SOURCE.requests({"categories": ["cs.CL", "hep-th"]}, *TODAY)
    assert requests == (Request("https://rss.arxiv.org/atom/cs.CL+hep-th"),)


def test_missed_days_of_categories_are_searched_from_before_the_weekend_on() -> None:
    feed, search = arxiv.SOURCE.requests({"categories": ["cs.CL", "cs.LG"]}, *DAYS)
    assert feed.url == "https://rss.arxiv.org/atom/cs.CL+cs.LG"
    assert asked(search) == {
        "search_query": "(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202511120000 TO 202511202359]",
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
        "start": "0",
        "max_results": "500",
    }


def test_a_search_keeps_its_own_words_together() -> None:
    (search,) = arxiv.SOURCE.requests({"search": "ti:boats OR abs:boats"}, *DAYS)
    assert asked(search)["search_query"].startswith("(ti:boats OR abs:boats) AND submittedDate:")


def test_ids_are_asked_many_at_a_time_without_version_and_once_each() -> None:
    ids = [f"2511.{n:05}v2" for n in range(250)] + ["2511.00000", "hep-th/9901001"]
    requests = arxiv.SOURCE.requests({"ids": ids}, *DAYS)
    lists = [asked(request)["id_list"].split(",") for request in requests]
    assert [len(some) for some in lists] == [100, 100, 51]
    assert [asked(request)["max_results"] for request in requests] == ["100", "100", "51"]
    assert lists[0][:2] == ["2511.00000", "2511.00001"]
    assert lists[2][-1] == "hep-th/9901001"
    assert all(len(request.url) < 2000 for request in requests)


def test_a_harvest_is_by_set_and_day_of_change() -> None:
    one, whole = arxiv.SOURCE.requests({"oai": ["cs:cs:CL", "all"]}, *DAYS)
    assert one.url == (
        "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXivRaw&set=cs:cs:CL"
        "&from=2025-11-17&until=2025-11-20"
    )
    assert "set" not in asked(whole)
    options = {"oai": "math", "oai_format": "oai_dc", "oai_url": "https://arxiv.org/oai"}
    (other,) = arxiv.SOURCE.requests(options, *DAYS)
    assert other.url.startswith("https://arxiv.org/oai?verb=ListRecords&metadataPrefix=oai_dc&")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({}, "categories"),
        ({"category": ["cs.CL"]}, "category"),
        ({"categories": ["cs.CL+cs.LG"]}, "cs.CL+cs.LG"),
        ({"categories": ["cs.cl"]}, "cs.cl"),
        ({"categories": ["math.ZZ"]}, "math.ZZ"),
        ({"categories": []}, "categories"),
        ({"ids": [2503.1]}, "2503.1"),
        ({"ids": ["boats"]}, "boats"),
        ({"oai": "cs:CL; rm"}, "cs:CL; rm"),
        ({"oai": "cs", "oai_format": "marc"}, "marc"),
        ({"oai": "cs", "oai_url": "file:///etc/passwd"}, "file:///etc/passwd"),
    ],
)
def test_a_wrong_option_names_itself_and_its_cure(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError) as fault:
        arxiv.SOURCE.requests(wrong, *DAYS)
    assert named in str(fault.value)
    assert fault.value.cure


def test_pages_stay_within_what_arxiv_allows() -> None:
    assert arxiv_requests.RESULTS_PER_PAGE <= 2000


@pytest.mark.parametrize(
    ("name", "page", "count"),
    [
        ("query.xml", "query", 2),
        ("feed.rss", "cs.RO+physics.flu-dyn", 4),
        ("feed.atom", "cs.RO", 1),
        ("oai_raw.xml", "oai", 2),
        ("oai_arxiv.xml", "oai", 2),
        ("oai_dc.xml", "oai", 1),
        ("snapshot.jsonl", "snapshot.jsonl", 3),
    ],
)
def test_each_kind_is_told_by_its_content(name: str, page: str, count: int) -> None:
    batch = arxiv.parse((FIXTURES / name).read_bytes(), Request(name))
    assert [paper.sightings[0].page for paper in batch.papers] == [page] * count
    assert all(paper.claims == () for paper in batch.papers)


@pytest.mark.parametrize(
    "data",
    [
        b"<feed xmlns='http://www.w3.org/2005/Atom'><id>https://example.org/blog</id></feed>",
        b"<rss version='2.0'><channel><link>https://example.org/</link></channel></rss>",
        b"<collection id='P18'/>",
        b"[1, 2]",
    ],
)
def test_what_is_not_arxivs_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as fault:
        arxiv.parse(data, Request("saved"))
    assert "expected" in fault.value.what


def test_a_slip_of_a_category_is_told_what_was_meant() -> None:
    with pytest.raises(ConfigError, match=r"did you mean cs\.CL\?"):
        arxiv.SOURCE.requests({"categories": ["cs.cl"]}, *TODAY)


def test_a_whole_archive_has_a_feed() -> None:
    [request] = arxiv.SOURCE.requests({"categories": ["math"]}, *TODAY)
    assert request.url.endswith("/math")
