"""A journal reference is split into its parts, or left whole; a name never holds numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.model.paper import Paper
from paper_digest.render.citation import bibtex_entry, csl_item, ris_record
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.journal_names import full_journal_name
from paper_digest.render.citation.journal_ref import JournalRef, parse_journal_ref


def journal(name: str, *numbers: str) -> JournalRef:
    return JournalRef(name, *numbers)._replace(kind="journal")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Made Up Lett. E 83, 056113 (2011)", ("Made Up Lett. E", "83", "", "056113", "2011")),
        ("Loom Acta 13 (2014) 46-56", ("Loom Acta", "13", "", "46-56", "2014")),
        ("Loom J. Comput., 37(1):210--239, 2007", ("Loom J. Comput.", "37", "1", "210-239", "2007")),
        ("Loom Trans., vol. 61, no. 5, pp. 24-29, May 2015", ("Loom Trans.", "61", "5", "24-29", "2015")),
        ("J. Made-up Res., Volume 35, pages 717-773, 2009", ("J. Made-up Res.", "35", "", "717-773", "2009")),
        ("Loom Studies 47:2 (2012), 347-377", ("Loom Studies", "47", "2", "347-377", "2012")),
        ("Loom Studies, 40/3-4, 2011, pp. 165-178", ("Loom Studies", "40", "3-4", "165-178", "2011")),
        ("Loom Studies 271, 3-4 (2010) 590-595", ("Loom Studies", "271", "3-4", "590-595", "2010")),
        ("Loom Studies 7 (2012), no. 1, 173-197", ("Loom Studies", "7", "1", "173-197", "2012")),
        ("Loom Studies 9(5): e94414 (2014)", ("Loom Studies", "9", "5", "e94414", "2014")),
        ("Loom Studies, Volume XXIX, Number 60, 2010", ("Loom Studies", "XXIX", "60", "", "2010")),
        ("Loom Studies V12(2):67-74, June 2014. ISSN:2231-2803.", ("Loom Studies", "12", "2", "67-74", "2014")),
        ("Loom Studies (LST) Vol.3,No.5,October 2013", ("Loom Studies", "3", "5", "", "2013")),
        ("2008, Loom Studies, 8(8), 4821-4850", ("Loom Studies", "8", "8", "4821-4850", "2008")),
        ("Loom Studies 4 (2013) Article number: 1636", ("Loom Studies", "4", "", "1636", "2013")),
        ("Looms, IEEE Transactions on (Volume:59 , Issue: 5 ), May 2013", ("IEEE Transactions on Looms", "59", "5", "", "2013")),
        ("Phys.Rev.D76:044016,2007", ("Physical Review D", "76", "", "044016", "2007")),
        ("J.Phys.Conf.Ser.91:012001,2007", ("Journal of Physics: Conference Series", "91", "", "012001", "2007")),
        ("J. Stat. Mech. P11010 (2013)", ("Journal of Statistical Mechanics: Theory and Experiment", "", "", "P11010", "2013")),
        ("2010 Europhys. Lett. 89 37009", ("Europhysics Letters", "89", "", "37009", "2010")),
        ("LMCS 11 (3:4) 2015", ("Logical Methods in Computer Science", "11", "3", "4", "2015")),
        ("Loom Trans., vol. LT-51, no. 3, pp. 96-98, 2005.", ("Loom Trans.", "LT-51", "3", "96-98", "2005")),
        ("Loom T. Trans. 34(1) (2012) 6:1--6:48", ("Loom T. Trans.", "34", "1", "6:1-6:48", "2012")),
        ("Loom Studies of Wool, Elsevier, 2014, 41 (15), pp.67-72", ("Loom Studies of Wool", "41", "15", "67-72", "2014")),
        ("Loom Studies 63(18):14-19, May 2013. Published by Loom House, Town", ("Loom Studies", "63", "18", "14-19", "2013")),
        ("Loom Studies,P9-13,Vol.3, No.6, May 2012", ("Loom Studies", "3", "6", "9-13", "2012")),
        ("Loom Studies 7(2) (2012) 31{42", ("Loom Studies", "7", "2", "31-42", "2012")),
        ("Loom Studies 8, 010801(R) (2013)", ("Loom Studies", "8", "", "010801(R)", "2013")),
        ("Loom Journal, 2014 (June 24, 2014) loomj:18", ("Loom Journal", "", "", "", "2014")),
        ("Loom Journal of Wool(ljw) vol.1(4) (2013) 51-58", ("Loom Journal of Wool", "1", "4", "51-58", "2013")),
        ("Proc. Amer. Math. Soc. 130 (2002), no. 2, 1-9", ("Proceedings of the American Mathematical Society", "130", "2", "1-9", "2002")),
    ],
)  # fmt: skip
def test_a_reference_of_a_journal_is_split(text: str, parts: tuple[str, ...]) -> None:
    assert parse_journal_ref(text) == journal(*parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("EPTCS 20, 2010, pp. 63-67", ("Electronic Proceedings in Theoretical Computer Science", "20", "63-67", "2010")),
        ("In Proc. 7th Loom Conf., pages 280-283, July 2014", ("Proc. 7th Loom Conf.", "", "280-283", "2014")),
        ("Proceedings of the 3rd Loom Days (LOD 2012), Made Town, Italy", ("Proceedings of the 3rd Loom Days (LOD 2012)", "", "", "2012")),
        ("Dans 3rd Loom Workshop - LOW 2009, Ville : France (2009)", ("3rd Loom Workshop - LOW 2009", "", "", "2009")),
        ("Loom Symposium 2009 (2009) 433-444", ("Loom Symposium 2009", "", "433-444", "2009")),
    ],
)  # fmt: skip
def test_a_reference_of_proceedings_is_split(text: str, parts: tuple[str, ...]) -> None:
    name, volume, pages, year = parts
    found = parse_journal_ref(text)
    assert (found.container.rstrip("."), found.kind) == (name.rstrip("."), "conference")
    assert (found.volume, found.pages, found.year) == (volume, pages, year)


def test_a_series_has_the_volume_of_the_proceedings() -> None:
    found = parse_journal_ref("Proceedings of Loom Days 2009, LNCS vol. 5734, pp. 663-674, 2009")
    assert found == JournalRef("Proceedings of Loom Days 2009", "5734", "", "663-674", "2009", "LNCS", "conference")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Cryptic, 28 (2), to be printed",
        "Threads 2001, reprinted 2003",
        "https://looms.example/2007/12 no year here",
        "Ann Weaver, On looms. Loom Studies 3 (2001)",
        'A. Weaver, "Looms of today", Loom Conference 2003, pp. 3-4',
        "Looms (B. Thread, ed.), Cloth Press, 2004, pp. 1-9",
        "Technical Report LR-04-3, Loom Institute, 2004",
        "A short version published in Loom Studies 3 (2001)",
        "x" * 5000,
    ],
)
def test_any_other_reference_is_left_whole_and_is_no_name(text: str) -> None:
    found = parse_journal_ref(text)
    assert (found.container, found.unread) == ("", text)
    paper = Paper(id="arxiv:1801.00001", title="Looms", published="2018-01-02", journal_ref=text)
    facts = citation_facts(paper)
    assert (facts.kind, facts.container, facts.note) == (
        "preprint",
        "",
        f"Journal reference: {text}",
    )
    assert "journal" not in bibtex_entry(paper).replace(text, "")
    assert "container-title" not in csl_item(paper)
    assert f"N1  - Journal reference: {text}" in ris_record(paper)


def test_what_our_own_sources_write_is_read_back() -> None:
    venue = "Journal of Looms, Series A"
    assert parse_journal_ref(f"{venue} 12(3), 45\N{EN DASH}67, 2021", venue) == JournalRef(
        venue, "12", "3", "45-67", "2021"
    )
    assert parse_journal_ref(f"{venue}, 2021", venue) == JournalRef(venue, year="2021")
    assert parse_journal_ref(f"{venue}, e17", venue) == JournalRef(venue, pages="e17")


FORMS = (
    "{name} {volume}, {page} ({year})",
    "{name} {volume} ({year}) {page}",
    "{name}, {volume}({issue}):{page}, {year}",
    "{name}, vol. {volume}, no. {issue}, pp. {page}, Mar. {year}",
    "{name}, Volume {volume}, Issue {issue}, {year}, Pages {page}",
    "{name} {volume} ({year}), no. {issue}, {page}",
    "{name}{volume}:{page},{year}",
    "{year} {name} {volume} {page}",
)
NAMES = (
    "J. Loom Stud.",
    "Loom Acta",
    "Journal of Looms & Threads",
    "Annals of Cloth",
    "Phys. Rev. B",
)


@given(
    form=st.sampled_from(FORMS),
    name=st.sampled_from(NAMES),
    volume=st.integers(1, 899),
    issue=st.integers(1, 52),
    first=st.integers(3000, 9000),
    length=st.integers(5, 80),
    year=st.integers(1950, 2029),
)
def test_the_common_forms_give_their_parts_back(  # noqa: PLR0917, PLR0913 - the parts of a reference
    form: str, name: str, volume: int, issue: int, first: int, length: int, year: int
) -> None:
    page = f"{first}-{first + length}"
    text = form.format(name=name, volume=volume, issue=issue, page=page, year=year)
    shown_issue = str(issue) if "{issue}" in form else ""
    known = full_journal_name(name) or name
    assert parse_journal_ref(text) == journal(known, str(volume), shown_issue, page, str(year))


@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.lists(st.sampled_from(["J.", "Rev.", "A", "12", ",", "(", ")", ":", "-", "2011", "vol.", "pp.", "No.", "Proc.", "Conf.", "LNCS", "May"]), max_size=14).map(" ".join))  # fmt: skip
@example("Loom Days 12(3)")
def test_a_journals_name_holds_no_number_and_nothing_is_lost(text: str) -> None:
    text = " ".join(text.split())
    found = parse_journal_ref(text)
    assert found.unread in {"", text}
    if found.kind == "journal":
        assert not re.search(r"\d|https?:|\bvol\b", found.container, re.IGNORECASE)
    assert bool(found.container) != bool(found.unread) or not text


@pytest.mark.parametrize(
    "sign", ["A", "A ", "1", "1 ", "(", "-", "1-", ", ", "May ", "vol. ", "A, "]
)
def test_a_sign_repeated_is_read_in_a_moment(sign: str) -> None:
    assert parse_journal_ref(sign * 300) or True


@pytest.mark.parametrize(
    ("abbreviation", "name"),
    [
        ("Phys. Rev. Lett.", "Physical Review Letters"),
        ("J.Phys.A", "Journal of Physics A"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Loom Acta", ""),
    ],
)
def test_a_common_abbreviation_has_a_name(abbreviation: str, name: str) -> None:
    assert full_journal_name(abbreviation) == name


@pytest.mark.parametrize(
    "form",
    [
        "{name} 12(3), 45-67 (2024)",
        "{name} 12, 45-67 (2024)",
        "{name} 12(3), 45-67, 2024",
        "{name} 12 (2024) 45-67",
        "{name}, vol. 12, no. 3, pp. 45-67, 2024",
        "{name} 12(3):45-67, 2024",
    ],
)
def test_a_venue_that_is_known_changes_nothing_of_where_a_paper_stands(form: str) -> None:
    name = "Journal of Made-up Looms"
    with_venue, without = (parse_journal_ref(form.format(name=name), venue) for venue in (name, ""))
    assert (with_venue.volume, with_venue.pages) == (without.volume, without.pages)
    assert with_venue.pages == "45-67"


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ("J. Phys.: Conf. Ser. 473 012021 (2013)", "Journal of Physics: Conference Series"),
        ("Opt. Express (2021)", "Optics Express"),
        ("Phys.Rev.D76:044016,2007", "Physical Review D"),
        ("Sci. Rep., 2021", "Scientific Reports"),
    ],
)
def test_a_known_journal_is_one_under_its_whole_name_too(given: str, whole: str) -> None:
    """What was read from an abbreviation is said again by a source that prints the name."""
    read = parse_journal_ref(given)
    assert (read.container, read.kind) == (whole, "journal")
    for reference in ("", f"{whole}, 2021", f"{whole} 12(3), 45-67, 2021", f"{whole}, 45, 2021"):
        paper = Paper(
            id="title:0123456789abcdef", title="Looms", venue=whole, journal_ref=reference
        )
        assert citation_facts(paper).kind == "journal"
        assert bibtex_entry(paper).startswith("@article{")


@pytest.mark.parametrize("series", ["EPTCS", "Lecture Notes in Computer Science", "LIPIcs"])
def test_a_series_of_proceedings_is_no_journal(series: str) -> None:
    paper = Paper(
        id="title:0123456789abcdef", title="Looms", venue=series, journal_ref=f"{series} 12, 2021"
    )
    assert citation_facts(paper).kind == "conference"


@pytest.mark.parametrize("pages", ["pages 3:1-3:19", "pp. 3:1--3:19", "p. 3:1 - 3:19"])
def test_pages_that_name_their_article_are_whole(pages: str) -> None:
    """The Leibniz proceedings number the pages of each article: page 3 is none of them."""
    ref = parse_journal_ref(f"Proceedings of KITES 2021, LIPIcs vol. 12, {pages}")
    assert (ref.pages, ref.series, ref.volume) == ("3:1-3:19", "LIPIcs", "12")
