"""Crossref by journal and query: what is asked, and how pages follow each other."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Paper
from paper_digest.sources import crossref
from paths import DATA

SAMPLE = (DATA / "crossref" / "list.json").read_bytes()
DAYS = date(2026, 3, 1), date(2026, 3, 2)


def asked(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def test_journals_and_queries_are_asked_by_day_of_deposit() -> None:
    options = {"journals": "1476-468x", "query": ["kite flying"]}
    journal, query = crossref.SOURCE.requests(options, *DAYS)
    assert urlsplit(journal.url).path == "/journals/1476-468X/works"
    assert asked(journal)["filter"].startswith(
        "from-created-date:2026-02-28,until-created-date:2026-03-02,type:journal-article"
    )
    assert urlsplit(query.url).path == "/works"
    assert asked(query)["query"] == "kite flying"
    assert (query.since, query.until) == ("2026-03-01", "2026-03-02")
    assert crossref.SOURCE.asks_by_day(options)
    assert not crossref.SOURCE.asks_by_day({"dois": "10.1234/x"})
    with pytest.raises(ConfigError, match="no ISSN"):
        crossref.SOURCE.requests({"journals": ["Nature"]}, *DAYS)


def test_a_list_is_read_and_what_is_no_paper_is_left_out_alone() -> None:
    batch = crossref.parse(SAMPLE, Request("saved.json"))
    assert [paper.id for paper in batch.papers] == ["doi:10.1234/kites.2021.7", "doi:10.1234/kites.2021.8"]  # fmt: skip
    [problem] = batch.problems
    assert "10.1234/kites.2021.9" in problem.what


def page(count: int, cursor: object, total: int | None) -> bytes:
    items = [{"DOI": f"10.1234/{n}", "title": ["A"]} for n in range(count)]
    message = {"items": items, "next-cursor": cursor, "total-results": total}
    return json.dumps({"message-type": "work-list", "message": message}).encode()


def test_a_page_is_followed_by_its_cursor_until_the_list_is_whole() -> None:
    """Crossref gives pages that are a few works short, with more after them: the rest never came."""
    [first] = crossref.SOURCE.requests({"query": ["kites"]}, *DAYS)

    def following(request: Request, count: int, total: int | None) -> list[Request]:
        return list(crossref.parse(page(count, "a+b/c==&rows=9", total), request).next_requests)

    [second] = following(first, 200, 999)
    assert asked(second) == asked(first) | {"cursor": "a+b/c==&rows=9"}
    for request, count in ((first, 198), (second, 200), (second, 198), (second, 1)):
        assert following(request, count, 999) == [second]
    for count, total in ((200, 200), (7, 7), (7, 5), (0, 0), (199, None)):
        assert following(first, count, total) == []
    assert following(second, 0, 999) == following(second, 199, None) == []
    for cursor in (None, "", 7, "x" * 1001):
        assert crossref.parse(page(200, cursor, 999), first).next_requests == ()


def test_an_empty_first_page_of_works_that_were_counted_is_a_failure() -> None:
    [first] = crossref.SOURCE.requests({"query": ["kites"]}, *DAYS)
    with pytest.raises(SourceError, match="is an empty page, though 3 results are due"):
        crossref.parse(page(0, "a", 3), first)


def notice(kind: str, doi: str = "10.1234/kites") -> dict[str, object]:
    update = {"type": kind, "DOI": doi, "label": kind.title()}
    return {"DOI": "10.1234/notice", "title": [f"{kind}: Kites"], "update-to": [update]}


def listed(item: object, address: str = "saved.json") -> list[Paper]:
    message = {"items": [item]}
    data = json.dumps({"message-type": "work-list", "message": message}).encode()
    return list(crossref.parse(data, Request(address)).papers)


@pytest.mark.parametrize("kind", ["retraction", "Correction", "erratum", "expression_of_concern"])
def test_a_notice_in_a_list_is_no_paper_and_says_what_it_says_of_its_work(kind: str) -> None:
    [statement] = listed(notice(kind))
    assert (statement.id, statement.title) == ("doi:10.1234/kites", "")
    assert statement.sightings[0].entry == "10.1234/notice"
    assert bool(statement.withdrawn) == (kind == "retraction")
    assert bool(statement.notices) == (kind != "retraction")


def test_new_versions_and_works_changed_in_place_are_papers_and_so_is_what_is_asked_for() -> None:
    assert listed(notice("new_version"))[0].id == "doi:10.1234/notice"
    [changed] = listed(notice("retraction", "10.1234/notice"))
    assert (changed.id, changed.withdrawn) == ("doi:10.1234/notice", "Retraction: https://doi.org/10.1234/notice")  # fmt: skip
    asked_for = "https://api.crossref.org/works?filter=doi%3A10.1234%2Fnotice"
    assert listed(notice("retraction"), asked_for)[1].id == "doi:10.1234/notice"


@pytest.mark.parametrize("kind", ["retraction", "Correction"])
def test_a_notice_that_was_asked_for_warns_on_its_work_too(kind: str) -> None:
    of_dois = listed(notice(kind), "https://api.crossref.org/works?filter=doi%3A10.1234%2Fnotice")
    answer = {"message-type": "work", "message": notice(kind)}
    url = "https://api.crossref.org/works/10.1234%2Fnotice"
    single = crossref.parse(json.dumps(answer).encode(), Request(url)).papers
    assert [p.title for p in single] == [f"{kind}: Kites", ""]
    assert (tuple(of_dois[::-1]), [single[1]]) == (single, listed(notice(kind)))
