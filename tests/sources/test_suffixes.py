"""``Jr.`` and the like beside the names, where a format has no field for them: one name in every source."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author
from paper_digest.sources.registry import registry
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import Name, split_name, whole_name

ANTHOLOGY = """<collection id="2024.kites"><volume id="long"><meta><booktitle>Kites</booktitle><year>2024</year></meta>
<paper id="1"><title>Kites</title><author><first>{given}</first><last>{family}</last></author></paper></volume></collection>"""


def records(given: str, family: str) -> dict[str, str]:
    """Return, by source, a record that a person signed."""
    work = {"DOI": "10.5555/x", "title": ["Kites"], "author": [{"given": given, "family": family}]}
    creator = {"name": f"{family}, {given}", "nameType": "Personal"}
    attributes = {"doi": "10.5555/x", "titles": [{"title": "Kites"}]}
    split = {**creator, "givenName": given, "familyName": family}
    person = {"creatorType": "author", "firstName": given, "lastName": family}
    item = {"itemType": "journalArticle", "title": "Kites", "creators": [person]}
    csl = {"type": "article", "title": "Kites", "author": [{"given": given, "family": family}]}
    posted = {"doi": "10.1101/2024.01.15.1", "title": "Kites", "authors": f"{family}, {given}"}
    preprints = {"messages": [{"status": "ok", "total": 1}], "collection": [posted]}
    return {
        "crossref": json.dumps({"message-type": "work", "message": work}),
        "datacite": json.dumps({"data": {"attributes": {**attributes, "creators": [split]}}}),
        "zotero": json.dumps([{"key": "A", "data": item}]),
        "csl": json.dumps([csl]),
        "biorxiv": json.dumps(preprints),
        "acl": ANTHOLOGY.format(given=given, family=family),
    }


@pytest.mark.parametrize("between", [" ", ", "])
@pytest.mark.parametrize("suffix", ["Jr.", "Jr", "Sr.", "II", "III", "IV"])
@pytest.mark.parametrize("source", sorted(records("", "")))
def test_a_suffix_behind_the_given_names_stands_at_the_end(
    source: str, suffix: str, between: str
) -> None:
    text = records(f"Ada M.{between}{suffix}", "van der Berg")[source]
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    assert paper.authors == (Author(f"Ada M. van der Berg {suffix}", family="van der Berg"),)
    assert split_name(paper.authors[0]) == Name("Berg", "Ada M.", "van der", suffix)


@pytest.mark.parametrize("given", ["Jr.", "IV", "Ada, Mira", "Vi Li", "Ada iv"])
def test_a_given_name_that_is_no_suffix_stays_where_it_is(given: str) -> None:
    assert whole_name(given, "Berg") == f"{given} Berg"
    assert whole_name("Ada Jr.", "Berg", "III") == "Ada Jr. Berg III"


@pytest.mark.parametrize("between", [" ", ", "])
@pytest.mark.parametrize("suffix", ["Jr.", "Jr", "Sr.", "II", "III", "IV"])
@pytest.mark.parametrize("source", sorted(records("", "")))
def test_a_suffix_in_the_family_name_is_no_part_of_it(
    source: str, suffix: str, between: str
) -> None:
    text = records("Ada M.", f"van der Berg{between}{suffix}")[source]
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    assert paper.authors == (Author(f"Ada M. van der Berg {suffix}", family="van der Berg"),)


@pytest.mark.parametrize(
    ("given", "family"),
    [("Ada", "Jr."), ("", "Berg Jr."), ("Ada", "Berg Iv"), ("Ada", "Vi"), ("Ada", "Berg, Vi Li")],
)
def test_a_family_name_that_holds_no_suffix_stays_as_it_is(given: str, family: str) -> None:
    expected = Author(f"{given} {family}".strip(), family=family if given else "")
    assert author_of_parts(given, family) == expected


@pytest.mark.parametrize("family", ["Berg", "van der Berg", "Berg Quill"])
@pytest.mark.parametrize("given", ["Ada", "Ada M.", "A. M."])
@pytest.mark.parametrize("suffix", ["Jr.", "Jr", "Sr.", "II", "III", "IV"])
@pytest.mark.parametrize("source", ["bibtex", "ris"])
def test_bibtex_and_ris_have_one_name_wherever_the_suffix_stands(
    source: str, suffix: str, given: str, family: str
) -> None:
    forms = [
        f"{family} {suffix}, {given}",
        f"{family}, {suffix}, {given}",
        f"{family}, {given}, {suffix}",
        f"{family}, {given} {suffix}",
    ]
    if source == "bibtex":
        forms = [*forms[:3], f"{{{family} {suffix}}}, {given}"]
        if family != "Berg Quill":  # of which nothing tells where it begins
            forms += [f"{given} {family} {suffix}", f"{given} {family}, {suffix}"]
    for form in forms:
        text = {
            "bibtex": f"@article{{berg, title={{Kites}}, author={{{form} and Bo Moan}}}}",
            "ris": f"TY  - JOUR\nTI  - Kites\nAU  - {form}\nAU  - Moan, Bo\nER  - \n",
        }[source]
        batch = registry().source(source).parse(text.encode(), Request("a.bib"))
        expected = (
            Author(f"{given} {family} {suffix}", family=family),
            Author("Bo Moan", family="Moan"),
        )
        assert (batch.papers[0].authors, batch.problems) == (expected, ()), form


def test_two_whole_names_between_a_comma_stay_two() -> None:
    for listed in ("Martin King Jr., Pia Ost and Ulf Held", "M. King Jr., Pia Ost"):
        text = f"@article{{king, title={{Kites}}, author={{{listed}}}}}"
        [paper] = registry().source("bibtex").parse(text.encode(), Request("a.bib")).papers
        assert [(a.name, a.family) for a in paper.authors][:2] == [
            (f"{listed.split(',')[0]}", "King"),
            ("Pia Ost", "Ost"),
        ]
