"""BibTeX, RIS and CSL-JSON, read by parsers of other authors."""

from __future__ import annotations

from typing import Any

import jsonschema
import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts
from bibtexparser.middlewares.names import parse_single_name_into_parts
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import Author, Paper
from paper_digest.render import citation
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.text import names
from paper_digest.text.tex import convert as latex
from paper_strategies import records

PREPRINT = Paper(
    id="arxiv:2511.00001",
    title=r"LOOMs & the $O(n^2)$ thread: 50\% of {everything}",
    authors=(
        Author("Ada Lovelace"),
        Author("Jan van der Berg Jr."),
        Author("The Loom Collaboration"),
    ),
    published="2025-11-01",
    categories=("cs.DS",),
)
JOURNAL = Paper(
    id="doi:10.1234/loom_5",
    title="Older cloth",
    authors=(Author("Basile Bouchon", family="Bouchon"), Author("Sand and Son Weavers")),
    published="1999-04",
    venue="Journal of Looms & Threads",
    journal_ref="Journal of Looms & Threads 12(3), 45-67, 1999",
    doi="10.1234/loom_5",
    keywords=("looms", "cards"),
)
CONFERENCE = Paper(
    id="arxiv:2001.00001",
    title="Talks on cloth",
    authors=(Author("Plato"),),
    published="2020-01-01",
    journal_ref="Proceedings of the 3rd Loom Days, 2021",
    inferred=True,
)
COUNTED = Paper(
    id="title:0123456789abcdef", title="Counted", author_count=13, published="2024", inferred=True
)

#: The part of https://resource.citationstyles.org/schema/latest/input/json/csl-data.json that an
#: item of ours may use: types and names of fields, nothing beside them.
_STRING = {"type": "string", "minLength": 1}
_NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        ("family", "given", "non-dropping-particle", "suffix", "literal"), _STRING
    ),
    "additionalProperties": False,
    "anyOf": [{"required": ["family"]}, {"required": ["literal"]}],
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
            "minItems": 1,
            "maxItems": 1,
        },
        "circa": {"type": "boolean"},
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_TEXTS = (
    "id", "title", "container-title", "volume", "issue", "page", "DOI", "number", "publisher", "archive", "URL",
    "note", "collection-title", "abstract", "language", "genre",
)  # fmt: skip
CSL = {
    "type": "object",
    "properties": {
        "type": {
            "enum": [
                "article", "article-journal", "book", "chapter", "dataset", "paper-conference", "report", "software",
                "thesis",
            ]
        },
        "author": {"type": "array", "items": _NAME, "minItems": 1},
        "issued": _DATE,
        **dict.fromkeys(_TEXTS, _STRING),
    },
    "required": ["id", "type"],
    "additionalProperties": False,
}  # fmt: skip


def parsed(text: str) -> Any:  # noqa: ANN401 - bibtexparser ships no types
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    [entry] = library.entries
    return entry


def fields(text: str) -> dict[str, Any]:
    return {field.key: field.value for field in parsed(text).fields}


def test_a_preprint_in_bibtex() -> None:
    text = citation.bibtex_entry(PREPRINT)
    assert parsed(text).entry_type == "misc"
    assert parsed(text).key == "lovelace2025looms"
    said = fields(text)
    assert said["title"] == latex.to_bibtex(PREPRINT.title)
    assert said["year"] == "2025"
    assert (said["doi"], said["eprinttype"]) == ("10.48550/arXiv.2511.00001", "arxiv")
    assert (said["eprint"], said["archivePrefix"], said["primaryClass"]) == (
        "2511.00001",
        "arXiv",
        "cs.DS",
    )
    assert said["url"] == "https://arxiv.org/abs/2511.00001"
    assert not said.keys() & {"journal", "booktitle", "howpublished", "note"}
    ada, jan, body = said["author"]
    assert (ada.first, ada.last) == (["Ada"], ["Lovelace"])
    assert (jan.first, jan.von, jan.last, jan.jr) == (["Jan"], ["van", "der"], ["Berg"], ["Jr."])
    assert body.last == ["{The Loom Collaboration}"]


def test_a_journal_article_in_bibtex() -> None:
    entry = parsed(citation.bibtex_entry(JOURNAL))
    said = fields(citation.bibtex_entry(JOURNAL))
    assert entry.entry_type == "article"
    assert said["journal"] == r"Journal of Looms \& Threads"
    assert (said["volume"], said["number"], said["pages"]) == ("12", "3", "45--67")
    assert (said["year"], said["doi"]) == ("1999", "10.1234/loom_5")
    assert [name.last for name in said["author"]] == [["Bouchon"], ["Weavers"]]
    assert len(said["author"]) == 2


def test_a_conference_paper_in_bibtex_keeps_its_preprint() -> None:
    entry = parsed(citation.bibtex_entry(CONFERENCE))
    said = fields(citation.bibtex_entry(CONFERENCE))
    assert entry.entry_type == "inproceedings"
    assert said["booktitle"].startswith("Proceedings of the 3rd")
    assert (said["year"], said["eprint"]) == ("2021", "2001.00001")


@pytest.mark.parametrize(
    ("published", "month"), [("2025-11-01", "nov"), ("2025-05", "may"), ("2025", ""), ("", "")]
)
def test_a_month_that_is_known_is_a_macro_in_bibtex(published: str, month: str) -> None:
    text = citation.bibtex_entry(msgspec.structs.replace(PREPRINT, published=published))
    assert fields(text).get("month", "") == month
    assert (f"  month = {month},\n" in text) == bool(month)
    # Of what is in print only the year is known: the day is the preprint's.
    assert "month" not in fields(citation.bibtex_entry(CONFERENCE))


@given(
    particle=st.sampled_from(["", "de la", "von", "d'"]),
    words=st.lists(
        st.sampled_from(["Cruz", "y", "i", "Àvila", "zu", "Hof", "e", "of"]), min_size=1, max_size=4
    ).filter(lambda words: words[0][0].isupper() and words[-1][0].isupper()),
    suffix=st.sampled_from(["", " Jr."]),
)
def test_bibtex_takes_no_word_of_a_family_name_for_a_particle(
    particle: str, words: list[str], suffix: str
) -> None:
    """BibTeX's own rules: of ``Cruz y Vega, Juan`` the family name is Vega, without braces."""
    whole = f"{particle} {' '.join(words)}".strip()
    paper = Paper(id="doi:10.5555/1", title="K", authors=(Author(f"Juan {whole}{suffix}", whole),))
    name = names.split_name(paper.authors[0])
    assert name is not None
    entry = parse_string(citation.bibtex_entry(paper)).entries[0]
    parts = parse_single_name_into_parts(entry["author"])
    assert " ".join(parts.von) == name.particle
    assert latex_to_text(" ".join(parts.last)) == name.family
    assert latex_to_text(" ".join(parts.first)) == "Juan"


def test_authors_nobody_named_are_not_made_up() -> None:
    said = fields(citation.bibtex_entry(COUNTED))
    assert "author" not in said
    assert said["note"] == "13 authors, names not recorded; year inferred"
    assert "author" not in citation.csl_item(COUNTED)
    assert citation.csl_item(COUNTED)["issued"] == {"date-parts": [[2024]], "circa": True}


@given(records())
def test_bibtex_reads_back(paper: Paper) -> None:
    text = citation.bibtex_entry(paper)
    said = fields(text)
    assert said.get("title", "") == latex.to_latex_commands(latex.to_bibtex(paper.title))
    assert text.isascii()
    assert len(said.get("author", [])) == sum(
        names.split_name(a) is not None for a in paper.authors
    )
    assert text.count("{") == text.count("}")


@given(records())
def test_a_title_without_tex_comes_back_as_it_was(paper: Paper) -> None:
    if any(sign in paper.title for sign in "$\\~`{}^\"@-'%&#_<>|?!") or not paper.title.isascii():
        return
    library = parse_string(
        citation.bibtex_entry(paper), append_middleware=[LatexDecodingMiddleware()]
    )
    [entry] = library.entries
    said = {field.key: field.value for field in entry.fields}
    assert said.get("title", "").replace("{", "").replace("}", "") == latex.to_unicode(paper.title)


def test_a_record_in_ris() -> None:
    [said] = rispy.loads(citation.ris_record(JOURNAL))
    assert said["type_of_reference"] == "JOUR"
    assert said["title"] == "Older cloth"
    assert said["authors"] == ["Bouchon, Basile", "Weavers, Sand and Son"]
    assert (said["year"], said["date"]) == ("1999", "1999/04//")
    assert (said["volume"], said["number"], said["start_page"], said["end_page"]) == (
        "12",
        "3",
        "45",
        "67",
    )
    assert said["doi"] == "10.1234/loom_5"
    assert said["keywords"] == ["looms", "cards"]
    [said] = rispy.loads(citation.ris_record(PREPRINT))
    assert said["type_of_reference"] == "RPRT"
    assert (said["publisher"], said["accession_number"]) == ("arXiv", "arXiv:2511.00001")
    assert said["doi"] == "10.48550/arXiv.2511.00001"
    assert said["authors"][1:] == ["van der Berg, Jan, Jr.", "The Loom Collaboration,"]
    assert said["date"] == "2025/11/01/"


@given(records())
def test_ris_reads_back(paper: Paper) -> None:
    [said] = rispy.loads(citation.ris_record(paper))
    assert said.get("title", "") == latex.to_unicode(paper.title)
    assert len(said.get("authors", [])) == sum(
        names.split_name(a) is not None for a in paper.authors
    )
    assert citation.ris_record(paper).endswith("\r\nER  - \r\n")


@given(records())
def test_csl_is_valid_and_says_the_same(paper: Paper) -> None:
    item = citation.csl_item(paper)
    jsonschema.validate(item, CSL)
    assert item.get("title", "") == latex.to_unicode(paper.title)
    assert len(item.get("author", [])) == sum(
        names.split_name(a) is not None for a in paper.authors
    )


@pytest.mark.parametrize("paper", [PREPRINT, JOURNAL, CONFERENCE, COUNTED], ids=lambda p: p.slug)
def test_a_csl_processor_makes_a_reference_of_it(paper: Paper) -> None:
    item = citation.csl_item(paper)
    jsonschema.validate(item, CSL)
    source = CiteProcJSON([item])
    made = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    made.register(Citation([CitationItem(item["id"])]))
    [shown] = made.bibliography()
    assert latex.to_unicode(paper.title) in str(shown)
    assert paper.published[:3] in str(shown)


def test_a_script_that_decides_a_language_says_so_in_citations() -> None:
    paper = Paper(id="arxiv:2601.00001", title="אריגה בנול", published="2026-01-02")
    assert citation.csl_item(paper)["language"] == "he"
    assert "LA  - he\r\n" in citation.ris_record(paper)
    assert '<meta name="citation_language" content="he">' in citation.head_html(paper, "")
    for title in ("Looms", "织机", "Die Webstühle"):
        assert "language" not in citation.csl_item(msgspec.structs.replace(paper, title=title))
