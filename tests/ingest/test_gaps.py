"""A gap is a gap: empty, repeated and missing answers fill no day, and each is said in one line."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback_server import FakeTime, Server, hang_up, send
from paper_digest.ingest import commands
from paper_digest.ingest.commands import FetchOptions, answer_cache_folder
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.plan import plan_days
from paper_digest.ingest.plausibility import MIN_EMPTY_ANNOUNCEMENTS, unlikely_empty_days
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError
from paper_digest.settings.config import Config, load_config
from paper_digest.sources.registry import registry
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.log import Run
from source_answers import HF, ask_followed, at, day_of, fetching, found, project

HUGGING_FACE: dict[str, object] = {"source": "huggingface"}
_DAY = timedelta(days=1)


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


def ingest(root: Path, server: Server, fake: FakeTime, **days: date) -> list[Run]:
    span = (days.get("since"), days.get("until"))
    runs, problems = ask_followed(root, server, fake, span)
    assert problems == []
    return runs


def lists(server: Server, first: date, last: date) -> None:
    """Give every weekday a list of one paper."""
    for n in range((last - first).days + 1):
        day = first + n * _DAY
        reply = send(day_of(f"2602.{n:05}")) if day.weekday() < 5 else send(b"[]")
        server.on(HF.format(day), reply)


def test_empty_answers_after_days_of_errors_fill_no_gap(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    lists(server, date(2026, 2, 16), date(2026, 3, 2))
    assert ingest(root, server, fake)[0].ok
    for day in range(3, 10):
        server.replies = defaultdict(lambda: [send(b"", 503)])
        at(fake, 2026, 3, day, 12)
        assert not ingest(root, server, fake)[0].ok
    server.replies = defaultdict(lambda: [send(b"[]")])
    at(fake, 2026, 3, 10, 12)
    [empty] = ingest(root, server, fake)
    assert not empty.ok
    assert "2026-03-02 to 2026-03-10" in empty.said[0]
    assert "stay open" in empty.said[0]
    lists(server, date(2026, 2, 24), date(2026, 3, 11))
    at(fake, 2026, 3, 11, 12)
    [good] = ingest(root, server, fake)
    assert good.ok
    assert good.since == "2026-02-25"
    filled = coverage.filled_spans(run for run in log.read_runs(root / "archive") if run.ok)
    assert filled[-1] == (date(2026, 2, 16), date(2026, 3, 10))


def test_an_empty_weekend_is_believed(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    lists(server, date(2026, 2, 16), date(2026, 3, 9))
    at(fake, 2026, 3, 6, 12)
    ingest(root, server, fake)
    at(fake, 2026, 3, 9, 1)
    server.on(HF.format("2026-03-09"), send(b"[]"))
    [run] = ingest(root, server, fake)
    assert (run.ok, run.problems) == (True, 0)


@given(
    st.sampled_from(["arxiv", "huggingface"]),
    st.dates(date(2025, 1, 1), date(2026, 1, 1)),
    st.integers(0, 30),
    st.lists(st.booleans(), max_size=12),
)
def test_only_several_announcements_of_an_entry_that_gives_papers_are_doubted(
    source: str, first: date, length: int, gave: list[bool]
) -> None:
    last = first + length * _DAY
    now = datetime.fromisoformat(f"{last + _DAY}T12:00:00+00:00")
    before = (first - 40 * _DAY).isoformat()
    runs = [
        Run(source, "{}", f"{before}T05:00:00+00:00", before, before, ok=True, entries=int(one))
        for one in gave
    ]
    request = Request("https://a.example", since=first.isoformat(), until=last.isoformat())
    calendar = registry().calendar(source)
    days = unlikely_empty_days([request], runs, calendar, now)
    mostly = 2 * sum(gave) > len(gave)
    if not mostly or length < MIN_EMPTY_ANNOUNCEMENTS - 1:
        assert days is None
    elif length >= 2 * MIN_EMPTY_ANNOUNCEMENTS + 5:  # two weekends, and a holiday or two
        assert days is not None
        assert days[:2] == (first, last)
        assert MIN_EMPTY_ANNOUNCEMENTS <= days[2] <= length + 1
    filled = Run(source, "{}", f"{last + 9 * _DAY}T05:00:00+00:00", str(first), str(last), ok=True)
    assert unlikely_empty_days([request], [*runs, filled], calendar, now) is None
    assert unlikely_empty_days([Request("https://a.example")], runs, calendar, now) is None


def test_a_host_that_is_down_is_one_line(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    server.replies = defaultdict(lambda: [hang_up])
    [run] = ingest(root, server, fake)
    assert (run.ok, run.problems, run.answers) == (False, 1, 0)
    assert "15 days not asked (2026-02-16 to 2026-03-02)" in run.said[0]
    assert "no answer in 2 tries" in run.said[0]


def test_a_list_whose_start_is_ignored_ends(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    page = found(*((f"2511.{n:05}", f"Boats {n}", ["Ada Example"]) for n in range(20)))
    endless = page.replace(b"totalResults>20<", b"totalResults>364218<")

    class Replies(defaultdict):  # type: ignore[type-arg]
        def __missing__(self, path: str) -> object:
            return [send(endless, Content_Type="application/atom+xml")]

    server.replies = Replies()
    root = project(tmp_path, [{"source": "arxiv", "search": "abs:boats"}])
    [run] = ingest(root, server, fake)
    assert (run.ok, run.new, run.entries, len(server.calls)) == (False, 20, 40, 2)
    assert "repeats 20 papers" in run.said[0]


def test_a_list_that_goes_round_ends(server: Server, fake: FakeTime, tmp_path: Path) -> None:
    """Two pages in turn, each unlike the one before it, are a list without end, too."""

    class Replies(defaultdict):  # type: ignore[type-arg]
        def __missing__(self, path: str) -> object:
            start = int(parse_qs(urlsplit(path).query)["start"][0])
            first = start // 20 % 2 * 20
            numbers = range(first, first + 20)
            page = found(*((f"2511.{n:05}", f"Boats {n}", ["Ada Example"]) for n in numbers))
            page = page.replace(b"totalResults>20<", b"totalResults>364218<")
            return [send(page, Content_Type="application/atom+xml")]

    server.replies = Replies()
    root = project(tmp_path, [{"source": "arxiv", "search": "abs:boats"}])
    [run] = ingest(root, server, fake)
    assert (run.ok, run.new, len(server.calls)) == (False, 40, 3)
    assert "repeats 20 papers" in run.said[0]


@contextmanager
def _direct(root: Path, _: Config, options: FetchOptions) -> Iterator[Fetcher]:
    """Open the fetcher as it is, without a way round to the loopback server."""
    manners = Politeness(interval_s=0.0, max_tries=1, rate_limits={})
    clock = FakeTime().world
    with HttpFetcher(
        manners, answer_cache_folder(root), replay=options.replay, environment=clock
    ) as fetcher:
        yield fetcher


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        ({"source": "huggingface"}, {"/m/daily_papers"}),
        ({"source": "huggingface", "papers": ["2511.01230"]}, {"/m/papers/2511.01230"}),
        ({"source": "arxiv", "categories": ["cs.RO"]}, {"/m/atom/cs.RO", "/m/api/query"}),
        ({"source": "arxiv", "search": "abs:boats"}, {"/m/api/query"}),
        ({"source": "arxiv", "ids": ["2511.01230"]}, {"/m/api/query"}),
        ({"source": "arxiv", "oai": ["cs:cs:CL"]}, {"/m/oai"}),
        ({"source": "openreview", "ids": ["aBcD_eF-12"]}, {"/m/notes"}),
        ({"source": "crossref", "dois": ["10.1145/12345"]}, {"/m/works/10.1145%2F12345"}),
        ({"source": "acl", "collections": ["P18"]}, {"/m/P18.xml"}),
        (
            {"source": "datacite", "dois": ["10.5281/zenodo.12345"]},
            {"/m/dois/10.5281%2Fzenodo.12345"},
        ),
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_source_is_asked_where_its_entry_says(
    server: Server, tmp_path: Path, entry: dict[str, object], paths: set[str], slash: str
) -> None:
    mirror = server.base + "/m" + slash
    root = project(tmp_path, [{**entry, "base_url": mirror}])
    [run], _ = commands.ingest_followed(
        root,
        (date(2026, 2, 27), date(2026, 3, 2)),
        replay=False,
        show_progress=lambda _: None,
        now=FakeTime().world.now(),
        fetcher_factory=_direct,
    )
    assert {urlsplit(path).path for path, _ in server.calls} == paths
    assert "base_url" not in run.query


def test_every_source_with_a_service_is_in_the_table_of_mirrors() -> None:
    asked = {"huggingface", "arxiv", "openreview", "crossref", "acl"}
    assert asked <= {name for name, source in registry().by_name.items() if source.base_url}


@pytest.mark.parametrize("wrong", ["mirror.example.org", "ftp://a.example", "https://a.b/?q=1", 7])
def test_a_wrong_address_is_named_with_its_line(tmp_path: Path, wrong: object) -> None:
    (tmp_path / "archive.yml").write_text(
        f"title: Boats\nfollow:\n  - source: huggingface\n    base_url: {json.dumps(wrong)}\n",
        "utf-8",
    )
    with pytest.raises(ConfigError, match=r"archive\.yml:4: .*base_url"):
        load_config(tmp_path)


def test_a_mirror_has_the_history_of_its_entry(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    project(tmp_path, [{**HUGGING_FACE, "base_url": "https://mirror.example.org"}])
    at(fake, 2026, 3, 20, 12)
    [run] = ingest(root, server, fake)
    assert run.since == "2026-03-02"
    assert all(path.startswith("/mirror.example.org/") for path, _ in server.calls[15:])


def test_a_source_without_a_service_has_no_address(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    entry: dict[str, object] = {
        "source": "ris",
        "urls": ["https://a.example/b.ris"],
        "base_url": "https://b.example",
    }
    [run] = ingest(project(tmp_path, [entry]), server, fake)
    assert "base_url" in run.said[0]
    assert server.calls == []


def test_the_days_of_a_search_are_those_it_was_asked_for() -> None:
    (search,) = (
        registry()
        .source("arxiv")
        .requests({"search": "abs:boats"}, date(2026, 3, 1), date(2026, 3, 2))
    )
    assert (search.since, search.until) == ("2026-03-01", "2026-03-02")
    assert "20260224" in parse_qs(urlsplit(search.url).query)["search_query"][0]


def test_a_backfill_that_failed_long_ago_is_printed_as_a_command(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    first, last = date(2025, 3, 1), date(2025, 3, 5)
    server.on(HF.format("2025-03-04"), send(b"", 404))
    [failed] = ingest(root, server, fake, since=first, until=last)
    assert not failed.ok
    wanted = [f"digest ingest --since {first} --until {last}"]
    assert commands.expired_gap_commands(root, fake.world.now().date()) == wanted
    server.on(HF.format("2025-03-04"), send(day_of("2503.00001")))
    at(fake, 2026, 3, 3, 12)
    [good] = ingest(root, server, fake, since=first, until=last)
    assert good.ok
    assert commands.expired_gap_commands(root, fake.world.now().date()) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.integers(0, 30), st.booleans()), min_size=1, max_size=8
    )
)
def test_a_day_asked_for_is_filled_or_young_or_printed(spans: list[tuple[int, int, bool]]) -> None:
    start, today = date(2025, 1, 1), date(2025, 8, 1)
    runs = [
        Run(
            "arxiv",
            "{}",
            "2026-01-01T05:00:00+00:00",
            str(start + n * _DAY),
            str(start + (n + length) * _DAY),
            ok,
        )
        for n, length, ok in spans
    ]
    printed = {
        first + n * _DAY
        for first, last in coverage.expired_spans(runs, today)
        for n in range((last - first).days + 1)
    }
    days: dict[bool, set[date]] = {True: set(), False: set()}
    for n, length, ok in spans:
        days[ok] |= {start + (n + k) * _DAY for k in range(length + 1)}
    old = {day for day in days[False] if day < today - coverage.MAX_GAP_AGE}
    assert printed == old - days[True]


@given(st.lists(st.tuples(st.integers(1, 250), st.booleans()), min_size=1, max_size=12))
def test_no_day_since_the_first_run_is_lost_without_a_word(pauses: list[tuple[int, bool]]) -> None:
    """Runs after pauses of any length plan their days themselves; each day is filled, planned, or printed."""
    entry, query = [{"source": "huggingface"}], log.query_key({})
    today = first_day = date(2024, 1, 15)
    runs: list[Run] = []
    for pause, ok in pauses:
        [asked] = plan_days(entry, runs, today)
        started = f"{today}T05:00:00+00:00"
        runs.append(
            Run("huggingface", query, started, str(asked.since), str(asked.until), ok=ok, entries=1)
        )
        today += pause * _DAY
    [coming] = plan_days(entry, runs, today)
    filled = coverage.filled_spans(run for run in runs if run.ok)
    printed = list(coverage.expired_spans(runs, today))
    spans = [*filled, *printed, (coming.since, coming.until)]
    days = {first_day + n * _DAY for n in range((today - first_day).days + 1)}
    assert days <= {a + n * _DAY for a, b in spans for n in range((b - a).days + 1)}
    old = today - coverage.MAX_GAP_AGE
    assert all(b < old for _, b in printed)
    assert not any(a <= d and c <= b for a, b in printed for c, d in filled)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((2026, 3, 1, 11), "says 2026-03-01 11:00 UTC, but the last run was at 2026-03-02 12:00"),
        ((2025, 3, 2, 12), "but the last run was at"),
        ((2027, 3, 4, 12), "more than a year after the last run"),
        ((2026, 3, 1, 13), ""),
        ((2026, 12, 24, 12), ""),
    ],
)
def test_a_clock_that_jumps_is_noticed(
    server: Server, fake: FakeTime, tmp_path: Path, moment: tuple[int, ...], said: str
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    now = at(fake, *moment)
    opened = fetching(server, fake)
    _, problems = commands.ingest_followed(
        root,
        (None, None),
        replay=False,
        show_progress=lambda _: None,
        now=now,
        fetcher_factory=opened,
    )
    assert [p.where for p in problems] == (["clock"] if said else [])
    assert said in "".join(map(str, problems))


def test_a_run_of_a_wrong_clock_hides_no_later_gap(
    server: Server, fake: FakeTime, tmp_path: Path
) -> None:
    root = project(tmp_path, [HUGGING_FACE])
    ingest(root, server, fake)
    at(fake, 2026, 12, 24, 12)
    ingest(root, server, fake)
    at(fake, 2026, 4, 10, 12)
    server.calls.clear()
    ask_followed(root, server, fake)
    days = sorted(path.split("date=")[1][:10] for path, _ in server.calls)
    assert (days[0], days[-1]) == ("2026-03-02", "2026-04-10")
