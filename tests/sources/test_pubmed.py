"""PubMed's own format, with continued lines, bodies that sign, and dates of every exactness."""

from __future__ import annotations

from paper_digest.model.batch import Request
from paper_digest.model.paper import Author
from paper_digest.sources import pubmed
from paths import DATA


def test_records_say_what_they_hold() -> None:
    data = (DATA / "pubmed" / "boats.nbib").read_bytes()
    batch = pubmed.parse(data, Request("boats.nbib"))
    assert not batch.problems
    boats, kites = batch.papers
    assert boats.id == "doi:10.5555/boats.7"
    assert boats.title == "Folding of paper boats: a title that goes on over two lines"
    assert boats.authors == (
        Author("Mira van der Berg", family="van der Berg"),
        Author("Jan Keller", family="Keller"),
        Author("Boat Collaboration"),
    )
    assert boats.published == "2021-03-04"
    assert boats.journal_ref == "Journal of small boats 12(3), 45\N{EN DASH}67, 2021"
    assert boats.abstract == "We fold boats. And we count them."
    assert boats.sightings[0].entry == "99000001"
    assert (kites.published, kites.venue) == ("2019", "Kites today")
    assert kites.id_kind == "title"


def test_a_record_without_title_is_named_by_its_line() -> None:
    batch = pubmed.parse(b"PMID- 1\nTI  - Boats\n\nPMID- 2\nDP  - 2019\n", Request("a.nbib"))
    assert [(p.line, "no title" in p.what) for p in batch.problems] == [(4, True)]
    assert len(batch.papers) == 1


def test_initials_behind_a_family_name_are_initials() -> None:
    record = "PMID- 7\nTI  - Kites.\nDP  - 2021\nAU  - van der Berg MJ\nAU  - Plato\n"
    [paper] = pubmed.parse(record.encode(), Request("a.nbib")).papers
    assert [(a.name, a.family) for a in paper.authors] == [
        ("M. J. van der Berg", "van der Berg"),
        ("Plato", ""),
    ]
