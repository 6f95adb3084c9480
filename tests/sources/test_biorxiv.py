"""bioRxiv and medRxiv: preprints by day of posting, page by page."""

from __future__ import annotations

import json
from datetime import date

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Paper, Version
from paper_digest.sources import biorxiv
from paths import DATA

SAMPLE = (DATA / "biorxiv" / "details.json").read_bytes()
PAGE = "https://api.biorxiv.org/details/biorxiv/2026-02-26/2026-03-02/0/json"
DAYS = date(2026, 3, 1), date(2026, 3, 2)


def answer(*records: object, total: object = 1, status: str = "ok") -> bytes:
    message = {"status": status, "total": total}
    return json.dumps({"messages": [message], "collection": records}).encode()


def read(**changes: object) -> Paper:
    record = {"doi": "10.1101/2026.02.25.123456", "title": "Kites", "date": "2026-02-27", "version": "1"}  # fmt: skip
    [paper] = biorxiv.parse(answer(record | changes), Request(PAGE)).papers
    return paper


def test_a_page_is_read_whole() -> None:
    batch = biorxiv.parse(SAMPLE, Request(PAGE, as_of="2026-03-02"))
    assert (batch.problems, batch.next_requests) == ((), ())
    kites, moons, lanterns = batch.papers
    assert kites.id == "doi:10.1101/2026.02.25.123456"
    assert kites.title == "Kites of Larus at 2 H$_2$O"
    assert kites.authors == (
        Author("Z. de Quill", family="de Quill"),
        Author("B. C. Moan", family="Moan"),
        Author("Lantern Consortium"),
    )
    assert kites.same_as == ("doi:10.1234/gulls.7",)
    assert kites.licence == "https://creativecommons.org/licenses/by-nc/4.0/"
    assert (kites.published, kites.inferred) == ("2026-02-27", False)
    assert moons.versions == (Version(3, "2026-02-28"),)
    assert (moons.same_as, moons.licence) == ((), "")
    assert (lanterns.title, lanterns.withdrawn) == ("Lanterns in the liver", "withdrawn")


def test_a_later_version_is_no_publication() -> None:
    paper = read(doi="10.1101/2025.11.30.654321", version="3")
    assert (paper.published, paper.inferred, paper.updated) == ("2025-11-30", True, "2026-02-27")
    assert read(doi="10.1101/654321", version="3").published == ""
    assert read(doi="10.1101/2025.13.31.654321", version="3").published == ""


def test_days_and_subjects_are_asked_for() -> None:
    [request] = biorxiv.SOURCE.requests({}, *DAYS)
    assert request.url == "https://api.biorxiv.org/details/biorxiv/2026-02-27/2026-03-02/0/json"
    assert (request.since, request.until) == ("2026-03-01", "2026-03-02")
    options = {"server": "medrxiv", "subjects": ["Cell Biology", "pathology"]}
    urls = [request.url for request in biorxiv.SOURCE.requests(options, *DAYS)]
    assert [url.rpartition("/details/")[2] for url in urls] == [
        "medrxiv/2026-02-27/2026-03-02/0/json?category=cell_biology",
        "medrxiv/2026-02-27/2026-03-02/0/json?category=pathology",
    ]
    with pytest.raises(ConfigError, match="chemrxiv"):
        biorxiv.SOURCE.requests({"server": "chemrxiv"}, *DAYS)
    assert biorxiv.SOURCE.asks_by_day({"server": "medrxiv"})


@pytest.mark.parametrize("total", ["250", 250])
def test_pages_follow_until_all_that_is_counted_came(total: object) -> None:
    def following(url: str, count: int) -> list[str]:
        record = {"doi": "10.1101/1", "title": "A"}
        batch = biorxiv.parse(answer(*[record] * count, total=total), Request(url))
        return [request.url for request in batch.next_requests]

    second = PAGE.replace("/0/json", "/100/json")
    assert following(PAGE, 100) == [second]
    assert following(PAGE + "?category=ecology", 100) == [second + "?category=ecology"]
    assert following(PAGE.replace("/0/json", "/200/json"), 50) == []
    assert following("saved.json", 100) == []
    with pytest.raises(SourceError, match="empty page, though 250"):
        following(second, 0)


def test_days_without_posts_are_empty_and_an_error_is_none() -> None:
    assert biorxiv.parse(answer(status="no posts found", total=0), Request(PAGE)) == Batch()
    with pytest.raises(SourceError, match="interval"):
        biorxiv.parse(answer(status="Error: (bad_request) interval"), Request(PAGE))


def test_an_entry_without_doi_or_title_is_left_out_alone() -> None:
    good = {"doi": "10.1101/1", "title": "A"}
    batch = biorxiv.parse(answer({"title": "B"}, {"doi": "10.1101/2"}, 7, good), Request(PAGE))
    assert [paper.id for paper in batch.papers] == ["doi:10.1101/1"]
    assert [str(problem.what)[:8] for problem in batch.problems] == ["entry 1 ", "entry 2 ", "entry 3 "]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "title", "reason"),
    [
        ("WITHDRAWN: Kites", "Kites", "withdrawn"),
        ("WITHDRAWN: A HISTORY OF KITES", "A HISTORY OF KITES", "withdrawn"),
        ("RETRACTED: Kites", "Kites", "Retraction"),
        ("[Withdrawn] Kites", "Kites", "Withdrawal"),
        ("WITHDRAWN ARTICLE: Kites", "Kites", "Withdrawal"),
        ("Withdrawn: letters of kite makers", "Withdrawn: letters of kite makers", ""),
        ("Kites", "Kites", ""),
    ],
)
def test_every_word_for_a_preprint_taken_back_is_read(
    printed: str, title: str, reason: str
) -> None:
    record = {"title": printed, "doi": "10.1101/2020.05.06.111111", "date": "2020-05-06"}
    answer = {"messages": [{"status": "ok", "total": "1"}], "collection": [record]}
    [paper] = biorxiv.parse(json.dumps(answer).encode(), Request("saved.json")).papers
    assert (paper.title, paper.withdrawn) == (title, reason)
