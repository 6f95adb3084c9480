"""``Jr.`` and the like behind the given names, where a format has no field for them: one name in every source."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author
from paper_digest.sources.registry import registry
from paper_digest.text.names import Name, split_name, whole_name


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
