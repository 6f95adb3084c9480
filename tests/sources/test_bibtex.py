"""BibTeX: every entry is a paper or a problem, whatever program or person wrote the file."""

from __future__ import annotations

import re
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.ids import title_id
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.sources import bibtex
from paths import DATA

FIXTURES = DATA / "bibtex"


def read(text: str | bytes, where: str = "made-up.bib") -> Batch:
    """Parse the text of a file."""
    data = text if isinstance(text, bytes) else text.encode()
    return bibtex.parse(data, Request(where))


def fixture(name: str) -> Batch:
    """Parse a file of the fixtures."""
    return read((FIXTURES / name).read_bytes(), name)


def one(fields: str) -> Paper:
    """Return the paper of an entry with the given fields, which has no problem."""
    batch = read(f"@article{{key, title = {{A Title}}, {fields}}}")
    assert batch.problems == ()
    return batch.papers[0]


def said(fields: str) -> list[str]:
    """Return the problems of an entry with the given fields."""
    return [str(p) for p in read(f"@article{{key, title = {{A Title}}, {fields}}}").problems]


def test_an_entry_of_a_physics_database_is_read_whole() -> None:
    paper = fixture("mixed.bib").papers[0]
    assert paper.id == "arxiv:2103.04567"
    assert paper.title == r"The Fréchet mean of $\ell_2$ kites at 50% load"
    assert paper.authors == (
        Author("Zoë Quill", family="Quill"),
        Author("Jan van der Meer Jr.", family="van der Meer"),
        Author("Lantern Collaboration"),
    )
    assert paper.comment == "and other authors"
    assert paper.doi == "10.1234/kites.2021_7"
    assert paper.categories == ("stat.ML",)
    assert paper.published == "2021-07"
    assert paper.venue == "Journal of Made-Up Studies"
    assert paper.journal_ref == "Journal of Made-Up Studies 12(3), 45–67, 2021"  # noqa: RUF001 - an en dash is meant
    assert [(s.source, s.page) for s in paper.sightings] == [("bibtex", "mixed.bib")]
    assert paper.claims == ()


def test_all_entries_of_the_made_up_library_are_papers() -> None:
    batch = fixture("mixed.bib")
    assert [(p.line, "year “c. 1988” is uncertain" in p.what) for p in batch.problems] == [
        (62, True)
    ]
    assert [(p.id, p.published) for p in batch.papers] == [
        ("arxiv:2103.04567", "2021-07"),
        ("arxiv:hep-th/9901001", "1999-01-10"),
        ("arxiv:2201.00001", "2022-01"),
        ("acl:2020.madeup-1.7", "2020-07-05"),
        ("openreview:aBcD_eF-12", "2024-05"),
        (title_id("On Nothing in Particular", "1988", "Nobody"), "1988"),
        ("arxiv:1706.01234", "2017"),
    ]


def test_text_loses_its_latex_and_its_line_breaks() -> None:
    papers = fixture("mixed.bib").papers
    assert papers[1].title == 'Paper " Moons'
    assert papers[2].title == "Of <tags> & other Signs"
    assert papers[2].abstract == "First line wrapped by hand.\n\nSecond paragraph about $5."
    assert papers[2].keywords == ("Kites", "Paper moons")
    assert papers[2].comment == ""  # the note says the id and no more
    assert papers[3].authors[1] == Author("Bob Moan", family="Moan")


def test_a_preprint_server_is_no_venue() -> None:
    for paper in fixture("mixed.bib").papers[1:3]:
        assert (paper.venue, paper.journal_ref) == ("", "")


def test_links_are_named_after_their_hosts() -> None:
    papers = fixture("mixed.bib").papers
    assert papers[2].links == ()
    assert papers[3].links == (Link("acl", "https://aclanthology.org/2020.madeup-1.7/"),)
    assert papers[4].links == (Link("openreview", "https://openreview.net/forum?id=aBcD_eF-12"),)
    assert papers[5].links == (Link("code", "https://github.com/nemo/nothing"),)
    assert papers[5].organisation == "University of Nowhere"


def test_each_fault_is_a_problem_on_its_line_and_the_rest_is_kept() -> None:
    batch = fixture("broken.bib")
    assert [p.title for p in batch.papers] == [
        "The First Good One",
        "Comma Lost",
        "Unknown Macro",
        "Another Paper Under the Same Key",
        "The first good one.",
        "Something Else",
        "Quite Another Thing",
    ]
    found = [(p.line, p.what) for p in batch.problems]
    expected = [
        (7, "“@article{unclosed,” cannot be read"),
        (14, "field journal: a comma is missing before “year = 2020"),
        (18, "it has no title"),
        (24, "field journal: “nosuchname” is no number and no @string"),
        (28, "two arXiv ids stand in one entry: 2001.00002 and 2001.00001"),
        (34, "too many commas"),
        (38, "field year is given twice and differs"),
        (41, "stands on line 1 already; both were read"),
        (52, "doi:10.1234/same stands on line 47 already with another title; both were read"),
        (57, "“@article{cut,” cannot be read: Unexpectedly reached end of file"),
    ]
    assert [line for line, _ in found] == [line for line, _ in expected]
    for (_, what), (_, part) in zip(found, expected, strict=True):
        assert part in what
    assert all(p.cure for p in batch.problems)
    assert {p.where for p in batch.problems} == {"broken.bib"}


def test_papers_inherit_from_their_proceedings_and_orphans_are_named_once() -> None:
    batch = fixture("proceedings.bib")
    first, second, orphan = batch.papers
    assert first.venue == "Proceedings of the Made-Up Workshop"
    assert first.journal_ref == "Proceedings of the Made-Up Workshop 9, 1-2, 2022"
    assert first.published == "2022-08"
    assert second.published == "2023"  # its own year is not mixed with another's month
    assert (orphan.venue, orphan.published) == ("", "")
    assert [p.line for p in batch.problems] == [15]
    assert "crossref “nowhere” is absent (1 entries name it)" in batch.problems[0].what


def test_nothing_is_inherited_without_a_field_that_says_so() -> None:
    entries = [
        "@article{, title = {A}, author = {Alm, A}, journal = {Of A}, volume = 7, year = 1998}",
        "@misc{b, title = {B}}",
        "@inproceedings{, title = {C}, booktitle = {Of C}, year = 2001}",
        "@misc{d, title = {D}, crossref = {}}",
        "@misc{e, title = {E}, crossref = { }, xdata = {}}",
        "@misc{f, title = {F}, journal = {Of F}, crossref = {f}}",
    ]
    expected = {"A": ("Of A", "1998"), "C": ("Of C", "2001"), "F": ("Of F", "")}
    for order in permutations(entries, 6):
        batch = read("\n".join(order))
        for paper in batch.papers:
            venue, year = expected.get(paper.title, ("", ""))
            assert (paper.venue, paper.published) == (venue, year)
        assert {p.title for p in batch.papers if p.authors} == {"A"}


def test_shared_data_is_inherited_whole_and_in_chains() -> None:
    batch = read(
        """@xdata{press, publisher = {Nook}, date = {2017-03}}
        @xdata{journal, xdata = {press}, journaltitle = {Journal of Parcels}}
        @xdata{round, xdata = {about}} @xdata{about, xdata = {round}, keywords = {kites}}
        @article{one, title = {One}, xdata = {journal}, volume = 3}
        @article{two, title = {Two}, xdata = {round, journal}, year = 2020}
        @article{lost, title = {Lost}, xdata = {nowhere}}"""
    )
    one_, two, lost = batch.papers
    assert (one_.journal_ref, one_.published) == ("Journal of Parcels 3, 2017", "2017-03")
    assert (two.venue, two.published, two.keywords) == ("Journal of Parcels", "2020", ("kites",))
    assert (lost.venue, lost.published) == ("", "")
    assert ["xdata “nowhere” is absent" in p.what for p in batch.problems] == [True]


def test_a_sighting_names_the_entry() -> None:
    batch = read("@misc{a:1, title = {A}} @misc{, title = {B}}")
    assert [[s.entry for s in p.sightings] for p in batch.papers] == [["a:1"], [""]]


def test_an_id_on_two_titles_gives_two_papers_and_a_problem() -> None:
    same = "archivePrefix = {arXiv}, eprint = {1011.1234v3}"
    batch = read("".join(f"@article{{k{n}, title = {{Title {n}}}, {same}}}\n" for n in range(3)))
    assert [(p.id, p.title) for p in batch.papers] == [
        ("arxiv:1011.1234", f"Title {n}") for n in range(3)
    ]
    assert [(p.line, "with another title" in p.what) for p in batch.problems] == [
        (2, True),
        (3, True),
    ]


@pytest.mark.parametrize("kind", ["incollection", "inbook", "InProceedings"])
def test_chapters_that_bear_their_books_doi_are_known_by_their_titles(kind: str) -> None:
    def chapter(title: str, doi: str) -> str:
        return f"@{kind}{{k, title = {{{title}}}, author = {{Ost, Pia}}, year = 2020, {doi}}}\n"

    doi, url = "doi = {10.99999/book}", "url = {https://doi.org/10.99999/book}"
    batch = read(chapter("One", doi) + chapter("Two", f"{doi}, {url}") + chapter("Three", url))
    assert [(p.id, p.doi) for p in batch.papers] == [
        (title_id(title, "2020", "Ost"), "") for title in ("One", "Two", "Three")
    ]
    assert [("3 chapters" in p.what, p.line) for p in batch.problems] == [(True, 1)]
    # The book itself in the file says the same, even of one chapter.
    book = "@book{b, title = {The Book}, doi = {10.99999/BOOK}}"
    assert [p.doi for p in read(chapter("One", doi) + book).papers] == ["", "10.99999/book"]
    # The same chapter twice is one chapter.
    assert {p.doi for p in read(chapter("One", doi) * 2).papers} == {"10.99999/book"}


def test_macros_that_double_are_cut_short_and_named() -> None:
    lines = ['@string{m0 = "lol"}']
    lines += [f"@string{{m{n} = {' # '.join([f'm{n - 1}'] * 10)}}}" for n in range(1, 12)]
    batch = read(
        "\n".join(lines) + "\n@misc{a, title = {A}, note = m11, journal = m1, year = 2020}"
    )
    assert [(p.venue, p.published, p.comment) for p in batch.papers] == [("lol" * 10, "2020", "")]
    assert "m5: its @string macros make it longer than" in batch.problems[0].what
    assert batch.problems[0].line == 6
    assert batch.problems[-1].line == 13


def test_what_macros_add_to_a_whole_file_is_bounded() -> None:
    long = f'@string{{m = "{"lol " * 40_000}"}}'
    fields = ", ".join(f"f{n} = m # m # m" for n in range(100))
    assert (
        "200,000 characters" in read(f"{long} @misc{{a, title = {{A}}, {fields}}}").problems[0].what
    )
    fields = ", ".join(f"f{n} = m" for n in range(200))
    problems = read(f"{long} @misc{{a, title = {{A}}, {fields}}}").problems
    assert 50 < sum("more than 20,000,000" in p.what for p in problems) < 100


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {2305.01234v3}, archivePrefix = {arXiv}",
        "eprint = {arXiv:2305.01234}",
        "eprint = {{2305.01234}}, eprinttype = {arxiv}, eprintclass = {cs.CL}",
        "doi = {10.48550/ARXIV.2305.01234}",
        "doi = {https://doi.org/10.48550/arXiv.2305.01234}",
        r"url = {\url{https://arxiv.org/pdf/2305.01234v1.pdf}}",
        "journal = {arXiv preprint arXiv:2305.01234}",
        "journal = {arXiv e-prints, arXiv:2305.01234 [cs.CL]}",
        "journal = {CoRR}, volume = {abs/2305.01234}",
        "note = {arXiv:2305.01234 [cs, stat]}",
        "note = {{arXiv} preprint arXiv:2305.01234}",
        r"howpublished = {\href{https://arxiv.org/abs/2305.01234}{arXiv}}",
        "number = {arXiv:2305.01234}",
        "arxivId = {2305.01234}",
        'SLACcitation = "%%CITATION = ARXIV:2305.01234;%%"',
        "ee = {https://arxiv.org/abs/2305.01234}",
        "journal = {Phys. Rev. X}, eid = {arXiv:2305.01234}",
        "journal = {arXiv e-prints}, eid = {arXiv:2305.01234}, pages = {arXiv:2305.01234}",
        "institution = {arXiv}, number = {2305.01234}",
        "publisher = {{arXiv}}, number = {2305.01234v2}",
        "note = {Preprint at https://arxiv.org/abs/2305.01234}",
        "note = {Preprint, available online at: https://arxiv.org/pdf/2305.01234v1.pdf}",
        "note = {Preprint arXiv:2305.01234}",
        "eprint = {https://arxiv.org/abs/2305.01234}",
        "url = {https://ar5iv.org/abs/2305.01234}",
        "url = {https://ar5iv.labs.arxiv.org/html/2305.01234v1}",
        "adsurl = {https://ui.adsabs.harvard.edu/abs/2023arXiv230501234Q}",
        "url = {https://browse.arxiv.org/pdf/2305.01234v1.pdf}",
        "url = {https://hf.co/papers/2305.01234}",
        "url = {https://www.semanticscholar.org/arxiv/2305.01234}",
        "eprint = {arxiv.org/abs/2305.01234}, eprinttype = {arXiv}",
        "annotation = {arXiv: 2305.01234 [cs]}",
        "series = {arXiv:2305.01234}",
    ],
)
def test_an_arxiv_id_is_found_wherever_it_hides(fields: str) -> None:
    assert one(fields).id == "arxiv:2305.01234"


@pytest.mark.parametrize("volume", ["cs.LG/0301008", "cs/0301008", "abs/cs/0301008"])
def test_an_old_id_stands_in_the_volume_of_the_computing_research_repository(volume: str) -> None:
    assert one(f"journal = {{CoRR}}, volume = {{{volume}}}").id == "arxiv:cs/0301008"


def test_an_old_arxiv_id_is_put_together_from_its_two_fields() -> None:
    assert one("eprint = {9901001}, primaryClass = {hep-th}").id == "arxiv:hep-th/9901001"


@pytest.mark.parametrize(
    "fields",
    [
        "eprint = {12345678}, eprinttype = {jstor}",
        "eprint = {2305.01234}, archivePrefix = {bioRxiv}",
        "note = {Comment on arXiv:2305.01234}",
        "note = {See also https://arxiv.org/abs/2305.01234 for a proof}",
        "abstract = {We extend arXiv:2305.01234.}",
        "journal = {Journal of arXiv Studies}",
        "journal = {Journal of Parcels}, volume = {2305.01234}",
        "journal = {Journal of arXiv Studies}, number = {2305.01234}",
        "note = {Preprint of a reply to https://arxiv.org/abs/2305.01234}",
        "eprint = {2313.01234}",
    ],
)
def test_another_papers_id_is_not_taken_for_its_own(fields: str) -> None:
    assert one(fields).id.startswith("title:")


@pytest.mark.parametrize(
    "fields",
    [
        r"doi = {10.1234/a\_b}",
        "DOI = {https://dx.doi.org/10.1234/A_B}",
        "url = {https://doi.org/10.1234/a_b}",
        "note = {doi: 10.1234/a_b}",
        "doi = {doi:10.1234/a{\\_}b}",
    ],
)
def test_a_doi_is_found_wherever_it_hides(fields: str) -> None:
    assert one(fields).id == "doi:10.1234/a_b"


SICIS = [
    "(sici)1097-0000(19980815)17:15{}1661::aid-xyz968{}3.0.co;2-2",
    "1520-0000(1998)126{}1234:aotw{}2.0.co;2",
]


@pytest.mark.parametrize("sici", SICIS)
@pytest.mark.parametrize(
    "angles",
    [
        ("<", ">"),
        (r"{\textless}", r"{\textgreater}"),
        (r"\textless{}", r"\textgreater{}"),
        (r"\textless ", r"\textgreater "),
        ("{$<$}", "{$>$}"),
        ("$<$", "$>$"),
        (r"\ensuremath{<}", r"\ensuremath{>}"),
        (r"{\(<\)}", r"{\(>\)}"),
        ("&lt;", "&gt;"),
        (r"{\&}lt;", r"\&gt;"),
        ("%3C", "%3E"),
    ],
)
def test_a_doi_with_angle_brackets_is_one_however_they_are_escaped(
    sici: str, angles: tuple[str, str]
) -> None:
    doi = "10.99999/" + sici.format("<", ">")
    for form in ("{}", "https://doi.org/{}"):
        assert one(f"doi = {{{form.format('10.99999/' + sici.format(*angles))}}}").doi == doi


def test_the_better_id_wins_and_the_doi_is_kept() -> None:
    doi, url = "doi = {10.18653/v1/P99-1234}", "url = {https://aclanthology.org/P99-1234/}"
    assert one(f"{doi}, {url}, eprint = {{1801.00001}}").id == "arxiv:1801.00001"
    paper = one(f"{doi}, {url}")
    assert paper.id == "doi:10.18653/v1/p99-1234"
    assert paper.links == (Link("acl", "https://aclanthology.org/P99-1234/"),)
    assert one(url).id == "acl:P99-1234"
    assert one("").id == title_id("A Title", "", "")


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("Knuth, Donald E.", [("Donald E. Knuth", "Knuth")]),
        ("Ludwig van Beethoven", [("Ludwig van Beethoven", "van Beethoven")]),
        ("de la Vallée Poussin, Jean", [("Jean de la Vallée Poussin", "de la Vallée Poussin")]),
        ("Plato", [("Plato", "")]),
        (
            "{Barnes and Noble} and A. One",
            [("Barnes and Noble", "Barnes and Noble"), ("A. One", "One")],
        ),
        ("The Lamp Collaboration", [("The Lamp Collaboration", "")]),
        ("One, Al, and Two, Bo", [("Al One", "One"), ("Bo Two", "Two")]),
        ("{\\'E}mile {\\L}uk", [("Émile Łuk", "Łuk")]),
        ("", []),
    ],
)
def test_names_are_told_apart(field: str, authors: list[tuple[str, str]]) -> None:
    found = one(f"author = {{{field}}}").authors
    assert [(a.name, a.family) for a in found] == authors


def test_a_thousand_authors_are_a_thousand() -> None:
    names = " and ".join(f"Family{n}, Given" for n in range(3303))
    assert len(one(f"author = {{{names}}}").authors) == 3303


def test_bytes_that_are_no_utf8_are_read_as_western_windows_and_named() -> None:
    batch = read("@misc{a,\ntitle = {Caf\xe9 “Œuvre”}}".encode("cp1252"))
    assert [p.title for p in batch.papers] == ["Café “Œuvre”"]
    assert [(p.line, "cp1252" in p.what) for p in batch.problems] == [(2, True)]


def test_an_entry_whose_characters_are_not_known_is_left_out_and_named() -> None:
    text = "@misc{a, title = {Plain}}\n@misc{b,\n title = {Parcels},\n author = {Иванов, Пётр}}\n@string{x = {Ж}}"
    batch = read(text.encode("cp1251"))
    assert [p.title for p in batch.papers] == ["Plain"]
    assert [p.line for p in batch.problems] == [4, 4, 5]
    declared = read(b"% Encoding: Cp1251\n" + text.encode("cp1251"))
    assert [a.name for p in declared.papers for a in p.authors] == ["Пётр Иванов"]
    assert declared.problems == ()


def test_a_mark_at_the_start_and_any_line_ends_do_not_matter() -> None:
    text = "\n@misc{a,\n title = {One\nTitle},\n}\n@misc{b,\n oops}\n"
    plain = read(text)
    assert plain.papers[0].title == "One Title"
    assert [p.line for p in plain.problems] == [6]
    for form in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text):
        assert read(form) == plain
    assert read(text.encode("utf-16")) == plain


@pytest.mark.parametrize(
    "data", [b"", b" \n ", b"<!doctype html><p>a@{b}", b'{"a": 1}', b"% only a remark", b"\0\xff@"]
)
def test_what_is_no_bibtex_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="BibTeX entries were expected") as caught:
        read(data)
    assert caught.value.cure


def test_addresses_are_taken_from_the_options() -> None:
    urls = ["https://example.org/a.bib", "https://example.org/b.bib"]
    day = date(2026, 1, 1)
    assert [r.url for r in bibtex.SOURCE.requests({"urls": urls}, day, day)] == urls
    wrong_ones: list[dict[str, object]] = [
        {},
        {"urls": []},
        {"urls": ["a.bib"]},
        {"urls": urls, "user": "x"},
        {"urls": 7},
    ]
    for wrong in wrong_ones:
        with pytest.raises(ConfigError) as caught:
            bibtex.SOURCE.requests(wrong, day, day)
        assert "bibtex" in caught.value.where
        assert caught.value.cure


@settings(deadline=None)
@given(st.text(alphabet='@article{}",=#%\\$~ \n\tabc1é\0', max_size=200))
def test_no_file_makes_it_stumble(text: str) -> None:
    batch = read("@misc{first, title = {First}}\n" + text)
    assert batch.papers
    for paper in batch.papers:
        assert paper.title
        assert paper.title.isprintable()


@pytest.mark.parametrize("name", ["acml21.bib", "hepml.bib", "ssm.bib"])
def test_every_real_entry_is_a_paper_or_a_problem(corpus: Path, name: str) -> None:
    data = (corpus / "bibtex" / name).read_bytes()
    entries = re.findall(rb"^\s*@(\w+)[ \t]*[{(]", data, re.MULTILINE)
    containers = sum(kind.lower() == b"proceedings" for kind in entries)
    batch = read(data, name)
    kept = ("both were read", "absent", "read as several names")
    lost = [p for p in batch.problems if not any(words in p.what for words in kept)]
    assert len(batch.papers) + len(lost) == len(entries) - containers
    assert len(lost) <= len(entries) // 100
    assert all(p.line for p in batch.problems)
    assert {s.page for p in batch.papers for s in p.sightings} == {name}


@pytest.mark.parametrize(
    "repeated", [" ", "~", ", ", "; ", "{", "\\a{", "\\'", " and ", "10. ", "<i>", "$", "-"]
)
def test_long_runs_of_one_sign_cost_no_more_than_their_length(repeated: str) -> None:
    # A rule that tries each place of a run to its end would take minutes here.
    value = repeated * (100_000 // len(repeated))
    value = f"A{value}B" + "}" * value.count("{")
    names = ("author", "doi", "note", "journal", "year")
    fields = ", ".join(f"{name} = {{{value}}}" for name in names)
    batch = read(f"@misc{{a, title = {{A}}, {fields}}}\n@misc{{b, title = {{B}}}}")
    assert [p.title for p in batch.papers] == ["A", "B"]
