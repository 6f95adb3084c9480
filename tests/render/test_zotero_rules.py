"""What Zotero makes of a page's head, by the rules of its translator "Embedded Metadata".

The rules were read in github.com/zotero/translators and are written here in our own words, so that
they hold where no server of Zotero's runs; ``tests/consumers/test_zotero_server.py`` asks a real one.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from paper_digest.model.paper import Paper
from paper_digest.render.citation import MAX_AUTHORS_CITED, head_html
from paper_digest.render.citation.facts import citation_facts
from paper_strategies import records
from twenty_papers import KindOfPaper, twenty_papers

#: The type that a tag settles; the last of them in the head wins.
_TYPE_TAGS = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}


class ZoteroItem:
    """An item as the translator fills it from the tags of a head."""

    def __init__(self, head: str) -> None:
        """Read a head."""
        soup = BeautifulSoup(head, "html.parser")
        self._tags = [
            (str(tag["name"]), str(tag["content"])) for tag in soup.find_all("meta", {"name": True})
        ]

    def value(self, name: str) -> str:
        """Return the first value of a tag, its white space made single spaces."""
        return " ".join(next((v for n, v in self._tags if n == name), "").split())

    @property
    def item_type(self) -> str:
        """The tag of a container settles it; else ``dc.type``; else a title alone is an article."""
        types = [_TYPE_TAGS[name] for name, _ in self._tags if name in _TYPE_TAGS]
        return types[-1] if types else self.value("dc.type") or "journalArticle"

    @property
    def creators(self) -> list[tuple[str, str]]:
        """Family and given name of each author."""
        values = [value for name, value in self._tags if name == "citation_author"]
        names = [part for value in values for part in re.split(r"\s*;\s*", value)]
        if len(names) == 1:
            halves = re.split(r"\s*,\s*", names[0])
            # One author whose halves both have spaces is taken for several.
            names = halves if len(halves) > 1 and " " in halves[0] and " " in halves[1] else names
        # One that follows itself is dropped.
        return [_split(name) for n, name in enumerate(names) if n == 0 or name != names[n - 1]]


def _split(name: str) -> tuple[str, str]:
    """Split at a comma where there is one, else at the last space."""
    bare = name.strip(" .,/[]:\u00a0")
    if "," in name:
        family, _, rest = bare.partition(",")
        return family, rest.split(",")[0].strip()
    given_name, _, family = bare.rpartition(" ")
    return family, given_name


@pytest.mark.parametrize("one", twenty_papers(), ids=lambda one: one.kind)
def test_each_kind_of_paper_arrives_as_what_it_is(one: KindOfPaper) -> None:
    item = ZoteroItem(head_html(one.paper, f"https://papers.example.org/{one.paper.slug}/"))
    # Of an undated paper by nobody's registry nothing says what it is; a title alone is an article.
    assert item.item_type == ("journalArticle" if one.item_type == "document" else one.item_type)
    families = [unicodedata.normalize("NFC", family) for family, _ in item.creators]
    assert len(families) == min(len(one.paper.authors), MAX_AUTHORS_CITED)
    expected = [name.removeprefix("The ") for name in one.family_names]
    assert [name.removeprefix("The ") for name in families[: len(expected)]] == expected
    assert item.value("citation_abstract")
    assert item.value("citation_doi") == citation_facts(one.paper).doi
    assert item.value("citation_public_url") == citation_facts(one.paper).url
    if one.item_type == "preprint":
        assert item.value("citation_publisher") == "arXiv"
        assert item.value("citation_technical_report_number") == f"arXiv:{one.paper.bare_id}"


@given(records())
def test_no_author_of_any_paper_becomes_two_or_none(paper: Paper) -> None:
    item = ZoteroItem(head_html(paper, ""))
    values = [value for name, value in item._tags if name == "citation_author"]
    repeated = sum(a == b for a, b in pairwise(values))
    if not any(";" in value for value in values):
        assert len(item.creators) == len(values) - repeated
