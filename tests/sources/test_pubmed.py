"""PubMed's own format, with continued lines, bodies that sign, and dates of every exactness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author, Notice, Paper
from paper_digest.render.citation.facts import citation_facts
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


def read(*lines: str) -> Paper:
    record = "\n".join(("PMID- 7", *lines, ""))
    [paper] = pubmed.parse(record.encode(), Request("a.nbib")).papers
    return paper


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["FAU - Lund, Ada Jr", "AU  - Lund A Jr"], [("Ada Lund Jr", "Lund")]),
        (["FAU - Lund, Ada 3rd"], [("Ada Lund III", "Lund")]),
        (
            ["AU  - Lund AB Sr", "AU  - Chen II"],
            [("A. B. Lund Sr", "Lund"), ("I. I. Chen", "Chen")],
        ),
        (
            ["FAU - Lund, Ada", "CN  - Kite Consortium", "FAU - Rem, Carla"],
            [("Ada Lund", "Lund"), ("Kite Consortium", ""), ("Carla Rem", "Rem")],
        ),
    ],
)
def test_authors_are_named_as_they_signed(lines: list[str], names: list[tuple[str, str]]) -> None:
    paper = read("TI  - Kites.", *lines)
    assert [(author.name, author.family) for author in paper.authors] == names


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Kites.", "Kites"),
        ("Are kites blue?", "Are kites blue?"),
        ("And the kites fell...", "And the kites fell..."),
        ("[Kites of paper].", "Kites of paper"),
        ("[Kites of paper (author's transl)].", "Kites of paper"),
        ("[Paper] kites.", "[Paper] kites"),
    ],
)
def test_signs_around_a_title_are_no_part_of_it(printed: str, title: str) -> None:
    assert read(f"TI  - {printed}").title == title


def test_a_retracted_work_says_so_and_its_notice_does_not() -> None:
    notice = "RIN - J Kites. 2022 Jan;1(2):3. doi: 10.5555/notice.1. PMID: 9"
    retracted = "PT  - Retracted Publication"
    assert read("TI  - Kites.", retracted).withdrawn == "Retraction"
    assert (
        read("TI  - Kites.", retracted, notice).withdrawn
        == "Retraction: https://doi.org/10.5555/notice.1"
    )
    by_number = read("TI  - Kites.", retracted, "RIN - J Kites. 2022;1(2):3. PMID: 9")
    assert by_number.withdrawn == "Retraction: https://pubmed.ncbi.nlm.nih.gov/9/"
    assert read("TI  - Kites.", "PT  - Retraction of Publication").withdrawn == ""


def test_a_server_of_preprints_is_no_venue() -> None:
    paper = read("TI  - Kites.", "PT  - Preprint", "JT  - kiteRxiv : the server", "OT  - *glue")
    assert (paper.venue, paper.journal_ref, paper.keywords) == ("", "", ("glue",))


@pytest.mark.parametrize(
    ("electronic", "printed", "published"),
    [
        ("20201115", "2021 Mar", "2020-11-15"),
        ("20210304", "2021 Mar", "2021-03-04"),
        ("20210304", "2021", "2021-03-04"),
        ("20210504", "2021 Mar 4", "2021-03-04"),
        ("", "2021 Mar", "2021-03"),
        ("20201115", "", "2020-11-15"),
    ],
)
def test_a_work_is_of_the_day_it_was_first_out_and_its_volume_of_its_own(
    electronic: str, printed: str, published: str
) -> None:
    lines = [f"DEP - {electronic}"] * bool(electronic) + [f"DP  - {printed}"] * bool(printed)
    paper = read("TI  - Kites.", "JT  - Kite studies", "VI  - 12", *lines)
    assert paper.published == published
    assert paper.journal_ref == f"Kite studies 12, {(printed or published)[:4]}"


def test_notices_that_name_a_work_are_its_own() -> None:
    paper = read(
        "TI  - Kites.",
        "EIN - J Kites. 2022 Jan 5;1(2):3. doi: 10.5555/notice.1. PMID: 9",
        "EIN - J Kites. 2022 Feb;1(3):3. PMID: 10",
        "ECI - J Kites. 2022;1(2):3",
        "EFR - J Kites. 2019 Jan;1(2):3. doi: 10.5555/other.1",
    )
    assert paper.notices == (
        Notice("correction", "https://doi.org/10.5555/notice.1", "2022-01-05"),
        Notice("correction", "https://pubmed.ncbi.nlm.nih.gov/10/"),
        Notice("expression of concern"),
    )
    assert paper.withdrawn == ""


@pytest.mark.parametrize(
    ("lines", "abstract", "truncated"),
    [
        (
            ["AB  - We fly. (ABSTRACT TRUNCATED AT 250 WORDS)"],
            "We fly. (ABSTRACT TRUNCATED AT 250 WORDS)",
            True,
        ),
        (["AB  - We fly.(ABSTRACT TRUNCATED)"], "We fly.(ABSTRACT TRUNCATED)", True),
        (["AB  - We say ABSTRACT TRUNCATED and go on."], "We say ABSTRACT TRUNCATED and go on.", False),
        (["OAB - PIP: We fly."], "We fly.", False),
        (["AB  - We fly.", "OAB - PIP: They fly."], "We fly.", False),
        (["OAB - Publisher: Abstract available from the publisher."], "", False),
        (["OAB - plain-language-summary: Kites are fun.", "OAB - Volamos."], "Volamos.", False),
    ],
)  # fmt: skip
def test_abstracts_are_whole_or_said_not_to_be(
    lines: list[str],
    abstract: str,
    truncated: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    paper = read("TI  - Kites.", *lines)
    assert (paper.abstract, paper.truncated) == (abstract, truncated)


NOTICE_TYPES = {
    "ROF": "Retraction of Publication",
    "ECF": "Expression of Concern",
    "EFR": "Published Erratum",
    "PROF": "Retraction Notice",
}


@pytest.mark.parametrize("tag", NOTICE_TYPES)
def test_a_notice_that_names_a_works_doi_is_no_paper_and_warns_on_the_work(tag: str) -> None:
    """What it says is what the work's own record would, so that both together are one notice."""
    work = read(
        "TI  - Kites.",
        "PT  - Retracted Publication",
        "AID - 10.5555/kites [doi]",
        *(f"{own} - J Kites. 2022 Jan 5;1(2):3. doi: 10.5555/notice.1." for own in ("RIN", "ECI", "EIN", "PRIN")),
    )  # fmt: skip
    statement = read(
        "TI  - Notice: Kites.",
        "DP  - 2022 Jan 5",
        f"PT  - {NOTICE_TYPES[tag]}",
        "AID - 10.5555/notice.1 [doi]",
        f"{tag} - J Kites. 2019 Jan;1(2):3. doi: 10.5555/KITES. PMID: 9",
    )
    assert (statement.id, statement.title, statement.authors) == ("doi:10.5555/kites", "", ())
    assert statement.sightings[0].entry == "7"
    if tag == "ROF":
        assert (statement.withdrawn, statement.notices) == (work.withdrawn, ())
    else:
        assert statement.withdrawn == ""
        assert set(statement.notices) < set(work.notices)


@pytest.mark.parametrize(
    "lines",
    [
        ["PT  - Published Erratum", "EFR - J Kites. 2019 Jan;1(2):3. PMID: 9"],
        ["PT  - Published Erratum", "EFR - J Kites. doi: 10.5555/own", "AID - 10.5555/own [doi]"],
        ["PT  - Published Erratum"],
        ["PT  - Journal Article", "EFR - J Kites. 2019 Jan;1(2):3. doi: 10.5555/other"],
        ["PT  - Corrected and Republished Article", "CRF - J Kites. doi: 10.5555/other"],
        ["PT  - Retracted Publication", "RIN - J Kites. doi: 10.5555/other"],
        ["PT  - Comment", "CON - J Kites. doi: 10.5555/other"],
    ],
)
def test_what_is_no_notice_or_names_no_work_is_a_paper(lines: list[str]) -> None:
    assert read("TI  - Retraction: kites.", *lines).title == "Retraction: kites"


def test_a_notice_about_several_works_is_said_of_each() -> None:
    record = (
        "PMID- 7\nTI  - Retraction notices.\nPT  - Retraction of Publication\n"
        "ROF - J Kites. doi: 10.5555/a\nROF - J Kites. doi: 10.5555/b.\n\nPMID- 8\nTI  - Boats.\n"
    )
    papers = pubmed.parse(record.encode(), Request("a.nbib")).papers
    assert [p.id for p in papers[1:]] == ["doi:10.5555/a", "doi:10.5555/b"]
    assert {p.withdrawn for p in papers[1:]} == {"Retraction: https://pubmed.ncbi.nlm.nih.gov/7/"}


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("1234-45", "1234-1245"),
        ("123-9", "123-129"),
        ("99-101", "99-101"),
        ("S45-7", "S45-S47"),
        ("1-2, 45-7", "1-2, 45-47"),
        ("45-7; discussion 48-9", "45-47"),
        ("12-1-12-9", "12-1-12-9"),
        ("iv-xii", "iv-xii"),
        ("99-1", "99-1"),
        ("e7", "e7"),
    ],
)
def test_the_last_page_is_whole_and_the_works_own(printed: str, whole: str) -> None:
    """MEDLINE leaves out the digits that the last page shares with the first; other sources do not."""
    text = f"PMID- 7\nTI  - Kites.\nJT  - Kite studies\nVI  - 12\nPG  - {printed}\nDP  - 2021"
    [paper] = pubmed.parse(text.encode(), Request("a.nbib")).papers
    assert citation_facts(paper).pages == whole


@given(st.integers(1, 99999), st.integers(0, 99999))
def test_every_way_to_shorten_a_range_is_one_range(first: int, more: int) -> None:
    last = str(first + more)
    for cut in range(len(last)):
        if cut and not (len(str(first)) == len(last) and str(first).startswith(last[:cut])):
            break
        text = f"PMID- 7\nTI  - Kites.\nJT  - Kite studies\nVI  - 12\nPG  - {first}-{last[cut:]}\n"
        [paper] = pubmed.parse(text.encode(), Request("a.nbib")).papers
        assert citation_facts(paper).pages.split("-")[-1] == last
