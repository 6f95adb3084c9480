"""DBLP: publications of authors and venues."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.sources import dblp
from paths import DATA

SAMPLE = (DATA / "dblp" / "search.json").read_bytes()
DAYS = date(2026, 3, 1), date(2026, 3, 2)


def asked(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_a_page_is_read_whole() -> None:
    batch = dblp.parse(SAMPLE, Request("https://dblp.org/search/publ/api?q=a&f=0"))
    assert (batch.problems, batch.next_requests) == ((), ())
    kites, lanterns, strings = batch.papers
    assert (kites.id, kites.title) == ("doi:10.1234/kites.2025.7", "Kites & moons: a study")
    assert [author.name for author in kites.authors] == ["Zoë de Quill", "Bo Moan"]
    assert (kites.venue, kites.published) == ("KITES", "2025")
    assert (lanterns.id, lanterns.doi, lanterns.venue) == ("arxiv:2511.01234", "", "")
    assert strings.id_kind == "title"
    assert strings.journal_ref == "J. Made Up Stud. 12(3), 1\N{EN DASH}9, 2025"
    assert [s.page for p in batch.papers for s in p.sightings] == [
        "conf/kites/QuillM25",
        "journals/corr/abs-2511-01234",
        "journals/jmus/Lamp25",
    ]


def test_authors_are_asked_once_and_venues_for_each_year() -> None:
    options = {"authors": "Zoë de Quill 0001", "venues": ["conf/acl"]}
    queries = [asked(request)["q"] for request in dblp.SOURCE.requests(options, *DAYS)]
    assert queries == [
        "author:Zoë_de_Quill_0001:",
        "streamid:conf/acl: year:2025:",
        "streamid:conf/acl: year:2026:",
    ]
    for wrong in ({"venues": "ACL"}, {"venues": "conf/acl: year:1"}, {"authors": "!"}):
        with pytest.raises(ConfigError):
            dblp.SOURCE.requests(wrong, *DAYS)


def test_pages_follow_as_far_as_dblp_gives_them() -> None:
    def following(first: int, total: object) -> tuple[list[str], int]:
        hit = {"info": {"title": "A", "key": "x/1", "year": "2025"}}
        hits = {"@total": total, "hit": [hit] * 1000}
        request = Request(f"https://dblp.org/search/publ/api?q=a%3A&h=1000&f={first}")
        batch = dblp.parse(json.dumps({"result": {"hits": hits}}).encode(), request)
        problems = [p for p in batch.problems if "gives 10,000" in p.what]
        return [asked(r)["f"] for r in batch.next_requests], len(problems)

    assert following(0, "2500") == (["1000"], 0)
    assert following(2000, "2500") == ([], 0)
    assert following(9000, "25000") == ([], 1)
    assert following(0, "many") == ([], 0)


@pytest.mark.parametrize("first", [0, 1000, 9000])
def test_an_empty_page_before_the_end_is_no_end(first: int) -> None:
    request = Request(f"https://dblp.org/search/publ/api?q=a&f={first}")
    ends = json.dumps({"result": {"hits": {"@total": str(first)}}}).encode()
    assert dblp.parse(ends, request) == Batch()
    more = json.dumps({"result": {"hits": {"@total": str(first + 1)}}}).encode()
    with pytest.raises(SourceError, match=f"though {first + 1:,} results are due and {first:,}"):
        dblp.parse(more, request)


def test_a_search_that_finds_nothing_is_empty() -> None:
    data = b'{"result": {"hits": {"@total": "0", "@sent": "0"}}}'
    assert dblp.parse(data, Request("x")).papers == ()
    with pytest.raises(SourceError):
        dblp.parse(b'{"result": {"hits": {}}}', Request("x"))


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Kites.", "Kites"),
        ("Kites?", "Kites?"),
        ("Kites, glue etc..", "Kites, glue etc."),
        ("Kites...", "Kites..."),
    ],
)
def test_a_full_stop_is_taken_off_and_an_ellipsis_is_not(printed: str, title: str) -> None:
    info = {"key": "conf/x/1", "title": printed, "year": "2025", "venue": "X"}
    answer = {"result": {"hits": {"@total": "1", "hit": [{"info": info}]}}}
    [paper] = dblp.parse(json.dumps(answer).encode(), Request("x")).papers
    assert paper.title == title
