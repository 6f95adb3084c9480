"""OAI-PMH: the formats, deleted records, resumption and errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Version
from paper_digest.sources import arxiv
from paths import DATA

FIXTURES = DATA / "arxiv"
OAI = "https://oaipmh.arxiv.org/oai"


def read(name: str, url: str = f"{OAI}?verb=ListRecords") -> Batch:
    return arxiv.parse((FIXTURES / name).read_bytes(), Request(url))


def error(code: str, text: str) -> bytes:
    home = 'xmlns="http://www.openarchives.org/OAI/2.0/"'
    return f"<OAI-PMH {home}><error code='{code}'>{text}</error></OAI-PMH>".encode()


def test_raw_records_have_all_versions_and_mark_withdrawals() -> None:
    paper = read("oai_raw.xml").papers[0]
    assert paper.versions == (Version(1, "2024-10-01"), Version(2, "2025-11-19"))
    assert (paper.published, paper.updated) == ("2024-10-01", "2025-11-19")
    names = ["Ada Example", "Béla Próba", "Carl C. Case III"]
    assert [author.name for author in paper.authors] == names
    assert paper.withdrawn == "withdrawn"  # the comment does not say so, the source flag does
    assert (paper.title, paper.abstract) == ("Boats, raw", "Raw boats.")


def test_a_deleted_record_is_a_withdrawal() -> None:
    deleted = read("oai_raw.xml").papers[1]
    assert (deleted.id, deleted.withdrawn) == ("arxiv:2410.00011", "removed from arXiv")


def test_resumption_goes_on_where_the_token_says() -> None:
    (following,) = read("oai_raw.xml").next_requests
    token = "verb%253DListRecords%2526skip%253D2"  # noqa: S105 - a place in a list
    assert following.url == f"{OAI}?verb=ListRecords&resumptionToken={token}"
    assert read("oai_raw.xml", "saved.xml").next_requests == ()
    assert read("oai_arxiv.xml").next_requests == ()
    with pytest.raises(SourceError, match="leads to itself"):
        read("oai_raw.xml", following.url)


def test_split_names_keep_the_family_name() -> None:
    paper = read("oai_arxiv.xml").papers[0]
    assert paper.authors == (
        Author("Ada da Example", "da Example", affiliation="Harbour School"),
        Author("Carl C. Case Jr", "Case"),
        Author("The Pond Team"),
    )
    assert (paper.published, paper.updated) == ("2024-10-01", "2024-10-09")


def test_a_date_after_the_month_of_the_id_is_that_of_a_later_version() -> None:
    paper = read("oai_arxiv.xml").papers[1]
    assert (paper.published, paper.inferred) == ("2005-04", True)
    assert paper.updated == "2007-08-09"


def test_dublin_core_is_taken_apart() -> None:
    (paper,) = read("oai_dc.xml").papers
    assert paper.authors == (Author("Ada Example", "Example"), Author("Carl Case Jr", "Case Jr"))
    assert (paper.abstract, paper.comment) == ("Plain boats.", "4 pages")
    assert (paper.published, paper.updated) == ("2024-10-01", "2024-10-09")
    assert (paper.doi, paper.journal_ref) == ("10.1000/boats.10", "J. Boats 2 (2024)")
    assert paper.categories == ("cs.RO", "physics.flu-dyn", "hep-th")


def test_no_records_are_no_fault_and_other_errors_are() -> None:
    assert arxiv.parse(error("noRecordsMatch", "None"), Request(OAI)) == Batch()
    with pytest.raises(SourceError, match="badResumptionToken") as fault:
        arxiv.parse(error("badResumptionToken", "expired"), Request(OAI))
    assert "midnight" in fault.value.cure
    with pytest.raises(SourceError, match="without records"):
        arxiv.parse(b"<OAI-PMH><Identify/></OAI-PMH>", Request(OAI))


def test_a_record_of_an_unknown_format_is_a_problem() -> None:
    data = (FIXTURES / "oai_dc.xml").read_bytes().replace(b"oai_dc:dc", b"oai_dc:marc")
    batch = arxiv.parse(data, Request(OAI))
    assert batch.papers == ()
    assert "marc" in batch.problems[0].what


def test_a_real_harvest_is_read(corpus: Path) -> None:
    path = corpus / "arxiv_oai" / "listrecords.xml"
    batch = arxiv.parse(path.read_bytes(), Request(OAI))
    assert (len(batch.papers), len(batch.problems), len(batch.next_requests)) == (1000, 0, 1)
    assert sum(len(paper.authors) for paper in batch.papers) == 2762
    assert sum(bool(paper.withdrawn) for paper in batch.papers) == 8
    assert not any(paper.inferred for paper in batch.papers)
    assert all(paper.title and paper.abstract and paper.published for paper in batch.papers)
