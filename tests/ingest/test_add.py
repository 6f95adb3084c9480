"""Papers by name: many in one request, from files and standard input, and what is said when none comes."""

from __future__ import annotations

import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from loopback_server import FakeTime, Server, send
from paper_digest.ingest import commands
from paper_digest.ingest.add import base_urls, locate_papers
from paper_digest.ingest.files import ingest_files
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.errors import Problem
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from source_answers import QUERY, fetching, found, project

BOATS = found(("2511.01230", "Boats", ["Ada Lane"]), ("2511.01231", "Kites", ["Bo Reed"]))


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    running.replies = defaultdict(lambda: [send(BOATS)])
    yield running
    running.stop()


def add(root: Path, server: Server, *names: str) -> IngestReport:
    opened = fetching(server, FakeTime())
    return commands.add_papers(root, names, lambda _: None, opened)


def test_many_ids_are_one_request(tmp_path: Path, server: Server) -> None:
    project(tmp_path, [])
    report = add(tmp_path, server, "2511.01230", "arXiv:2511.01231v2 [cs.RO]", "2511.01230v1")
    assert report.new == {"arxiv:2511.01230", "arxiv:2511.01231"}
    assert not report.problems
    paths = [path for path, _ in server.calls if path.startswith(QUERY)]
    assert len(paths) == 1
    assert "id_list=2511.01230,2511.01231&" in paths[0]


def test_an_id_that_is_not_answered_is_named(tmp_path: Path, server: Server) -> None:
    project(tmp_path, [])
    report = add(tmp_path, server, "2511.01230", "2511.09999", "2511.01231")
    assert len(report.new) == 2
    assert [("2511.09999" in p.what) for p in report.problems] == [True]


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_files_and_standard_input_hold_names(
    tmp_path: Path, server: Server, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, [])
    words = "2511.01230  # boats\n- [Kites](https://arxiv.org/abs/2511.01231)\nnonsense\n"
    name = "-"
    if way == "file":
        name = str(tmp_path / "list.md")
        Path(name).write_text(words, "utf-8")
    else:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words.encode())))
    report = add(tmp_path, server, name)
    assert report.new == {"arxiv:2511.01230", "arxiv:2511.01231"}
    assert [(p.where == name or way == "stdin", p.line) for p in report.problems] == [(True, 3)]


def test_more_ids_than_one_request_takes_are_several() -> None:
    problems: list[Problem] = []
    names = [f"2511.{number:05}" for number in range(1, 251)]
    located = list(locate_papers(["10.5555/boats", *names, "nonsense"], problems))
    assert [one.source.name for one in located] == ["crossref", "arxiv", "arxiv", "arxiv"]
    assert [p.where for p in problems] == ["“nonsense”"]


@pytest.mark.parametrize("source", ["text", "arxiv", "ids"])
def test_a_file_of_ids_makes_no_paper_by_itself(tmp_path: Path, source: str) -> None:
    listed = io.BytesIO(b"2511.01230\n2511.01231\n# later\narXiv:2511.01232v2\n")
    report = ingest_files(Store(tmp_path), registry().by_name[source], [("ids.txt", listed)])
    assert report.paper_count == 0
    assert report.paper_names == ["2511.01230", "2511.01231", "arXiv:2511.01232v2"]


def test_a_followed_list_of_ids_is_asked_for(tmp_path: Path, server: Server) -> None:
    (tmp_path / "list.txt").write_text("2511.01230\n2511.01231\n", "utf-8")
    project(tmp_path, [{"source": "ids", "files": ["list.txt"]}])
    runs, problems = commands.ingest_followed(
        tmp_path,
        (None, None),
        replay=False,
        show_progress=lambda _: None,
        fetcher_factory=fetching(server, FakeTime()),
    )
    assert not problems
    assert [run.new for run in runs] == [2]


def crossref_work(doi: str) -> bytes:
    work = {"DOI": doi, "title": ["Boats of Crossref"]}
    return json.dumps({"message-type": "work", "message": work}).encode()


def datacite_work(doi: str) -> bytes:
    work = {"doi": doi, "titles": [{"title": "Boats of DataCite"}]}
    return json.dumps({"data": {"attributes": work}}).encode()


@pytest.mark.parametrize("doi", ["10.5555/boats", "10.5281/zenodo.12345"])
@pytest.mark.parametrize("knows", ["crossref", "datacite", "nobody"])
def test_a_doi_that_one_agency_does_not_know_is_asked_of_the_other(
    tmp_path: Path, server: Server, doi: str, knows: str
) -> None:
    project(tmp_path, [])
    missing = [send(b"not here", 404)]
    quoted = quote(doi, safe="")
    replies = {
        f"/api.crossref.org/works/{quoted}": [send(crossref_work(doi))]
        if knows == "crossref"
        else missing,
        f"/api.datacite.org/dois/{quoted}": [send(datacite_work(doi))]
        if knows == "datacite"
        else missing,
    }
    server.replies = defaultdict(lambda: missing, replies)
    report = add(tmp_path, server, doi)
    assert report.new == (set() if knows == "nobody" else {f"doi:{doi}"})
    assert ["know no such paper" in p.what for p in report.problems] == [True] * (knows == "nobody")
    assert len(server.calls) <= 2


def test_papers_are_asked_for_where_their_sources_services_lie(
    tmp_path: Path, server: Server
) -> None:
    mirrors: dict[str, dict[str, object]] = {
        "arxiv": {"ids": ["2511.01231"]},
        "crossref": {"dois": ["10.5555/a"]},
    }
    entries: list[dict[str, object]] = [
        {"source": name, **options, "base_url": f"https://{name}.example.org/mirror"}
        for name, options in mirrors.items()
    ]
    project(tmp_path, entries)
    server.replies["/crossref.example.org/mirror/works/10.5555%2Fboats"] = [
        send(crossref_work("10.5555/boats"))
    ]
    report = add(tmp_path, server, "2511.01230", "10.5555/boats")
    assert report.new >= {"arxiv:2511.01230", "doi:10.5555/boats"}
    asked = {request.url for request in asked_requests(tmp_path, "2511.01230", "10.5555/boats")}
    assert {urlsplit(url).hostname for url in asked} == {
        "arxiv.example.org",
        "crossref.example.org",
    }


def asked_requests(root: Path, *names: str) -> list[Request]:
    services = base_urls(load_config(root).follow)
    return [one.request for one in locate_papers(names, [], services)]


def test_enrich_asks_arxiv_where_its_entry_says(tmp_path: Path, server: Server) -> None:
    mirror: dict[str, object] = {"source": "arxiv", "ids": ["2511.01231"]}
    mirror["base_url"] = "https://m.example.org"
    project(tmp_path, [mirror])
    listed = io.BytesIO(b"@misc{a, title = {Boats}, eprint = {2511.01230}}")
    ingest_files(Store(tmp_path / "archive"), registry().by_name["bibtex"], [("a.bib", listed)])
    report, _ = commands.enrich_archive(tmp_path, lambda _: None, fetching(server, FakeTime()))
    assert not report.problems
    assert [path.startswith("/m.example.org/api/query") for path, _ in server.calls] == [True]
