"""The query API: what an entry says, errors in a good answer, and paging."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Link, Version
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import atom
from paths import DATA

FIXTURES = DATA / "arxiv"
QUERY = (FIXTURES / "query.xml").read_bytes()
API = "https://export.arxiv.org/api/query"


def read(data: bytes = QUERY, url: str = f"{API}?search_query=all:boats&start=0") -> Batch:
    return arxiv.parse(data, Request(url))


def test_an_entry_is_read_whole() -> None:
    paper = read().papers[0]
    assert paper.id == "arxiv:2511.01230"
    assert paper.title == r"On boats with $a < b$ sails and {\em no} rudder"
    assert paper.abstract == (
        "We fold boats when $x<y$ and\n$y>z$; i<j>k stays whole.\n  A second paragraph."
    )
    assert paper.authors == (
        Author("André Example", affiliation="Harbour School"),
        Author("Łukasz Próba"),
    )
    assert (paper.published, paper.updated) == ("2025-11-03", "2025-11-20")
    assert paper.versions == (Version(1, "2025-11-03"), Version(3, "2025-11-20"))
    assert paper.categories == ("physics.flu-dyn", "cs.RO")  # the primary one first, no MSC class
    assert paper.comment == "12 pages, 3 figures"
    assert paper.journal_ref == "J. Boats 3 (2025) 1-12"
    assert paper.doi == "10.1000/boats.1"
    assert paper.links == (Link("publisher", "https://doi.org/10.1000/boats.2"),)
    assert paper.announced == ""


@pytest.mark.parametrize("mark", [":", " : ", "&amp;", "..."])
def test_a_mark_among_the_names_is_no_author(mark: str) -> None:
    before = "<author><name>Łukasz Próba</name>".encode()
    assert before in QUERY
    given = f"<author><name>{mark}</name></author>".encode()
    batch = read(QUERY.replace(before, given + before), "saved.xml")
    assert [author.name for author in batch.papers[0].authors] == ["André Example", "Łukasz Próba"]
    assert batch.problems == ()


def test_old_ids_and_withdrawals_are_known() -> None:
    old = read().papers[1]
    assert (old.id, old.updated) == ("arxiv:hep-th/9901001", "")
    assert old.withdrawn == "This paper has been withdrawn by the author due to a leak"


def test_an_error_in_a_good_answer_is_an_error() -> None:
    with pytest.raises(SourceError, match="incorrect id format for boat"):
        read((FIXTURES / "error.xml").read_bytes())


def test_an_unfinished_list_leads_to_its_next_page() -> None:
    (following,) = read(url=f"{API}?search_query=all:boats&start=0&max_results=2").next_requests
    assert following.url == f"{API}?search_query=all%3Aboats&start=2&max_results=2"
    assert read(url=f"{API}?search_query=all:boats&start=3&max_results=2").next_requests == ()
    assert read(url="query.xml").next_requests == ()


def test_an_empty_page_where_results_are_due_is_an_error() -> None:
    empty = QUERY[: QUERY.index(b"<entry>")] + b"</feed>"
    with pytest.raises(SourceError, match="empty page") as fault:
        read(empty)
    assert "too fast" in fault.value.cure
    assert read(empty.replace(b">5<", b">0<")) == Batch()


def test_a_search_too_large_for_the_api_says_so() -> None:
    huge = QUERY.replace(b">5<", b">364218<")
    batch = read(huge, f"{API}?search_query=all:boats&start={atom.MAX_RESULTS - 2}")
    assert batch.next_requests == ()
    assert "364,218 results" in batch.problems[-1].what


def test_ids_that_did_not_come_are_named() -> None:
    batch = read(url=f"{API}?id_list=2511.01230,hep-th/9901001,2511.99999&start=0&max_results=3")
    assert batch.next_requests == ()
    missing = ["arXiv sent nothing for “2511.99999”"]
    assert [p.what for p in batch.problems] == missing  # whatever number the feed counts
    few = QUERY.replace(b">5<", b">2<")
    batch = read(few, f"{API}?id_list=2511.01230,hep-th/9901001,2511.99999")
    assert [p.what for p in batch.problems] == missing


def test_a_list_that_forgets_its_number_is_no_end_of_it() -> None:
    """Neither a count that is missing, nor one that a later page takes back, ends a search."""
    full = f"{API}?search_query=all:boats&start=0&max_results=2"
    uncounted = QUERY.replace(b"totalResults>5<", b"totalResults>many<")
    assert uncounted != QUERY
    (following,) = read(uncounted, full).next_requests
    assert "start=2" in following.url
    assert read(uncounted, full.replace("max_results=2", "max_results=9")).next_requests == ()
    empty = QUERY[: QUERY.index(b"<entry>")].replace(b">5<", b">0<") + b"</feed>"
    with pytest.raises(SourceError, match="empty page"):
        read(empty, following.url)
    uncounted_end = empty.replace(b"totalResults>0<", b"totalResults>many<")
    assert read(uncounted_end, following.url) == Batch()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b"2025-11-03T", b"0001-01-01T", "0001-01-01"),
        (b"2025-11-03T", b"2999-01-01T", "2999-01-01"),
        (b"2025-11-03T", b"2025-11-31T", "2025-11-31"),
        (b"10.1000/Boats.1 10.1000/boats.2", b"boats", "its DOI “boats”"),
        (b"abs/2511.01230v3", b"abs/2513.01230v3", "no arXiv id"),
        (b"hep-th/9901001v1", b"2511.01230v1", "stood in entry 1 already"),
        ("Łukasz Próba".encode(), b"", "1 of 2 authors"),
    ],
)
def test_a_bad_field_is_a_problem_and_the_rest_is_kept(old: bytes, new: bytes, named: str) -> None:
    assert old in QUERY
    batch = read(QUERY.replace(old, new), "saved.xml")
    (problem,) = batch.problems
    assert named in problem.what
    assert problem.what.startswith("entry ")
    assert len(batch.papers) == (1 if "no arXiv id" in named else 2)


def test_the_day_of_fetching_bounds_all_dates() -> None:
    batch = arxiv.parse(QUERY, Request("saved.xml", "2025-11-10"))
    assert batch.papers[0].updated == ""
    assert batch.papers[0].published == "2025-11-03"
    assert "2025-11-20" in batch.problems[0].what


def test_real_answers_are_read(corpus: Path) -> None:
    counts = {}
    for path in sorted((corpus / "arxiv_atom").iterdir()):
        batch = arxiv.parse(path.read_bytes(), Request(str(path)))
        assert batch.problems == ()
        assert all(p.title and p.abstract and p.authors and p.categories for p in batch.papers)
        assert all(p.published and p.versions for p in batch.papers)
        counts[path.name] = len(batch.papers)
    assert counts == {
        "arxiv_cs_lg.xml": 20,
        "arxiv_empty.xml": 0,
        "search_query_au_del_maestro.xml": 10,
    }
