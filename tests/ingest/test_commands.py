"""Days of ingests against a real server: gaps filled, faults survived, replays alike."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from loopback_server import FakeTime, Server, hang_up, send
from paper_digest.ingest import commands
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.preview import preview_followed
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run
from source_answers import FEED, HF, at, day_of, feed, fetching, found, project, tree

EMPTY = found()
HUGGING_FACE: dict[str, object] = {"source": "huggingface"}
ARXIV: dict[str, object] = {"source": "arxiv", "categories": ["cs.RO"]}


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose lists are empty unless a test says otherwise."""
    running = Server()
    running.replies = defaultdict(lambda: [send(b"[]")])
    yield running
    running.stop()


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


def ingest(
    root: Path, server: Server, fake: FakeTime, *, replay: bool = False, **span: date
) -> tuple[list[Run], list[Problem]]:
    days = (span.get("since"), span.get("until"))
    now, opened = fake.world.now(), fetching(server, fake)
    return commands.ingest_followed(
        root, days, replay=replay, show_progress=lambda _: None, now=now, fetcher_factory=opened
    )


def asked(server: Server) -> list[str]:
    """Take the days Hugging Face was asked for since the last time."""
    days = [path.split("date=")[1][:10] for path, _ in server.calls if "date=" in path]
    server.calls.clear()
    return days


def queries(server: Server) -> str:
    """Let arXiv's searches, whatever their days, find nothing."""

    class Replies(defaultdict):  # type: ignore[type-arg]
        def __missing__(self, path: str) -> object:
            return [
                send(EMPTY, Content_Type="application/atom+xml") if "query" in path else send(b"[]")
            ]

    replies = Replies()
    replies.update(server.replies)
    server.replies = replies
    return FEED


def test_a_first_run_asks_for_a_fortnight_and_a_second_changes_no_byte(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001", "2603.00002")))
    [run], problems = ingest(root, server, fake)
    assert (run.ok, run.entries, run.new, run.newest) == (True, 2, 2, "2026-03-02")
    assert problems == []
    days = asked(server)
    assert (days[0], days[-1], len(days)) == ("2026-02-16", "2026-03-02", 15)
    before = tree(root)
    [again], _ = ingest(root, server, fake)
    assert (again.new, again.changed, again.stale) == (0, 0, 15)
    assert tree(root) == before
    assert len(list(log.read_runs(root / "archive"))) == 2


def test_a_gap_of_days_is_filled_from_its_first_day(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    asked(server)
    at(fake, 2026, 4, 10, 12)
    server.on(HF.format("2026-03-16"), send(b"", 404))
    [failed], _ = ingest(root, server, fake)
    assert not failed.ok
    assert "404" in failed.said[0]
    days = asked(server)
    assert (days[0], days[-1], len(days)) == ("2026-03-02", "2026-04-10", 40)
    at(fake, 2026, 4, 11, 12)
    for day in (date(2026, 3, 2) + timedelta(days=n) for n in range(41)):
        server.on(HF.format(day), send(day_of("2603.00008")))
    server.on(HF.format("2026-03-16"), send(day_of("2603.00009")))
    [good], _ = ingest(root, server, fake)
    assert asked(server)[0] == "2026-03-02"
    assert (good.ok, good.new) == (True, 2)
    at(fake, 2026, 4, 12, 12)
    ingest(root, server, fake)
    assert asked(server)[0] == "2026-03-29"  # figures settle for a fortnight; no gap is left


def test_a_manual_run_of_later_days_hides_no_gap(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    at(fake, 2026, 5, 1, 12)
    ingest(root, server, fake, since=date(2026, 4, 25), until=date(2026, 4, 28))
    asked(server)
    ingest(root, server, fake)
    assert asked(server)[0] == "2026-03-02"


def test_a_broken_source_stops_no_other(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    broken: list[dict[str, object]] = [
        {"source": "no-such-source"},
        {"source": "huggingface", "by": "decade"},
        {"source": "text"},
        {"source": "bibtex", "urls": ["https://bib.example.org/papers.bib"]},
    ]
    root = project(tmp_path, [*broken, HUGGING_FACE])
    server.on("/bib.example.org/papers.bib", hang_up)
    server.on(HF.format("2026-03-01"), send(b"<html>log in</html>", Content_Type="text/html"))
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001")))
    done, _ = ingest(root, server, fake)
    assert [run.ok for run in done] == [False] * 5  # the last one because of the login page
    assert [len(run.said) for run in done] == [1] * 5
    assert "no-such-source" in done[0].said[0]
    assert "decade" in done[1].said[0]
    assert "no answer in 2 tries" in done[3].said[0]
    assert "web page" in done[4].said[0]
    assert list(tree(root)) == ["2603/2603.00001.md"]
    assert [run.ok for run in log.read_runs(root / "archive")] == [False] * 5


def test_retry_after_is_kept_and_arxiv_is_left_three_seconds(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    busy = send(b"", 429, Retry_After="77")
    server.on(HF.format("2026-03-02"), busy, send(day_of("2603.00001")))
    [run], _ = ingest(root, server, fake)
    assert (run.ok, run.new) == (True, 1)
    assert fake.slept == [77.0]


def test_the_time_of_a_slow_source_is_its_own(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    slow: dict[str, object] = {
        "source": "bibtex",
        "urls": [f"https://bib.example.org/{n}.bib" for n in range(9)],
    }
    root = project(tmp_path, [slow, HUGGING_FACE])
    for n in range(9):
        server.on(f"/bib.example.org/{n}.bib", send(b"", 503, Retry_After="299"))
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001")))
    done, _ = ingest(root, server, fake)
    assert [run.ok for run in done] == [False, True]


def test_replay_offline_gives_what_the_live_run_gave(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path / "live", [HUGGING_FACE, ARXIV])
    queries(server)
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001", "2603.00002")))
    server.on(FEED, send(feed(date(2026, 3, 2), "2603.00001", "2603.00003")))
    done, _ = ingest(root, server, fake)
    assert [run.ok for run in done] == [True, True]
    calls = len(server.calls)
    other = project(tmp_path / "offline", [HUGGING_FACE, ARXIV])
    shutil.copytree(root / ".cache", other / ".cache")
    replayed, _ = ingest(other, server, fake, replay=True)
    assert [run.ok for run in replayed] == [True, True]
    assert tree(other) == tree(root)
    assert not (other / "archive" / "runs").exists()  # a replay asks nobody, and fills no gap
    # Weeks later the diary says what was asked for.
    shutil.rmtree(root / "archive" / "papers")
    at(fake, 2026, 3, 20, 12)
    replayed, _ = ingest(root, server, fake, replay=True)
    assert [run.ok for run in replayed] == [True, True]
    assert tree(root) == tree(other)
    assert len(server.calls) == calls


def test_a_replacement_is_no_news_and_a_stale_feed_is_told_from_a_failure(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [ARXIV])
    queries(server)
    at(fake, 2026, 3, 3, 12)
    server.on(FEED, send(feed(date(2026, 3, 3), "2603.00003")))
    [first], _ = ingest(root, server, fake)
    assert (first.new, first.newest) == (1, "2026-03-03")
    at(fake, 2026, 3, 4, 12)
    [stale], _ = ingest(root, server, fake)
    assert (stale.ok, stale.new, stale.newest) == (True, 0, "2026-03-03")
    server.on(FEED, send(feed(date(2026, 3, 4), "2602.09999", kind="replace")))
    [replaced], _ = ingest(root, server, fake)
    assert (replaced.new, replaced.newest) == (1, "")
    paper = Store(root / "archive").get("arxiv:2602.09999")
    assert paper is not None
    assert paper.announced == ""


def test_files_of_the_project_are_followed(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    entry: dict[str, object] = {"source": "bibtex", "files": ["papers.bib", "more"]}
    root = project(tmp_path, [entry, {"source": "bibtex", "files": ["gone.bib"]}])
    (root / "more").mkdir()
    for name, title in (("papers.bib", "Boats"), ("more/b.bib", "More boats")):
        (root / name).write_text(f"@article{{a, title={{{title}}}, year=2020, author={{A. B}}}}")
    done, _ = ingest(root, server, fake)
    assert [(run.ok, run.entries, run.answers) for run in done] == [(True, 2, 2), (False, 0, 1)]
    assert done[1].said == ("gone.bib: is not there; correct its name in archive.yml",)
    assert server.calls == []
    outside = project(tmp_path / "other", [{"source": "bibtex", "files": ["../papers.bib"]}])
    [run], _ = ingest(outside, server, fake)
    assert "outside the project" in run.said[0]


def test_text_pages_of_the_project_have_their_day(
    server: Server, fake: FakeTime, tmp_path: Path, root: Path
) -> None:
    page = root / "tests" / "data" / "text" / "arxiv.txt"
    entry: dict[str, object] = {"source": "text", "files": ["page.txt"], "date": "2026-01-02"}
    place = project(tmp_path, [entry])
    shutil.copy(page, place / "page.txt")
    [run], _ = ingest(place, server, fake)
    assert (run.ok, run.newest) == (True, "2026-01-02")


def test_what_a_broken_file_kept_out_is_asked_for_again(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001")))
    ingest(root, server, fake)
    path = Store(root / "archive").path("arxiv:2603.00001")
    whole = path.read_bytes()
    path.write_bytes(whole[:40])
    [run], problems = ingest(root, server, fake)
    assert not run.ok
    assert "arxiv:2603.00001 was not taken" in run.said[0]
    assert [p.where.startswith(str(path)) for p in problems] == [True]
    assert path.read_bytes() == whole[:40]
    path.unlink()
    [run], problems = ingest(root, server, fake)
    assert (run.ok, problems) == (True, [])
    assert path.read_bytes() == whole


def test_a_stopped_run_goes_on_with_the_answers_it_had(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(
        tmp_path, [{"source": "bibtex", "urls": [f"{server.base}/{n}.bib" for n in range(3)]}]
    )
    for n in range(3):
        server.on(
            f"/{n}.bib",
            send(f"@misc{{a, title={{Boat {n}}}, year=2020, author={{A. B}}}}".encode()),
        )

    class Stopped(Exception):  # noqa: N818 - stands for a kill
        """Ends a run in its middle."""

    def tell(what: str) -> None:
        if "/2.bib" in what:
            raise Stopped

    def opened(root: Path, _: Config, asking: commands.FetchOptions) -> HttpFetcher:
        return HttpFetcher(
            Politeness(),
            commands.answer_cache_folder(root),
            replay=asking.replay,
            environment=fake.world,
        )

    def run(tell: Callable[[str], None]) -> list[Run]:
        now = fake.world.now()
        span = (None, None)
        return commands.ingest_followed(
            root, span, replay=False, show_progress=tell, now=now, fetcher_factory=opened
        )[0]

    began = fake.world.now()
    with pytest.raises(Stopped):
        run(tell)
    assert [path for path, _ in server.calls] == ["/0.bib", "/1.bib"]
    at(fake, 2026, 3, 2, 13)
    done = run(lambda _: None)
    assert [path for path, _ in server.calls] == ["/0.bib", "/1.bib", "/2.bib"]
    assert [(run.ok, run.entries, run.started) for run in done] == [(True, 3, began.isoformat())]
    at(fake, 2026, 3, 2, 14)
    run(lambda _: None)
    assert len(server.calls) == 6


def test_a_paper_that_passes_no_filter_is_counted_and_asked_about_again(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    entry = {**HUGGING_FACE, "min_upvotes": 5, "words": ["boats"]}
    root = project(tmp_path, [entry])
    day = HF.format("2026-03-02")
    server.on(day, send(day_of("2603.00001", "2603.00002")))
    [run], _ = ingest(root, server, fake)
    assert (run.ok, run.entries, run.new, run.left_out) == (True, 2, 0, 2)
    assert run.left_out_ids == ("arxiv:2603.00001", "arxiv:2603.00002")
    assert run.newest == "2026-03-02"
    assert not any(Store(root / "archive").paths())
    at(fake, 2026, 3, 3, 12)
    server.on(day, send(day_of("2603.00001", upvotes=9)))
    [again], _ = ingest(root, server, fake)
    assert (again.new, again.left_out) == (1, 0)
    at(fake, 2026, 3, 4, 12)
    server.on(day, send(day_of("2603.00001", upvotes=4)))
    [later], _ = ingest(root, server, fake)
    assert (later.new, later.changed, later.left_out) == (0, 1, 0), "what is stored stays"


def test_a_wrong_filter_stops_its_entry_alone(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [{**HUGGING_FACE, "topics": ["nowhere"]}, ARXIV])
    runs, _ = ingest(root, server, fake)
    assert next(run.source for run in runs if not run.ok) == "huggingface"
    assert "nowhere" in runs[0].said[0]


def test_a_preview_says_what_would_come_and_writes_nothing(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    server.on(HF.format("2026-03-02"), send(day_of("2603.00001", "2603.00002")))
    ingest(root, server, fake)
    at(fake, 2026, 3, 3, 12)
    server.on(HF.format("2026-03-03"), send(day_of("2603.00002", "2603.00003", upvotes=9)))
    before = {path: path.read_bytes() for path in (root / "archive").rglob("*") if path.is_file()}
    opened = fetching(server, fake)
    preview = preview_followed(root, (None, None), lambda _: None, fake.world.now(), opened)
    assert {p: p.read_bytes() for p in (root / "archive").rglob("*") if p.is_file()} == before
    [run] = preview.runs
    assert [paper.id for paper in preview.new_papers] == ["arxiv:2603.00003"]
    assert preview.new_papers[0].title == "Boats of 2603.00003"
    [real], _ = ingest(root, server, fake)
    assert (real.new, real.changed, real.entries) == (run.new, run.changed, run.entries)


def test_yesterdays_answers_asked_again_today_change_no_record(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    """No commit is made where nobody said anything new."""
    root = project(tmp_path, [HUGGING_FACE])
    for day in ("2026-03-01", "2026-03-02"):
        server.on(HF.format(day), send(day_of(f"2603.0000{day[-1]}", "2602.00009", upvotes=4)))
    ingest(root, server, fake)
    before = tree(root)
    assert len(before) == 3
    for later in (3, 4):
        at(fake, 2026, 3, later, 12)
        [run], _ = ingest(root, server, fake)
        assert (run.ok, run.new, run.changed) == (True, 0, 0)
        assert tree(root) == before
