"""HTML's entities in names, venues and keywords, and TeX in names: whichever source left them there, the archive has none."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingested_answer import ingest_answer
from paper_digest.model.paper import Author, Claim, Paper
from paper_digest.store.files import Store
from paper_digest.text.entities import plain_fields, plain_text

FAMILY, BODY = "O&#39;Hara L&oacute;pez", "Kite &amp; Wind Group"
#: The same person and body in the form of each source that has both.
ANSWERS = {
    "biorxiv": json.dumps({
        "messages": [{"status": "ok", "total": "1"}],
        "collection": [{
            "title": "Kites", "authors": f"{FAMILY}, Zoe; {BODY}, ;", "doi": "10.1101/2020.05.06.111111",
            "date": "2020-05-06", "version": "1",
        }],
    }),
    "crossref": json.dumps({"message-type": "work", "message": {
        "DOI": "10.5555/kites.1", "title": ["Kites"], "container-title": ["Kites"],
        "author": [{"given": "Zoe", "family": FAMILY}, {"name": BODY}],
    }}),
    "csl": json.dumps([{
        "id": "a", "type": "article-journal", "title": "Kites",
        "author": [{"given": "Zoe", "family": FAMILY}, {"literal": BODY}],
    }]),
    "datacite": json.dumps({"data": {"attributes": {
        "doi": "10.5281/zenodo.1", "titles": [{"title": "Kites"}],
        "creators": [
            {"name": f"{FAMILY}, Zoe", "givenName": "Zoe", "familyName": FAMILY},
            {"name": BODY, "nameType": "Organizational"},
        ],
    }}}),
    "ris": f"TY  - JOUR\nTI  - Kites\nAU  - {FAMILY}, Zoe\nAU  - {BODY}\nER  - \n",
    "zotero": json.dumps([{"key": "A", "data": {
        "key": "A", "itemType": "journalArticle", "title": "Kites",
        "creators": [
            {"creatorType": "author", "firstName": "Zoe", "lastName": FAMILY},
            {"creatorType": "author", "name": BODY},
        ],
    }}]),
}  # fmt: skip


@pytest.mark.parametrize("source", ANSWERS)
def test_a_name_is_written_without_entities(tmp_path: Path, source: str) -> None:
    store = Store(tmp_path)
    ingest_answer(store, source, ANSWERS[source].encode())
    [paper] = store.read_all()
    person, group = paper.authors
    assert person == Author("Zoe O'Hara López", family="O'Hara López")
    assert group.name == "Kite & Wind Group"


@pytest.mark.parametrize("source", ANSWERS)
def test_a_name_is_written_without_accents_in_tex(tmp_path: Path, source: str) -> None:
    """The page printed what citations and feeds did not, and search found the latter alone."""
    escaped = json.dumps(r"Guti\'errez L{\'o}pez")[1:-1]
    family = r"Guti\'errez L{\'o}pez" if source == "ris" else escaped
    answer = ANSWERS[source].replace(FAMILY, family).replace(BODY, family[:-1] + "n Group")
    store = Store(tmp_path)
    ingest_answer(store, source, answer.encode())
    [paper] = store.read_all()
    person, group = paper.authors
    assert person == Author("Zoe Gutiérrez López", family="Gutiérrez López")
    assert group.name == "Gutiérrez Lópen Group"


def test_formulas_in_names_stay_and_a_comma_at_an_end_is_no_part_of_one() -> None:
    names = {"The $\\mu$LOOM {Group}": "The $\\mu$LOOM Group", "Ada Quill,": "Ada Quill", ",": ","}
    paper = Paper(id="arxiv:2601.00001", authors=tuple(map(Author, names)))
    assert [one.name for one in plain_fields(paper).authors] == list(names.values())


@pytest.mark.parametrize("source", ["jsonl", "archive"])
def test_a_dump_of_another_archive_is_taken_without_entities(tmp_path: Path, source: str) -> None:
    """An archive that an earlier version filled has them still, in what it believes and in what it does not."""
    other: dict[str, object] = {"authors": [{"name": f"Z. {FAMILY}"}], "venue": BODY}
    there = Paper(
        id="arxiv:2601.00001",
        title="Kites",
        authors=(Author(f"Zoe {FAMILY}", family=FAMILY),),
        venue="Kites &amp; Winds",
        keywords=("R&amp;D",),
        claims=(
            Claim("crossref", agrees=("authors", "venue", "keywords", "title")),
            Claim("bibtex", differs={**other, "keywords": ["R&amp;D", "R&D", "Wind"]}),
            Claim("ris", differs={"keywords": None, "authors": None, "venue": ""}),
        ),
    )
    store = Store(tmp_path)
    for _ in range(2):
        ingest_answer(store, source, msgspec.json.encode(there))
    [paper] = store.read_all()
    assert b"&amp;" not in msgspec.json.encode(paper)
    assert paper.authors == (Author("Zoe O'Hara López", family="O'Hara López"),)
    [bibtex] = [claim for claim in paper.claims if claim.source == "bibtex"]
    assert bibtex.differs["authors"] == [{"name": "Z. O'Hara López"}]
    assert not any(claim.superseded for claim in paper.claims)


def test_short_fields_lose_entities_and_long_ones_keep_what_they_say() -> None:
    paper = Paper(
        id="arxiv:2601.00001",
        title="What &amp;amp; means",
        keywords=("R&amp;D", "R&D"),
        venue="Kites &amp; Winds",
        journal_ref="Kites &amp; Winds 3",
        organisation="Lofts &amp; Co",
        abstract="We escape &lt;.",
    )
    plain = plain_fields(paper)
    assert (plain.title, plain.abstract) == (paper.title, paper.abstract)
    assert plain.keywords == ("R&D",)
    assert (plain.venue, plain.journal_ref) == ("Kites & Winds", "Kites & Winds 3")
    assert plain.organisation == "Lofts & Co"


@given(st.text(alphabet="ab&#;1039xX amp\n", max_size=30))
def test_what_is_plain_is_one_line_and_never_nothing(text: str) -> None:
    plain = plain_text(text)
    assert bool(plain) == bool(text)
    assert plain == text or "\n" not in plain


@given(st.text(alphabet=r"\{}$'~^ab ,&;lt", max_size=24).map(lambda text: " ".join(text.split())))
def test_a_name_that_comes_in_again_is_the_same(name: str) -> None:
    once = plain_fields(Paper(id="arxiv:2601.00001", authors=(Author(name or "a"),)))
    assert plain_fields(once) == once
    assert once.authors[0].name
