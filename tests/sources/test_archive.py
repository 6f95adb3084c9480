"""Another archive is followed by the address of its site: whole, filtered, and with its provenance."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from loopback_server import Reply, Server, send
from paper_digest.identity.source_ranking import EDITOR
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Claim, Paper
from paper_digest.render.exports.dump import DUMP_PATH
from paper_digest.sources import archive
from paper_digest.store.files import Store
from source_answers import project, tree
from temporary_project import digest

DAY = date(2026, 1, 1)
KITES = Paper(
    id="arxiv:2511.01230",
    title="Kites, put right",
    claims=(
        Claim("arxiv", at="2025-11-02", differs={"title": "Kitse"}),
        Claim(EDITOR, at="2025-12-01", agrees=("title",)),
    ),
)
BOATS = Paper(id="arxiv:2511.01231", title="Boats", claims=(Claim("arxiv", agrees=("title",)),))


def dump(*papers: Paper) -> bytes:
    return b"".join(gzip.compress(msgspec.json.encode(p) + b"\n", mtime=0) for p in papers)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.mark.parametrize("end", ["", "/", "/index.html", "/?q=x#top", "/api/papers.jsonl.gz"])
def test_a_site_is_named_as_people_copy_it(end: str) -> None:
    first, *others = archive.SOURCE.requests(
        {"url": f"https://papers.example.org/lab{end}"}, DAY, DAY
    )
    assert first == Request(f"https://papers.example.org/lab/{DUMP_PATH}")
    if not end.endswith(".gz"):
        assert others == [Request("https://papers.example.org/lab/api/index.json")]


@pytest.mark.parametrize(
    "reply",
    [
        send(dump(KITES, BOATS), Content_Type="application/gzip"),
        send(dump(KITES, BOATS), Content_Type="application/json", Content_Encoding="gzip"),
    ],
)
def test_an_archive_is_followed_filtered_and_named(
    server: Server, tmp_path: Path, reply: Reply
) -> None:
    """Hosts differ in whether they have browsers unpack a file in gzip; editors there are not ours."""
    server.on("/lab/api/papers.jsonl.gz", reply)
    server.on("/lab/api/index.json", send(b'{"papers": 2}'))
    entry: dict[str, object] = {
        "source": "archive",
        "url": f"{server.base}/lab/",
        "words": ["kites"],
    }
    root = project(tmp_path, [entry])
    first = digest(root, "ingest")
    assert first.returncode == 0, first.stdout + first.stderr
    [paper] = Store(root / "archive").read_all()
    site = server.base.removeprefix("http://") + "/lab"
    assert (paper.id, paper.title) == (KITES.id, KITES.title)
    assert [(s.source, s.page) for s in paper.sightings] == [("archive", site)]
    claims = {(c.source, c.entry): c.agrees for c in paper.claims}
    assert claims[archive.SOURCE.name, site] == ("title",)
    assert not {source for source, _ in claims} & {EDITOR}
    before = tree(root / "archive" / "papers")
    assert digest(root, "ingest").returncode == 0
    assert tree(root / "archive" / "papers") == before


def test_a_dump_that_breaks_off_is_one_problem(server: Server, tmp_path: Path) -> None:
    server.on("/api/papers.jsonl.gz", send(dump(KITES)[:-9], Content_Type="application/gzip"))
    server.on("/api/index.json", send(b"{}"))
    done = digest(project(tmp_path, [{"source": "archive", "url": server.base}]), "ingest")
    assert done.returncode == 1
    assert "cannot be unpacked" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_an_archive_in_volumes_is_followed_whole(server: Server, tmp_path: Path) -> None:
    """Papers of past years are on sites of their own, which are asked where they lie on the same host."""
    foreign = "https://elsewhere.example/2023/"
    volumes = [{"name": "2024", "url": "../2024/", "papers": 1}, {"name": "2023", "url": foreign}]
    server.on("/lab/api/index.json", send(msgspec.json.encode({"volumes": volumes})))
    server.on("/lab/api/papers.jsonl.gz", send(dump(KITES), Content_Type="application/gzip"))
    server.on("/lab/2024/api/papers.jsonl.gz", send(dump(BOATS), Content_Type="application/gzip"))
    root = project(tmp_path, [{"source": "archive", "url": f"{server.base}/lab/"}])
    done = digest(root, "ingest")
    assert {paper.id for paper in Store(root / "archive").read_all()} == {KITES.id, BOATS.id}
    assert done.returncode == 1
    assert f"another host: {foreign}" in done.stdout + done.stderr


@pytest.mark.parametrize("data", [b"", b"<html>", b"[1]", b'{"volumes": 3}', b"[" * 100_000])
def test_what_is_no_index_of_an_archive_is_named(data: bytes) -> None:
    with pytest.raises(SourceError, match="index of an archive"):
        archive.SOURCE.parse(data, Request("https://papers.example.org/api/index.json"))
