"""Zotero: group libraries and collections, item by item."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Sighting
from paper_digest.sources import csl, zotero
from paths import DATA

SAMPLE = (DATA / "zotero" / "items.json").read_bytes()
PAGE = "https://api.zotero.org/groups/12345/items/top?v=3&limit=100&start=0"
DAY = date(2026, 3, 2)


def test_a_page_is_read_whole() -> None:
    batch = zotero.parse(SAMPLE, Request(PAGE))
    assert (batch.problems, batch.next_requests) == ((), ())
    kites, lanterns = batch.papers
    assert (kites.id, kites.title) == ("doi:10.1234/kites.7", "Kites of order n")
    assert kites.authors == (Author("Zoë de Quill", family="de Quill"), Author("Lantern Collaboration"))  # fmt: skip
    assert kites.keywords == ("kites",)
    assert kites.journal_ref == "Journal of Made-Up Studies 12(3), 45\N{EN DASH}67, 2025"
    assert kites.sightings == (Sighting("zotero", "groups/12345", entry="ABCD2345"),)
    assert (lanterns.id, lanterns.venue) == ("arxiv:2511.01234", "")


def test_groups_and_collections_are_asked_by_number_or_address() -> None:
    groups = [
        "12345",
        "https://www.zotero.org/groups/12345/kites",
        "https://www.zotero.org/groups/12345/kites/collections/ABCD2345/items/EFGH6789/library",
    ]
    paths = [urlsplit(r.url).path for r in zotero.SOURCE.requests({"groups": groups}, DAY, DAY)]
    assert paths == [
        "/groups/12345/items/top",
        "/groups/12345/items/top",
        "/groups/12345/collections/ABCD2345/items/top",
    ]
    with pytest.raises(ConfigError, match="no group library"):
        zotero.SOURCE.requests({"groups": "kites"}, DAY, DAY)


def test_a_full_page_has_another_after_it() -> None:
    def following(count: int, url: str = PAGE) -> list[str]:
        items = [{"key": f"K{n}", "data": {"itemType": "note"}} for n in range(count)]
        batch = zotero.parse(json.dumps(items).encode(), Request(url))
        return [parse_qs(urlsplit(r.url).query)["start"][0] for r in batch.next_requests]

    assert following(100) == ["100"]
    assert following(99) == []
    assert following(100, "items.json") == []


@pytest.mark.parametrize("data", [b"{}", b'[{"title": "csl"}]', b'"Not found"'])
def test_what_is_no_list_of_items_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError):
        zotero.parse(data, Request(PAGE))


@pytest.mark.parametrize("proceedings", ["", "Proceedings of Kite Days"])
def test_a_talk_stands_in_its_proceedings_or_else_at_its_conference(proceedings: str) -> None:
    item = {
        "itemType": "conferencePaper",
        "title": "Looms",
        "proceedingsTitle": proceedings,
        "conferenceName": "Kite Days",
    }
    csl_item = {
        "id": "a",
        "type": "paper-conference",
        "title": "Looms",
        "container-title": proceedings,
        "event-title": "Kite Days",
    }
    answer = json.dumps([{"key": "A", "data": item}]).encode()
    batches = [zotero.parse(answer, Request(PAGE)), csl.parse(json.dumps([csl_item]).encode(), Request("a.json"))]  # fmt: skip
    assert {batch.papers[0].venue for batch in batches} == {proceedings or "Kite Days"}


def test_where_a_talk_was_given_is_no_venue_of_an_article() -> None:
    item = {"id": "a", "type": "article-journal", "title": "Looms", "event-title": "Kite Days"}
    assert csl.parse(json.dumps([item]).encode(), Request("a.json")).papers[0].venue == ""
