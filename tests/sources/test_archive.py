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
    [request] = archive.SOURCE.requests({"url": f"https://papers.example.org/lab{end}"}, DAY, DAY)
    assert request == Request(f"https://papers.example.org/lab/{DUMP_PATH}")


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
    done = digest(project(tmp_path, [{"source": "archive", "url": server.base}]), "ingest")
    assert done.returncode == 1
    assert "cannot be unpacked" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
