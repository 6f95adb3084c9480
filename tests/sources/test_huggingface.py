"""Hugging Face's lists, details and saved pages, made up and real."""

from __future__ import annotations

import html
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Digest, Link, Sighting
from paper_digest.sources import huggingface
from paths import DATA

FIXTURES = DATA / "huggingface"
DAY = "https://huggingface.co/api/daily_papers?date=2025-11-20&limit=100"


def read(name: str, url: str = "", note: str = "") -> Batch:
    return huggingface.parse((FIXTURES / name).read_bytes(), Request(url or name, note))


def answer(*entries: object, url: str = DAY, note: str = "") -> Batch:
    return huggingface.parse(json.dumps(entries).encode(), Request(url, note))


def entry(**fields: object) -> dict[str, Any]:
    paper = {"id": "2511.01230", "title": "Boats", "summary": "They float."} | fields
    return {"paper": paper, "numComments": 1}


def test_a_day_gives_all_an_entry_says() -> None:
    batch = read("2025-11-20.json", DAY, "2025-11-21")
    first, second = batch.papers
    assert batch.problems == ()
    assert first.id == "arxiv:2511.01230"
    assert first.title == "A Made-up Study of Paper Boats"
    assert first.abstract == "We fold boats.\nThey float, mostly."
    assert first.authors == (Author("Ada Example"), Author("Béla Próba"))  # the second is hidden
    assert (first.published, first.announced) == ("2025-11-18", "2025-11-20")
    assert first.digest == Digest("Folded boats float.", "example/summariser-7b", model=True)
    assert first.keywords == ("boats", "folding", "🚣 rowing")
    assert first.organisation == "Example Laboratory 🧪"
    assert first.links == (
        Link("huggingface", "https://huggingface.co/papers/2511.01230"),
        Link("code", "https://github.com/example/boats", stars=7, as_of="2025-11-21"),
        Link("project", "https://boats.example.org/"),
        Link("media", "https://cdn.example.org/boat.mp4"),
    )
    assert first.sightings == (
        Sighting(
            "huggingface",
            "2025-11-20",
            seen="2025-11-20",
            upvotes=41,
            comments=3,
            submitted_by="Sam Sender",
            as_of="2025-11-21",
        ),
    )
    assert second.announced == "2025-11-20"  # of the list, because the entry does not say


def test_the_day_of_a_saved_file_is_in_its_name_and_its_figures_have_none() -> None:
    first, second = read("2025-11-20.json").papers
    assert second.announced == "2025-11-20"
    assert first.sightings[0].as_of == ""
    assert first.links[1].as_of == ""


def test_one_paper_and_both_saved_pages_are_read_too() -> None:
    (detail,) = read("detail.json").papers
    assert detail.withdrawn == "withdrawn"
    assert detail.digest == Digest("Folded boats float.", "Hugging Face", model=True)
    assert [(link.kind, link.url) for link in detail.links[1:]] == [
        ("model", "https://huggingface.co/example/boat-1b"),
        ("dataset", "https://huggingface.co/datasets/example/ponds"),
        ("space", "https://huggingface.co/spaces/example/regatta"),
    ]
    assert detail.sightings[0].page == detail.announced == "2025-11-20"
    assert read("page.json").papers[0].sightings[0].comments == 4
    assert read("paper_page.json").papers[0].sightings[0].page == "papers"


def test_a_week_sights_each_paper_on_its_own_day() -> None:
    url = "https://huggingface.co/api/daily_papers?week=2025-W47&limit=100"
    first, second = read("2025-11-20.json", url).papers
    assert first.sightings[0].page == "2025-11-20"
    assert (second.announced, second.sightings[0].page) == ("", "papers")


def test_a_weekend_is_no_fault() -> None:
    assert answer() == Batch()


def test_a_full_page_leads_to_the_next() -> None:
    full = [entry(id=f"2511.{n:05}") for n in range(huggingface.ENTRIES_PER_PAGE)]
    assert answer(*full).next_requests == (Request(f"{DAY}&p=1"),)
    assert answer(*full, url=f"{DAY}&p=1").next_requests == (Request(f"{DAY}&p=2"),)
    assert answer(*full, url=f"{DAY}&p=50").next_requests == ()
    assert answer(*full, url="saved.json").next_requests == ()
    assert answer(*full[1:]).next_requests == ()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("{'id': '2511.01230'}", "where an object should"),
        (entry(id=2503.1), "number 2503.1"),
        (entry(id=None), "no id"),
        (entry(id="2599.99999"), "no arXiv id"),
        (entry(title="", summary=""), "no title"),
    ],
)
def test_a_bad_entry_is_a_problem_and_the_rest_is_kept(wrong: object, named: str) -> None:
    batch = answer(entry(id="2511.00001"), wrong)
    assert [paper.id for paper in batch.papers] == ["arxiv:2511.00001"]
    (problem,) = batch.problems
    assert problem.what.startswith("entry 2")
    assert named in problem.what
    assert problem.cure


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"publishedAt": "0001-01-01T00:00:00.000Z"}, "0001-01-01"),
        ({"publishedAt": "2999-01-01T00:00:00.000Z"}, "2999-01-01"),
        ({"upvotes": "many"}, "upvotes"),
        ({"upvotes": -1}, "upvotes"),
        ({"githubRepo": "javascript:alert(1)"}, "githubRepo"),
        ({"authors": "Ada"}, "no list"),
        ({"authors": [{"name": "Ada"}, {"name": ""}, 3]}, "2 of 3 authors"),
        ({"title": ""}, "no title"),
    ],
)
def test_a_bad_field_is_left_out_with_a_problem(fields: dict[str, object], named: str) -> None:
    batch = answer(entry(**fields))
    (paper,), (problem,) = batch.papers, batch.problems
    assert named in problem.what
    assert "2511.01230" in problem.what
    assert paper.published == ""
    assert paper.sightings[0].upvotes is None
    assert [link.kind for link in paper.links] == ["huggingface"]


def test_an_entry_that_comes_twice_is_kept_and_named() -> None:
    batch = answer(entry(upvotes=1), entry(upvotes=2))
    assert [paper.sightings[0].upvotes for paper in batch.papers] == [1, 2]
    assert "stood in entry 1 already" in batch.problems[0].what


def test_the_colon_after_a_team_is_no_author() -> None:
    batch = answer(entry(authors=[{"name": "Boat Works"}, {"name": ":"}, {"name": "Ada Example"}]))
    assert batch.papers[0].authors == (Author("Boat Works"), Author("Ada Example"))
    assert batch.problems == ()


def test_a_paper_may_have_very_many_authors() -> None:
    names = [{"name": f"Author {n}"} for n in range(3303)]
    assert len(answer(entry(authors=names)).papers[0].authors) == 3303


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b'{"error": "\\"date\\" is in the future"}', "in the future"),
        (b'{"status": "success", "data": []}', "status, data"),
        (b'["a printout", "another"]', "none of 2 entries"),
        (b'[{"paper": {"id": "2511.01230"', "ends in the middle"),
        (b"<html><title>Log in</title></html>", "web page"),
    ],
)
def test_an_answer_of_another_kind_is_one_error(data: bytes, named: str) -> None:
    with pytest.raises(SourceError) as fault:
        huggingface.parse(data, Request(DAY))
    assert named in fault.value.what
    assert DAY in fault.value.where


def test_each_day_is_asked_weekends_too_and_none_after() -> None:
    asked = huggingface.SOURCE.requests({}, date(2025, 11, 21), date(2025, 11, 23))
    assert [request.url for request in asked] == [
        DAY.replace("11-20", f"11-{day}") for day in (21, 22, 23)
    ]
    assert huggingface.SOURCE.requests({}, date(2025, 11, 23), date(2025, 11, 21)) == ()


def test_weeks_months_and_single_papers_can_be_asked() -> None:
    days = date(2025, 12, 28), date(2026, 1, 2)
    weeks = [request.url for request in huggingface.SOURCE.requests({"by": "week"}, *days)]
    assert [url.partition("?")[2] for url in weeks] == [
        "week=2025-W52&limit=100",
        "week=2026-W01&limit=100",
    ]
    months = [request.url for request in huggingface.SOURCE.requests({"by": "month"}, *days)]
    assert [url.partition("?")[2] for url in months] == [
        "month=2025-12&limit=100",
        "month=2026-01&limit=100",
    ]
    asked = huggingface.SOURCE.requests({"papers": ["https://arxiv.org/abs/2511.01230v2"]}, *days)
    assert asked == (Request("https://huggingface.co/api/papers/2511.01230"),)


@pytest.mark.parametrize(
    "wrong", [{"by": "year"}, {"sort": "trending"}, {"papers": ["boats"]}, {"papers": [2511.0123]}]
)
def test_a_wrong_option_names_itself_and_its_cure(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as fault:
        huggingface.SOURCE.requests(wrong, date(2025, 11, 20), date(2025, 11, 20))
    assert str(next(iter(wrong.values()))).strip("[]'") in str(fault.value) or "sort" in wrong
    assert fault.value.cure


def test_all_real_days_are_read(corpus: Path) -> None:
    days = [*(corpus / "huggingface").glob("days/*"), *(corpus / "huggingface").glob("verbatim/*")]
    batches = [huggingface.parse(day.read_bytes(), Request(str(day))) for day in sorted(days)]
    papers = [paper for batch in batches for paper in batch.papers]
    assert (len(days), len(papers)) == (261, 4247)
    assert sum(len(batch.problems) for batch in batches) == 0
    assert all(p.announced and p.published and p.title and p.abstract and p.authors for p in papers)
    assert sum(p.digest is not None for p in papers) == 2403
    assert sum(bool(p.organisation) for p in papers) == 1193
    assert sum(link.kind == "code" for p in papers for link in p.links) == 1553


def test_all_broken_days_are_clear_errors(corpus: Path) -> None:
    broken = sorted((corpus / "huggingface" / "broken").iterdir())
    assert len(broken) == 13
    for day in broken:
        with pytest.raises(SourceError) as fault:
            huggingface.parse(day.read_bytes(), Request(str(day)))
        assert fault.value.where == str(day)
        assert "expected papers of the Hugging Face API" in fault.value.what
        assert fault.value.cure


def test_a_page_as_a_browser_saves_it_holds_what_the_api_answers() -> None:
    batch = read("saved_page.html")
    assert not batch.problems
    boats, kites = batch.papers
    assert boats == msgspec.structs.replace(
        read("page.json").papers[0], announced="2025-11-20", sightings=boats.sightings
    )
    assert boats.sightings[0].page == "2025-11-20"
    assert kites.title == "Kites & <i>Paper</i> Boats"
    assert kites.abstract == 'We fly "kites" & more.\nIn the rain.'
    assert kites.authors == (Author('Ben "Bo" O\'Hara'),)


def test_the_saved_page_of_one_paper_is_read() -> None:
    shown = html.escape(json.dumps(entry() | {"comments": [], "isOpen": False}))
    page = f"<!DOCTYPE html><html><body><div data-props='{{}}'></div><div data-props=\"{shown}\">"
    batch = huggingface.parse(page.encode(), Request("2511.01230.html"))
    assert [p.id for p in batch.papers] == ["arxiv:2511.01230"]


@pytest.mark.parametrize("props", ["{", "[]", "{}", '{"paper": 1}', '"dailyPapers"'])
def test_a_page_without_papers_is_a_web_page(props: str) -> None:
    page = f'<!DOCTYPE html><html><div data-props="{html.escape(props)}"></div></html>'
    with pytest.raises(SourceError, match="web page"):
        huggingface.parse(page.encode(), Request("page.html"))


@pytest.mark.parametrize("distance", [-40, -1, 1, 40])
@pytest.mark.parametrize("others", [0, 1])
def test_a_list_of_another_day_is_refused_and_one_with_a_paper_of_the_day_is_not(
    distance: int, others: int
) -> None:
    day = date(2026, 2, 20)
    days = [day + timedelta(distance)] * 3 + [day] * others
    entries = [
        {
            "paper": {
                "id": f"2602.0000{n}",
                "title": "Boats",
                "submittedOnDailyAt": f"{posted}T23:59:00.000Z",
            }
        }
        for n, posted in enumerate(days)
    ]
    data = json.dumps(entries).encode()
    request = Request(
        f"https://huggingface.co/api/daily_papers?date={day}&limit=100", as_of="2026-05-01"
    )
    if others:
        assert len(huggingface.parse(data, request).papers) == 4
    else:
        with pytest.raises(SourceError, match=f"is the list of {days[0]}, and {day} was asked for"):
            huggingface.parse(data, request)
    # The day in the name of a file may be the day on which it was saved.
    assert huggingface.parse(data, Request(f"saved-{day}.json", as_of="2026-05-01")).papers
    week = Request("https://huggingface.co/api/daily_papers?week=2026-W08", as_of="2026-05-01")
    assert huggingface.parse(data, week).papers
