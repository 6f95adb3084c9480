"""Dates, venues and titles of BibTeX entries, from classic fields, biblatex's and NASA ADS's."""

from __future__ import annotations

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Paper
from paper_digest.sources import bibtex
from paper_digest.sources.bibtex.journal_macros import JOURNAL_MACROS


def read(fields: str) -> Batch:
    """Parse an entry with the given fields."""
    return bibtex.parse(
        f"@article{{key, title = {{A Title}}, {fields}}}".encode(), Request("a.bib")
    )


def one(fields: str) -> Paper:
    """Return the paper of an entry with the given fields, which has no problem."""
    batch = read(fields)
    assert batch.problems == ()
    return batch.papers[0]


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2021", "2021"),
        ("year = {2021}, month = {12}", "2021-12"),
        ("year = {2021}, month = dec, day = {24}", "2021-12-24"),
        ("year = {2021}, month = {24 December}", "2021-12-24"),
        ("year = {2021}, month = {Sept.}", "2021-09"),
        ("year = {2021}, month = {July--August}", "2021"),
        ("year = {2021}, month = {13}", "2021"),
        ("year = {2021}, month = feb, day = 30", "2021-02"),
        ("date = {2021-05-06/2021-05-09}", "2021-05-06"),
        ("date = {2021-05}", "2021-05"),
        ("date = {2021}, month = may", "2021-05"),
        ("date = {n.d.}, year = 2021", "2021"),
        ("year = {(2021)}", "2021"),
        ("year = {2021a}, month = may", "2021-05"),
        ("year = {2020--2021}", "2020"),
        ("date = {4 March~2019}", "2019-03-04"),
        ("year = {March 2019}", "2019-03"),
    ],
)
def test_a_date_is_as_exact_as_the_entry(fields: str, published: str) -> None:
    assert one(fields).published == published


@pytest.mark.parametrize("year", ["2021?", "2021~", "c. 2021", "1923 [2011]"])
@pytest.mark.parametrize("name", ["year", "date"])
def test_a_doubtful_date_is_taken_and_named(name: str, year: str) -> None:
    batch = read(f"{name} = {{{year}}}")
    assert batch.papers[0].published == min(y for y in ("1923", "2021") if y in year)
    assert [f"{name} “{year}” is uncertain" in p.what for p in batch.problems] == [True]


@pytest.mark.parametrize(
    "field", ["year = {to appear}", "date = {201X}", "year = {0001}", "month = may"]
)
def test_no_entry_is_undated_in_silence(field: str) -> None:
    batch = read(field)
    assert batch.papers[0].published == ""
    assert ["has no date" in p.what for p in batch.problems] == [True]


def test_journal_macros_are_names() -> None:
    for macro, name in JOURNAL_MACROS.items():
        for form in (f"\\{macro}", f"{{\\{macro}}}", f"\\{macro}{{}}"):
            assert one(f"journal = {{{form}}}, volume = 7").journal_ref == f"{name} 7"
    assert one("journal = {\\apj}").venue == "The Astrophysical Journal"
    assert one("booktitle = {\\procspie}").venue == "Proceedings of SPIE"


@pytest.mark.parametrize(
    "form", ["\\foojournal", "{\\foojournal}", "\\foojournal{}", "The \\foojournal"]
)
def test_a_macro_nobody_defined_is_no_venue(form: str) -> None:
    batch = read(f"journal = {{{form}}}, volume = 3, year = 2020")
    assert (batch.papers[0].venue, batch.papers[0].journal_ref) == ("", "")
    assert ["so no venue is known" in p.what for p in batch.problems] == [True]
    assert read(f"journal = {{{form}}}, eventtitle = {{A Meeting}}").papers[0].venue == "A Meeting"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("subtitle = {A History}", "A Title: A History"),
        ("subtitle = {a title}", "A Title"),
        ("title = {Other:}, subtitle = {{A} History}", "A Title: A History"),
        ("subtitle = {}", "A Title"),
    ],
)
def test_a_subtitle_is_joined(fields: str, title: str) -> None:
    assert read(fields).papers[0].title == title


def test_venues_of_biblatex() -> None:
    journal = "journaltitle = {Journal of Parcels}, journalsubtitle = {Series B}"
    assert one(journal).venue == "Journal of Parcels: Series B"
    assert one("eventtitle = {Meeting on Parcels}").venue == "Meeting on Parcels"
    assert one("eventtitle = {Meeting}, booktitle = {Book}, booksubtitle = {2}").venue == "Book: 2"
    assert (
        one("journal = {J}, volume = 1, eid = {0123}, year = 2020").journal_ref == "J 1, 0123, 2020"
    )


def test_characters_that_were_lost_before_are_named() -> None:
    assert ["U+FFFD" in p.what for p in read("author = {M\ufffdller, J.}").problems] == [True]
