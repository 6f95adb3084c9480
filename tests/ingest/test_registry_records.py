"""Records of registries as they come: followed over HTTP, they say no wrong fact, and twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback_server import Server, send
from paper_digest.store.files import Store
from source_answers import project, tree
from temporary_project import digest

WORK = {
    "DOI": "10.5555/kites.3",
    "type": "book-chapter",
    "title": ["On <i>paper</i> kites &amp;amp; CO<sub>2</sub>: A study"],
    "subtitle": ["A study"],
    "container-title": ["Lecture Notes in Kites", "Kites 2021"],
    "author": [{"given": "Ada", "family": "van der Lund", "suffix": "Jr."}, {"name": "Kite Team"}],
    "issued": {"date-parts": [[2021]]},
    "license": [
        {"URL": "https://example.org/mining", "content-version": "tdm"},
        {"URL": "https://example.org/by", "content-version": "vor"},
    ],
}
DATASET = {
    "doi": "10.5281/zenodo.77",
    "titles": [{"title": "Tables of glue"}],
    "creators": [{"name": "(:unav)"}, {"name": "Rem, Carla", "nameType": "Personal"}],
    "publicationYear": 2020,
    "dates": [{"date": "2024-01-01", "dateType": "Available"}],
}
NOTE = {
    "id": "kiteForum1",
    "forum": "kiteForum1",
    "cdate": 1_700_000_000_000,
    "content": {
        "title": {"value": "Strings that hold"},
        "authors": {"value": [{"fullname": "Finn Ude", "username": "~Finn_Ude1"}]},
        "venue": {"value": "Retracted by Authors"},
        "venueid": {"value": "JKITE/Retracted_Acceptance"},
    },
}


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def test_records_of_registries_say_no_wrong_fact(server: Server, tmp_path: Path) -> None:
    answers = {
        "/works/10.5555%2Fkites.3": {"message-type": "work", "message": WORK},
        "/dois/10.5281%2Fzenodo.77": {"data": {"attributes": DATASET}},
        "/notes?id=kiteForum1": {"notes": [NOTE]},
    }
    for path, answer in answers.items():
        server.replies[path] = [send(json.dumps(answer).encode(), Content_Type="application/json")]
    base = {"base_url": server.base}
    root = project(
        tmp_path,
        [
            {"source": "crossref", "dois": WORK["DOI"], **base},
            {"source": "datacite", "dois": DATASET["doi"], **base},
            {"source": "openreview", "ids": NOTE["id"], **base},
        ],
    )
    ran = digest(root, "ingest")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    once = tree(root)
    kites, strings, glue = sorted(Store(root / "archive").read_all(), key=lambda p: p.title)
    assert kites.title == "On paper kites & CO$_2$: A study"
    assert [a.name for a in kites.authors] == ["Ada van der Lund Jr.", "Kite Team"]
    assert (kites.venue, kites.licence) == ("Kites 2021", "https://example.org/by")
    assert kites.published == "2021"
    assert [a.name for a in strings.authors] == ["Finn Ude"]
    assert (strings.withdrawn, strings.venue) == ("retracted", "")
    assert ([a.name for a in glue.authors], glue.published) == (["Carla Rem"], "2020")
    assert digest(root, "ingest").returncode == 0
    assert tree(root) == once
