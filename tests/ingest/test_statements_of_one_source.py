"""A preprint and its print, or two versions, are one record and two statements of one registry: none hides the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

PREPRINT_DOI, PRINT_DOI = "10.1101/2021.01.02.123456", "10.1016/j.kite.2021.7"
PREPRINT: dict[str, object] = {
    "DOI": PREPRINT_DOI,
    "type": "posted-content",
    "title": ["Kites of paper and glue"],
    "author": [{"given": "Ada", "family": "Lund"}],
    "issued": {"date-parts": [[2021, 1, 2]]},
    "abstract": "<jats:p>We fold kites.</jats:p>",
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": PRINT_DOI}]},
}
PRINT: dict[str, object] = {
    "DOI": PRINT_DOI,
    "type": "journal-article",
    "title": ["Kites of Glue and Paper"],
    "author": [{"given": "Ada B.", "family": "Lund"}],
    "issued": {"date-parts": [[2021, 9]]},
    "container-title": ["J. Kites"],
    "volume": "3",
}


def version(number: int, title: str) -> dict[str, object]:
    concept = {"relationType": "IsVersionOf", "relatedIdentifierType": "DOI"}
    return {
        "doi": f"10.5281/zenodo.{number}",
        "titles": [{"title": title}],
        "publicationYear": 2021,
        "relatedIdentifiers": [{**concept, "relatedIdentifier": "10.5281/zenodo.10"}],
    }


def submission(forum: str, venue: str, venue_id: str, title: str) -> dict[str, object]:
    places = {"venue": {"value": venue}, "venueid": {"value": venue_id}}
    authors = {"authors": {"value": ["Finn Ude"]}}
    return {
        "id": forum,
        "forum": forum,
        "cdate": 1_609_600_000_000,
        "content": {"title": {"value": title}, **authors, **places},
    }


def answers(source: str, records: Sequence[dict[str, object]]) -> list[tuple[str, bytes]]:
    wraps: dict[str, Callable[[object], object]] = {
        "crossref": lambda record: {"message-type": "work", "message": record},
        "datacite": lambda record: {"data": {"attributes": record}},
        "openreview": lambda record: {"notes": [record]},
    }
    return [(source, json.dumps(wraps[source](record)).encode()) for record in records]


ARXIV = (
    "bibtex",
    b"@misc{a, title={Strings that hold in every wind}, author={Ude, Finn}, year=2021, eprint={2101.00007}}",
)
#: One article as four others have it: they disagree on all but its DOI.
FORMS = [
    (
        "acl",
        (b"<collection id='2021.kites'><volume id='1' type='journal'><meta>"
        b"<booktitle>Kite Studies, Volume 3</booktitle><journal-volume>3</journal-volume><year>2021</year></meta>"
        b"<paper id='1'><title>Kites of Paper and Glue</title><author><first>Ada</first><last>Lund</last></author>"
        b"<author><first>Kit</first><last>O'Hara</last></author><doi>10.5555/kites.7</doi></paper></volume></collection>"),
    ),
    (
        "feed",
        (b"<rss><channel><item><title>KITES OF PAPER AND GLUE</title><guid>10.5555/KITES.7</guid>"
        b"<pubDate>2020-12</pubDate><creator xmlns='http://purl.org/dc/elements/1.1/'>Kit O'Hara, and Ada Lund</creator>"
        b"</item></channel></rss>"),
    ),
    (
        "ris",
        (b"TY  - JOUR\nTI  - Kites of paper and glue.\nAU  - O&#39;Hara, K.\nAU  - Lund, A.\n"
        b"JO  - J. Kites\nPY  - 2021\nDO  - https://doi.org/10.5555/kites.7\nER  - \n"),
    ),
    (
        "zotero",
        json.dumps([{"key": "A", "data": {
            "itemType": "journalArticle", "title": "Kites of paper &amp; glue", "date": "2021-03-04",
            "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lund"}],
            "publicationTitle": "Kite Studies", "DOI": "10.5555/kites.7",
        }}]).encode(),
    ),
]  # fmt: skip
SETS = {
    "one DOI": FORMS,
    "preprint and print": answers("crossref", [PREPRINT, PRINT]),
    "versions": answers("datacite", [version(11, "Kites v1"), version(12, "Kites v2")]),
    "two submissions": [
        ARXIV,
        *answers(
            "openreview",
            [
                submission(
                    "forumA", "", "X.cc/Rejected_Submission", "STRINGS THAT HOLD IN EVERY WIND"
                )
            ],
        ),
        *answers(
            "openreview",
            [submission("forumB", "Accepted by JKITE", "JKITE", "Strings that Hold in Every Wind")],
        ),
    ],
}


def ingest(root: Path, said: Sequence[tuple[str, bytes]], day: str) -> list[Paper]:
    store = Store(root)
    with store.lock():
        writer = PaperWriter(store, IngestReport(), date(2026, 3, 9))
        for name, data in said:
            source = registry().by_name[name]
            for paper in source.parse(data, Request("https://example.org/works/x")).papers:
                writer.ingest_paper(paper, source, day, "x")
        writer.finish()
    return list(store.read_all())


def stored(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in (root / "papers").rglob("*.md")}


@pytest.mark.parametrize("said", [SETS["preprint and print"], SETS["versions"], SETS["one DOI"]])
def test_neither_the_order_nor_a_second_reading_changes_a_record(
    tmp_path: Path, said: list[tuple[str, bytes]]
) -> None:
    outcomes = []
    for number, order in enumerate(permutations(said)):
        root = tmp_path / str(number)
        assert len(ingest(root, order, "2026-03-01")) == 1
        outcomes.append(stored(root))
        for day in ("2026-03-01", "2026-03-08"):
            ingest(root, order, day)
            assert stored(root) == outcomes[-1]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_record_has_the_doi_and_the_place_of_the_print(tmp_path: Path) -> None:
    for number, order in enumerate(permutations(SETS["preprint and print"])):
        [paper] = ingest(tmp_path / str(number), order, "2026-03-01")
        assert (paper.doi, paper.venue) == (PRINT_DOI, "J. Kites")
        assert paper.abstract == "We fold kites."


def test_two_submissions_of_one_paper_do_not_hide_each_other(tmp_path: Path) -> None:
    arxiv, rejected, accepted = SETS["two submissions"]
    outcomes = []
    for number, order in enumerate(((arxiv, accepted, rejected), (arxiv, rejected, accepted))):
        root = tmp_path / str(number)
        [paper] = ingest(root, order, "2026-03-01")
        assert paper.venue == "Accepted by JKITE"
        outcomes.append(stored(root))
        ingest(root, order, "2026-03-08")
        assert stored(root) == outcomes[-1]
    assert outcomes[0] == outcomes[1]
