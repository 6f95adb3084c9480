"""Which days are filled, and the diary that says so."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest import plan as follow
from paper_digest.model.errors import ConfigError, Problem, RecordError
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.log import Run

TODAY = date(2026, 3, 20)
START = date(2026, 1, 1)


def run(since: str, until: str, started: str, *, ok: bool = True, source: str = "arxiv") -> Run:
    return Run(source, "{}", f"{started}T05:00:00+00:00", since, until, ok)


def test_without_a_run_a_week_is_asked_for() -> None:
    assert coverage.first_unfilled_day([], "arxiv", "{}", TODAY) == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("told", "begin"),
    [
        ([run("2026-03-01", "2026-03-19", "2026-03-19")], "2026-03-19"),  # its own day is open
        ([run("2026-03-01", "2026-03-19", "2026-03-20")], "2026-03-20"),
        ([run("2026-03-01", "2026-03-10", "2026-03-10", ok=False)], "2026-03-01"),
        (
            [
                run("2026-03-01", "2026-03-05", "2026-03-06"),
                run("2026-03-15", "2026-03-19", "2026-03-20"),  # by hand, days later
            ],
            "2026-03-06",
        ),
        ([run("2025-01-01", "2025-02-01", "2025-02-02")], "2025-12-20"),  # not for years
        ([run("2026-03-01", "2026-03-19", "2026-03-20", source="huggingface")], "2026-03-13"),
    ],
)
def test_the_first_gap_is_filled_from_its_first_day(told: list[Run], begin: str) -> None:
    assert coverage.first_unfilled_day(told, "arxiv", "{}", TODAY).isoformat() == begin


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda p: run(
            (START + timedelta(p[0])).isoformat(),
            (START + timedelta(p[0] + p[1])).isoformat(),
            "2027-01-01",
        )
    ),
    max_size=6,
)


@given(spans)
def test_every_day_is_either_filled_or_in_a_gap(told: list[Run]) -> None:
    first, last = START, START + timedelta(90)
    filled = coverage.filled_spans(told)
    gaps = list(coverage.unfilled_spans(filled, first, last))
    days = {first + timedelta(n) for n in range(91)}

    def within(spans: list[tuple[date, date]]) -> set[date]:
        return {day for day in days for begin, end in spans if begin <= day <= end}

    wanted = {
        day
        for day in days
        for r in told
        if date.fromisoformat(r.since) <= day <= date.fromisoformat(r.until)
    }
    assert within(filled) == wanted
    assert within(gaps) == days - wanted
    assert sum((end - begin).days + 1 for begin, end in gaps) == len(days - wanted)


def test_a_plan_never_asks_for_the_future_and_refuses_nonsense() -> None:
    [plan] = follow.plan_days([{"source": "arxiv"}], [], TODAY, None, date(2030, 1, 1))
    assert (plan.since, plan.until) == (date(2026, 3, 13), TODAY)
    [plan] = follow.plan_days([{"source": "arxiv"}], [], TODAY, None, date(2026, 1, 1))
    assert plan.since == plan.until == date(2026, 1, 1)
    with pytest.raises(ConfigError, match="lies after"):
        list(follow.plan_days([], [], TODAY, date(2026, 3, 2), date(2026, 3, 1)))


def test_a_source_that_settles_late_is_asked_again() -> None:
    told = [run("2026-03-01", "2026-03-20", "2026-03-20", source="huggingface")]
    [plan] = follow.plan_days([{"source": "huggingface"}], told, TODAY)
    assert plan.since == date(2026, 3, 6)


def test_the_diary_comes_back_and_a_broken_line_is_named(tmp_path: Path) -> None:
    told = [
        run("2026-02-01", "2026-02-02", "2026-02-03"),
        run("2026-03-01", "2026-03-02", "2026-03-03"),
    ]
    log.append_runs(tmp_path, told)
    log.append_runs(tmp_path, told)
    assert list(log.read_runs(tmp_path)) == [told[0], told[0], told[1], told[1]]
    path = tmp_path / "runs" / "2026-03.jsonl"
    lines = [
        b"<<<<<<< HEAD\n",
        b'{"source": 1}\n',
        path.read_bytes().replace(b"2026-03-01", b"1 March"),
    ]
    path.write_bytes(b"".join(lines))
    broken: list[Problem] = []
    assert list(log.read_runs(tmp_path, broken)) == [told[0], told[0]]
    assert [e.where for e in broken] == [f"{path}:{n}" for n in (1, 2, 3, 4)]
    with pytest.raises(RecordError, match="delete the line"):
        list(log.read_runs(tmp_path))
