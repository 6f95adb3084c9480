"""Sources that give lists, followed as a person does, against a server on loopback that has several pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback_server import Reply, Server, send
from paths import DATA
from source_answers import project, tree
from temporary_project import digest

#: An answer by the path and the parameters of what was asked.
Answers = Callable[[str, dict[str, str]], bytes]


class Replies(dict[str, list[Reply]]):
    """Replies worked out from the address."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers

    def __missing__(self, path: str) -> list[Reply]:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return [send(self._answers(parts.path, asked), Content_Type="text/plain")]


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def _biorxiv(path: str, _: dict[str, str]) -> bytes:
    first = int(path.split("/")[-2])
    record = {"doi": f"10.1101/2026.02.25.{first:06}", "title": f"Kite {first}", "version": "1"}
    message = {"status": "ok", "total": "3"}
    return json.dumps({"messages": [message], "collection": [record]}).encode()


def _crossref(_: str, asked: dict[str, str]) -> bytes:
    begin = 0 if asked["cursor"] == "*" else 200
    items = [{"DOI": f"10.1234/{n}", "title": [f"Kite number {n}"]} for n in range(begin, 201)]
    message = {"items": items[:200], "next-cursor": "a/b+c=="}
    return json.dumps({"message-type": "work-list", "message": message}).encode()


def _openreview(_: str, asked: dict[str, str]) -> bytes:
    begin = int(asked["offset"])
    notes = [
        {"id": f"forum{n}", "forum": f"forum{n}", "content": {"title": {"value": f"Kite {n}"}}}
        for n in range(begin, 1002)
    ]
    return json.dumps({"notes": notes[:1000]}).encode()


def _dblp(_: str, asked: dict[str, str]) -> bytes:
    year, begin = asked["q"].rpartition(" year:")[2][:4], int(asked["f"])
    info = {"key": f"conf/x/{year}{begin}", "title": f"Kite {begin}.", "year": year, "venue": "X"}
    return json.dumps({"result": {"hits": {"@total": "2", "hit": [{"info": info}]}}}).encode()


def _zotero(_: str, asked: dict[str, str]) -> bytes:
    begin = int(asked["start"])
    items = [
        {"key": f"K{n:07}", "data": {"itemType": "journalArticle", "title": f"Kite number {n} of many"}}
        for n in range(begin, 101)
    ]  # fmt: skip
    return json.dumps(items[:100]).encode()


def _feed(path: str, _: dict[str, str]) -> bytes:
    return (DATA / "feed" / path.rpartition("/")[2]).read_bytes()


@pytest.mark.parametrize(
    ("source", "options", "answers", "count"),
    [
        ("biorxiv", {}, _biorxiv, 3),
        ("crossref", {"journals": ["1476-4687"]}, _crossref, 201),
        ("openreview", {"venues": ["X.cc/2026/Conference"]}, _openreview, 1002),
        ("dblp", {"venues": ["conf/x"]}, _dblp, 4),
        ("zotero", {"groups": ["12345"]}, _zotero, 101),
        ("feed", {"urls": ["/journal.rdf", "/lab.atom"]}, _feed, 2),
    ],
)
def test_a_source_is_followed_over_all_its_pages_and_twice_changes_nothing(
    server: Server,
    tmp_path: Path,
    source: str,
    options: dict[str, list[str]],
    answers: Answers,
    count: int,
) -> None:
    server.replies = Replies(answers)
    entry: dict[str, object] = {"source": source, **options}
    if source == "feed":
        entry["urls"] = [server.base + url for url in options["urls"]]
    else:
        entry["base_url"] = server.base
    root = project(tmp_path, [entry])
    first = digest(root, "ingest")
    assert first.returncode == 0, first.stdout + first.stderr
    papers = tree(root)
    assert len(papers) == count
    again = digest(root, "ingest")
    assert again.returncode == 0, again.stdout + again.stderr
    assert tree(root) == papers


def test_one_paper_of_several_sources_is_one_record_and_each_field_has_the_best_source(
    server: Server, tmp_path: Path
) -> None:
    doi = "10.1234/kites.2026.7"
    info = {"key": "x/1", "title": "Kites of order n.", "venue": "J. Made Up", "doi": doi, "year": "2026"}  # fmt: skip
    work = {"DOI": doi, "title": ["Kites of Order n"], "container-title": ["Studies, Made Up"]}  # fmt: skip
    answers = {
        "/journal.rdf": _feed("/journal.rdf", {}).decode(),
        "/search/publ/api": json.dumps({"result": {"hits": {"@total": "1", "hit": [{"info": info}]}}}),
        f"/works/{doi.replace('/', '%2F')}": json.dumps({"message-type": "work", "message": work}),
        "/groups/12345/items/top": json.dumps(
            [{"key": "A", "data": {"itemType": "journalArticle", "title": "KITES!", "DOI": doi}}]
        ),
    }  # fmt: skip

    def answer(path: str, _: dict[str, str]) -> bytes:
        return answers[path].encode()

    server.replies = Replies(answer)
    base = {"base_url": server.base}
    root = project(
        tmp_path,
        [
            {"source": "zotero", "groups": "12345", **base},
            {"source": "feed", "urls": f"{server.base}/journal.rdf"},
            {"source": "dblp", "authors": "Zoë de Quill", **base},
            {"source": "crossref", "dois": doi, **base},
        ],
    )
    ran = digest(root, "ingest")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    [record] = tree(root).values()
    assert b'"Kites of Order n"' in record
    explained = digest(root, "explain", doi).stdout
    believed = {line[2:16].strip(): line[16:] for line in explained.splitlines() if line[:1] == "="}
    assert believed["title"].startswith("Crossref")
    assert believed["venue"].startswith("Crossref")
    assert believed["authors"].startswith("RSS and Atom")
