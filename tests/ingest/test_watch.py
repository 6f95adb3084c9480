"""The watch: each paper once in a round, missed days made up for, hostile answers without harm to the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_server import Reply, Server, hang_up, send
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.watch import (
    DOIS_PER_REQUEST,
    MAX_FAILURES,
    Watch,
    crossref_requests,
    watch_papers,
)
from paper_digest.ingest.watched import is_turn, open_days, share_of, watch_query
from paper_digest.model.paper import Author, Claim, Paper
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


@given(st.integers(0, 60), st.integers(1, 25))
def test_each_paper_has_its_turn_in_some_round(count: int, max_papers: int) -> None:
    papers = [Paper(id=f"arxiv:2603.{n:05}") for n in range(count)]
    parts = -(-count // max_papers)
    turns = Counter(p.id for n in range(parts) for p in share_of(papers, max_papers, n))
    assert turns == Counter(p.id for p in papers)


def run(day: date, *, ok: bool = True) -> Run:
    return Run("arxiv", watch_query(30), f"{day}T06:00:00+00:00", str(day), str(day), ok=ok)


def test_missed_days_are_made_up_for_and_no_day_is_asked_about_twice() -> None:
    def due(*runs: Run) -> int:
        return len(open_days(runs, "arxiv", watch_query(30), 30, TODAY))

    assert due() == 1
    assert due(run(TODAY)) == 0
    assert due(run(TODAY), run(TODAY + timedelta(1))) == 0
    assert due(run(TODAY - timedelta(3)), run(TODAY, ok=False)) == 3
    assert due(run(TODAY - timedelta(300))) == 30


@given(st.lists(st.tuples(st.integers(-60, 0), st.booleans())), st.lists(st.integers(2, 4000)))
def test_runs_of_a_wrong_clock_end_no_watch(
    past: list[tuple[int, bool]], future: list[int]
) -> None:
    runs = [run(TODAY + timedelta(n), ok=ok) for n, ok in past]
    later = [run(TODAY + timedelta(n)) for n in future]
    days, alone = (
        open_days(each, "arxiv", watch_query(30), 30, TODAY) for each in ([*runs, *later], runs)
    )
    assert days == alone


def test_dois_go_together_and_none_breaks_the_filter() -> None:
    papers = [Paper(id=f"doi:10.1234/{n}", doi=f"10.1234/{n}") for n in range(DOIS_PER_REQUEST + 1)]
    odd = [Paper(id="doi:10.1234/a,b", doi="10.1234/a,b"), Paper(id="arxiv:2603.00001", doi="10.48550/arxiv.2603.00001")]  # fmt: skip
    urls = [urlsplit(request.url) for request in crossref_requests([*papers, *odd])]
    filters = [parse_qs(u.query).get("filter", [""])[0].split(",") for u in urls]
    assert [len(names) for names in filters] == [1, 40, 40, 1, 1]
    first = [names[0] for names in filters[1:]]
    assert first == ["doi:10.1234/0", "updates:10.1234/0", "doi:10.1234/9", "updates:10.1234/9"]
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
    """Answers all addresses that begin alike with one reply; arXiv's with a feed of one paper."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        super().__init__()
        self.beginnings = replies

    def __missing__(self, path: str) -> object:
        for beginning, reply in self.beginnings.items():
            if path.startswith(beginning):
                return [reply]
        return [send(ATOM.encode(), Content_Type="application/atom+xml")]


NOTICES, WORKS, SEARCH = "/works?filter=updates", "/works?filter=doi", "/works?query"
NONE = send(b'{"message-type":"work-list","message":{"items":[],"total-results":0}}')
QUIET = {
    NOTICES: NONE,
    SEARCH: NONE,
    "/search/publ": send(b'{"result":{"hits":{"@total":"0"}}}'),
    "/notes": send(b'{"notes":[]}'),
}


def work_list(*items: object) -> Reply:
    message = {"items": items, "total-results": len(items)}
    return send(json.dumps({"message-type": "work-list", "message": message}).encode())


PAPERS = (
    Paper(id="arxiv:2603.00001", title="Looms", published="2026-03-01", abstract="Of looms."),
    Paper(id="doi:10.1234/a", doi="10.1234/a", title="Looms of 10.1234/a"),
    Paper(id="doi:10.1234/b", doi="10.1234/b", title="Looms of 10.1234/b"),
)


def watched(tmp_path: Path, server: Server, replies: dict[str, Reply]) -> Path:
    server.replies = AnyPath(replies | {k: v for k, v in QUIET.items() if k not in replies})
    project = new_project(tmp_path / "project")
    settings = (project / "archive.yml").read_text()
    followed = "".join(
        f"  - {{source: {name}, files: [none.txt], base_url: '{server.base}'}}\n"
        for name in ("arxiv", "crossref", "dblp", "openreview")
    )
    (project / "archive.yml").write_text(f"{settings}watch: 1\nfollow:\n{followed}")
    (project / "none.txt").write_text("")
    Store(project / "archive").write(PAPERS)
    digest(project, "ingest")
    return project


#: So that a bad service costs a test no time.
HASTY = Politeness(interval_s=0, timeout_s=5, answer_timeout_s=5, max_tries=1, address_timeout_s=5)


def asked_at(tmp_path: Path, services: dict[str, str], *papers: Paper) -> Path:
    """Ask services at these addresses about papers, all of whose turn it is."""
    store = Store(tmp_path / "archive")
    store.write(papers)
    now = datetime.now(UTC).replace(microsecond=0)
    with HttpFetcher(HASTY, tmp_path / "answers") as fetcher:
        watch = Watch(store, 1, [], services)
        watch_papers(watch, fetcher, now, lambda _: None)
    return tmp_path


def asked(tmp_path: Path, server: Server, replies: dict[str, Reply], *papers: Paper) -> Path:
    """Ask one server, which answers as ``replies`` say and otherwise knows nothing."""
    server.replies = AnyPath(replies | {k: v for k, v in QUIET.items() if k not in replies})
    services = dict.fromkeys(("arxiv", "crossref", "dblp", "openreview"), server.base)
    return asked_at(tmp_path, services, *papers)


def papers_of(project: Path) -> dict[str, Paper]:
    return {paper.id: paper for paper in Store(project / "archive").read_all()}


def test_a_retraction_a_concern_and_an_acceptance_are_found(tmp_path: Path, server: Server) -> None:
    items = [
        work("10.1234/a", [NOTICE]),
        work("10.1234/b", HOSTILE),
        work("10.1234/not-ours", [NOTICE]),
    ]
    project = watched(tmp_path, server, {WORKS: work_list(*items)})
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
    project = watched(tmp_path, server, {WORKS: send(works), NOTICES: send(works)})
    papers = papers_of(project)
    assert papers["arxiv:2603.00001"].journal_ref
    assert papers["doi:10.1234/a"].title == "Looms of 10.1234/a"
    runs = {r.source: r for r in read_runs(project / "archive") if "watch" in r.query}
    assert runs["arxiv"].ok
    assert runs["arxiv"].until == str(datetime.now(UTC).date())


def test_a_notice_that_names_a_work_says_what_the_work_itself_does_not(
    tmp_path: Path, server: Server
) -> None:
    def notice(doi: str, *updates: object) -> dict[str, object]:
        return {"DOI": doi, "title": ["A notice"], "update-to": updates}

    replies = {
        WORKS: work_list(work("10.1234/a", []), work("10.1234/b", [])),
        NOTICES: work_list(
            notice("10.1234/n1", NOTICE | {"DOI": "10.1234/A"}, NOTICE | {"DOI": "10.1234/other"}),
            notice("10.1234/n2", NOTICE | {"DOI": "10.1234/b", "type": "erratum"}),
            notice("10.1234/n3", NOTICE | {"DOI": "10.1234/b"}),
            notice("10.1234/n4", NOTICE | {"DOI": "10.1234/b", "type": "reinstatement", "source": "retraction-watch"}),
            {"DOI": 7, "update-to": ["x", None, {"DOI": "<b>"}]},
            "x",
        ),
    }  # fmt: skip
    project = asked(tmp_path, server, replies, *PAPERS)
    papers = papers_of(project)
    assert papers.keys() == {paper.id for paper in PAPERS}
    retracted, corrected = papers["doi:10.1234/a"], papers["doi:10.1234/b"]
    assert retracted.withdrawn == "Retraction: https://doi.org/10.1234/n1"
    assert retracted.title == "Looms of 10.1234/a"
    assert (corrected.withdrawn, [n.kind for n in corrected.notices]) == ("", ["correction"])
    before = {path: path.read_bytes() for path in (project / "archive/papers").rglob("*.md")}
    asked(tmp_path, server, replies)
    assert {path: path.read_bytes() for path in before} == before, "said again, it writes nothing"
    [claim] = [c for c in retracted.claims if "withdrawn" in c.agrees]
    assert (claim.source, claim.entry, claim.at) == ("crossref", "notices", str(datetime.now(UTC).date()))  # fmt: skip


def test_a_retraction_of_which_no_notice_is_left_stands_no_more(
    tmp_path: Path, server: Server
) -> None:
    retracted = {"DOI": "10.1234/n1", "title": ["A notice"], "update-to": [NOTICE | {"DOI": "10.1234/a"}]}  # fmt: skip
    seen_in_a_list = Paper(
        id="doi:10.1234/b", doi="10.1234/b", title="Looms of 10.1234/b", withdrawn="Retraction",
        claims=(Claim("crossref", "2026-01-01", ("doi", "withdrawn"), {}, "10.1234/n2"),),
    )  # fmt: skip
    papers = (PAPERS[1], seen_in_a_list)
    works = {WORKS: work_list(work("10.1234/a", []), work("10.1234/b", []))}
    whole = work_list(retracted)
    project = asked(tmp_path, server, works | {NOTICES: whole}, *papers)
    read = papers_of(project)
    assert read["doi:10.1234/a"].withdrawn == "Retraction: https://doi.org/10.1234/n1"
    assert not read["doi:10.1234/b"].withdrawn, "what a list once held is no more"
    message = {"items": [], "total-results": 3}
    for answer in (
        send(b'{"message-type":"work-list","message":{}}'),
        send(b'{"message-type":"work-list","message":{"items":[]}}'),
        send(json.dumps({"message-type": "work-list", "message": message}).encode()),
        send(b"busy", 503),
    ):
        asked(tmp_path, server, works | {NOTICES: answer})
        assert papers_of(project)["doi:10.1234/a"].withdrawn, "no answer, or half of one"
    for _ in range(2):
        asked(tmp_path, server, works | {NOTICES: NONE})
        assert not papers_of(project)["doi:10.1234/a"].withdrawn
    changes = [(c.before, c.after) for c in read_changes(project / "archive", []) if c.id == "doi:10.1234/a"]  # fmt: skip
    address = "Retraction: https://doi.org/10.1234/n1"
    assert sorted(changes) == [("", address), (address, "")]


PREPRINTS = tuple(
    Paper(id=f"arxiv:2603.0001{n}", title=f"Weaving Looms with Threads of {what}", authors=(Author("Ada Weaver"), Author("Bo Moan")), published="2026-03-01")
    for n, what in enumerate(("Silk", "Wool", "Flax", "Hemp"), 1)
)  # fmt: skip
SILK, WOOL, FLAX, HEMP = (paper.title for paper in PREPRINTS)


def hits(*infos: dict[str, object]) -> Reply:
    people = {"author": [{"text": "Ada Weaver 0001"}, {"text": "Bo Moan"}]}
    listed = [{"info": {"authors": people, "type": "Conference and Workshop Papers", "year": "2026", "key": f"conf/l/{n}"} | info} for n, info in enumerate(infos)]  # fmt: skip
    found = {"@total": str(len(listed)), "hit": listed}
    return send(json.dumps({"result": {"hits": found}}).encode())


def submissions(*notes: tuple[str, str, str]) -> Reply:
    def note(number: int, title: str, venue: str, venue_id: str) -> dict[str, object]:
        values = {"title": title, "authors": ["Ada Weaver", "Bo Moan"], "venue": venue, "venueid": venue_id}  # fmt: skip
        content = {name: {"value": value} for name, value in values.items()}
        return {"id": f"forum{number}", "forum": f"forum{number}", "cdate": 1_767_225_600_000, "content": content}  # fmt: skip

    found = [note(n, *of_note) for n, of_note in enumerate(notes)]
    return send(json.dumps({"notes": found}).encode())


def test_acceptances_are_found_and_near_misses_are_not(tmp_path: Path, server: Server) -> None:
    group = "LoomConf.org/2026/Conference"
    people = [{"given": "Ada", "family": "Weaver"}, {"given": "Bo", "family": "Moan"}]
    printed = {"DOI": "10.1234/hemp", "title": [HEMP], "author": people, "type": "journal-article", "container-title": ["J. Looms"], "issued": {"date-parts": [[2026]]}}  # fmt: skip
    replies = {
        "/search/publ": hits(
            {"title": f"{SILK}.", "venue": "LoomConf"},
            {"title": SILK, "venue": "CoRR", "type": "Informal and Other Publications"},
            {"title": f"{WOOL}, Part II.", "venue": "LoomConf"},
            {"title": WOOL, "venue": "Threads@LoomConf"},
            {"title": FLAX, "venue": "LoomConf", "authors": {"author": {"text": "Carl Case"}}},
        ),
        "/notes/search": submissions(
            (FLAX, "LoomConf 2026", f"{group}/Rejected_Submission"),
            (FLAX, "LoomConf 2026 Oral", "OpenReview.net/Public_Article"),
            (WOOL, "LoomConf 2026 Poster", group),
            (HEMP, "LoomConf 2026 Conference Submission", f"{group}/Submission"),
        ),
        SEARCH: work_list(
            printed,
            printed
            | {"DOI": "10.1234/notice", "container-title": ["Notes"], "update-to": [NOTICE]},
            printed
            | {"DOI": "10.1234/pre", "type": "posted-content", "container-title": ["Shelf"]},
        ),
    }
    project = asked(tmp_path, server, replies, *PREPRINTS)
    papers = papers_of(project)
    assert papers.keys() == {paper.id for paper in PREPRINTS}
    venues = {paper.title.split()[-1]: (paper.venue, paper.doi) for paper in papers.values()}
    assert venues == {
        "Silk": ("LoomConf", ""), "Wool": ("LoomConf 2026 Poster", ""), "Flax": ("", ""), "Hemp": ("J. Looms", "10.1234/hemp"),
    }  # fmt: skip
    changes = {(c.id, c.field, c.by) for c in read_changes(project / "archive", [])}
    assert {(PREPRINTS[0].id, "venue", "dblp"), (PREPRINTS[3].id, "venue", "crossref")} <= changes
    assert '"entry": "conf/l/0"' in (project / "archive/papers/2603/2603.00011.md").read_text()


@pytest.mark.parametrize(
    "reply",
    [
        send(b"", status=429, Retry_After="99999"),
        send(b'{"result": {"hits"', length=900),
        send(b"<html>" * 9),
        send(b'{"result":{"hits":{"@total":"9","hit":[7,{"info":{"title":[[]],"year":{}}}]}}}'),
        hang_up,
    ],
    ids=["429", "cut", "other", "hostile", "silent"],
)  # fmt: skip
def test_a_bad_service_keeps_no_other_from_being_asked(
    tmp_path: Path, server: Server, reply: Reply
) -> None:
    bad = Server("localhost")
    bad.replies = AnyPath({"/": reply})
    group = "LoomConf.org/2026/Conference"
    found = submissions((SILK, "LoomConf 2026 Poster", group))
    server.replies = AnyPath(QUIET | {"/notes": found})
    good = dict.fromkeys(("arxiv", "crossref", "openreview"), server.base)
    project = asked_at(tmp_path, good | {"dblp": bad.base}, PREPRINTS[0])
    bad.stop()
    assert papers_of(project)[PREPRINTS[0].id].venue == "LoomConf 2026 Poster"
    runs = {(r.source, "acceptance" in r.query): r for r in read_runs(project / "archive")}
    assert runs["dblp", True].changed == 0
    assert runs["openreview", True].ok


def test_a_service_that_refuses_is_left_alone(tmp_path: Path, server: Server) -> None:
    many = [msgspec.structs.replace(PREPRINTS[0], id=f"arxiv:2603.0001{n}", title=f"{SILK} {n}") for n in range(8)]  # fmt: skip
    project = asked(tmp_path, server, {"/search/publ": send(b"<html>")}, *many)
    asked_for = sum(path.startswith("/search/publ") for path, _ in server.calls)
    assert asked_for == MAX_FAILURES
    [run] = [
        r for r in read_runs(project / "archive") if r.source == "dblp" and "accept" in r.query
    ]
    assert not run.ok
    assert any("3 were not asked" in line for line in run.said)
