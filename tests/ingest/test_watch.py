"""The watch: each paper once in a round, missed days made up for, hostile answers without harm to the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_server import Server, send
from paper_digest.ingest.watch import (
    DOIS_PER_REQUEST,
    crossref_requests,
    is_turn,
    open_days,
    watch_query,
)
from paper_digest.model.paper import Paper
from paper_digest.store.changes import read_changes
from paper_digest.store.files import Store
from paper_digest.store.runs.log import Run, read_runs
from temporary_project import digest, new_project

TODAY = date(2026, 3, 5)


@given(st.integers(1, 400), st.integers(0, 10**6))
def test_each_paper_has_one_turn_in_a_round(days: int, number: int) -> None:
    round_ = [TODAY + timedelta(n) for n in range(days)]
    assert sum(is_turn(f"arxiv:2603.{number:05}", days, day) for day in round_) == 1


def test_the_shares_of_days_are_about_equal() -> None:
    turns = Counter(
        day for n in range(3000) for day in range(30) if is_turn(f"arxiv:2603.{n:05}", 30, TODAY + timedelta(day))
    )  # fmt: skip
    assert min(turns.values()) > 60
    assert max(turns.values()) < 140


def run(day: date, *, ok: bool = True) -> Run:
    return Run("arxiv", watch_query(30), f"{day}T06:00:00+00:00", str(day), str(day), ok=ok)


def test_missed_days_are_made_up_for_and_no_day_is_asked_about_twice() -> None:
    def due(*runs: Run) -> int:
        return len(open_days(runs, "arxiv", 30, TODAY))

    assert due() == 1
    assert due(run(TODAY)) == 0
    assert due(run(TODAY + timedelta(5))) == 0
    assert due(run(TODAY - timedelta(3)), run(TODAY, ok=False)) == 3
    assert due(run(TODAY - timedelta(300))) == 30


def test_dois_go_together_and_none_breaks_the_filter() -> None:
    papers = [Paper(id=f"doi:10.1234/{n}", doi=f"10.1234/{n}") for n in range(DOIS_PER_REQUEST + 1)]
    odd = [Paper(id="doi:10.1234/a,b", doi="10.1234/a,b"), Paper(id="arxiv:2603.00001", doi="10.48550/arxiv.2603.00001")]  # fmt: skip
    urls = [urlsplit(request.url) for request in crossref_requests([*papers, *odd])]
    assert [len(parse_qs(u.query).get("filter", [""])[0].split(",")) for u in urls] == [1, 40, 1]
    assert urls[0].path == "/works/10.1234%2Fa%2Cb"


NOTICE = {
    "DOI": "10.1234/notice", "type": "retraction", "label": "Retraction", "source": "publisher",
    "updated": {"date-parts": [[2026, 3, 1]]},
}  # fmt: skip
CONCERN = NOTICE | {"type": "expression_of_concern", "DOI": "10.1234/concern"}
HOSTILE = [NOTICE | {"type": "<b>"}, {"type": 7, "DOI": []}, "x", None, CONCERN, CONCERN | {"updated": {"date-parts": [[None]]}}]  # fmt: skip


def work(doi: str, updates: list[object], **more: object) -> dict[str, object]:
    return {"DOI": doi, "title": [f"Looms of {doi}"], "updated-by": updates, **more}


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://arxiv.org/api/x</id><title>ArXiv Query</title><updated>2026-03-05T00:00:00Z</updated>
<entry><id>http://arxiv.org/abs/2603.00001v2</id><updated>2026-03-04T00:00:00Z</updated>
<published>2026-03-01T00:00:00Z</published><title>Looms</title><summary>Of looms &lt;b&gt;.</summary>
<author><name>Ada Weaver</name></author><arxiv:journal_ref>J. Looms 7 (2026) 1-9</arxiv:journal_ref>
<arxiv:primary_category term="cs.CL"/><category term="cs.CL"/></entry></feed>"""


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


class AnyPath(dict):  # type: ignore[type-arg]
    """Answers arXiv's and Crossref's addresses, whatever is asked of them."""

    def __init__(self, works: bytes) -> None:
        super().__init__()
        self.works = works

    def __missing__(self, path: str) -> object:
        if path.startswith("/works"):
            return [send(self.works, Content_Type="application/json")]
        return [send(ATOM.encode(), Content_Type="application/atom+xml")]


PAPERS = (
    Paper(id="arxiv:2603.00001", title="Looms", published="2026-03-01", abstract="Of looms."),
    Paper(id="doi:10.1234/a", doi="10.1234/a", title="Looms of 10.1234/a"),
    Paper(id="doi:10.1234/b", doi="10.1234/b", title="Looms of 10.1234/b"),
)


def watched(tmp_path: Path, server: Server, works: bytes) -> Path:
    server.replies = AnyPath(works)
    project = new_project(tmp_path / "project")
    settings = (project / "archive.yml").read_text()
    followed = "".join(
        f"  - {{source: {name}, files: [none.txt], base_url: '{server.base}'}}\n"
        for name in ("arxiv", "crossref")
    )
    (project / "archive.yml").write_text(f"{settings}watch: 1\nfollow:\n{followed}")
    (project / "none.txt").write_text("")
    Store(project / "archive").write(PAPERS)
    digest(project, "ingest")
    return project


def papers_of(project: Path) -> dict[str, Paper]:
    return {paper.id: paper for paper in Store(project / "archive").read_all()}


def test_a_retraction_a_concern_and_an_acceptance_are_found(tmp_path: Path, server: Server) -> None:
    items = [
        work("10.1234/a", [NOTICE]),
        work("10.1234/b", HOSTILE),
        work("10.1234/not-ours", [NOTICE]),
    ]
    message = {"items": items, "total-results": 3}
    works = json.dumps({"message-type": "work-list", "message": message}).encode()
    project = watched(tmp_path, server, works)
    papers = papers_of(project)
    assert papers.keys() == {paper.id for paper in PAPERS}
    assert papers["doi:10.1234/a"].withdrawn == "Retraction: https://doi.org/10.1234/notice"
    [concern] = papers["doi:10.1234/b"].notices
    assert (concern.kind, concern.url, concern.date) == (
        "expression of concern", "https://doi.org/10.1234/concern", "2026-03-01")  # fmt: skip
    assert papers["arxiv:2603.00001"].journal_ref == "J. Looms 7 (2026) 1-9"
    changes = {(c.id, c.field) for c in read_changes(project / "archive", [])}
    assert changes >= {
        ("doi:10.1234/a", "withdrawn"), ("doi:10.1234/b", "notices"), ("arxiv:2603.00001", "journal_ref"),
        ("arxiv:2603.00001", "abstract"),
    }  # fmt: skip
    calls = len(server.calls)
    digest(project, "ingest")
    assert len(server.calls) == calls, "what was asked about today is not asked again"


@pytest.mark.parametrize("works", [b"<html>", b'{"message-type":"work-list","message":{"items":7}}'])  # fmt: skip
def test_one_bad_answer_stops_nothing_else(tmp_path: Path, server: Server, works: bytes) -> None:
    project = watched(tmp_path, server, works)
    papers = papers_of(project)
    assert papers["arxiv:2603.00001"].journal_ref
    assert papers["doi:10.1234/a"].title == "Looms of 10.1234/a"
    runs = {r.source: r for r in read_runs(project / "archive") if "watch" in r.query}
    assert runs["arxiv"].ok
    assert runs["arxiv"].until == str(datetime.now(UTC).date())
