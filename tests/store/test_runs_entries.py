"""Entries of ``follow:`` that ask for the same lists, each with runs of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest.plan import plan_days
from paper_digest.sources.registry import registry
from paper_digest.store.runs import health, log
from paper_digest.store.runs.entries import runs_by_entry
from paper_digest.store.runs.log import Run

ALL: dict[str, object] = {"source": "arxiv", "categories": ["cs.RO"]}
BOATS: dict[str, object] = {**ALL, "words": ["boats"]}
KITES: dict[str, object] = {**ALL, "words": ["kites"]}


def ran(entry: Mapping[str, object], day: int, *, ok: bool = True, key: str | None = None) -> Run:
    options = {name: value for name, value in entry.items() if name != "source"}
    return Run(
        str(entry["source"]), log.query_key(options), f"2026-03-{day:02}T06:00:00+00:00",
        f"2026-03-{day - 1:02}", f"2026-03-{day:02}", ok=ok, new=int(ok),
        entry=log.entry_key(options) if key is None else key,
    )  # fmt: skip


def test_an_entry_that_is_well_hides_no_other_that_fails() -> None:
    runs = [ran(BOATS, 2, ok=False), ran(KITES, 2), ran(BOATS, 3, ok=False), ran(KITES, 3)]
    for follow in ([BOATS, KITES], [KITES, BOATS]):
        states = health.source_health(follow, runs, registry())
        assert {s.query: s.status for s in states} == {
            '{"categories":["cs.RO"],"words":["boats"]}': "failed",
            '{"categories":["cs.RO"],"words":["kites"]}': "fine",
        }
        plans = {str(p.options["words"]): p for p in plan_days(follow, runs, date(2026, 3, 4))}
        assert len(plans["['boats']"].past_runs) == len(plans["['kites']"].past_runs) == 2
        assert plans["['boats']"].since < plans["['kites']"].since


def test_an_entry_alone_has_all_runs_of_what_it_asks_and_is_named_by_that() -> None:
    runs = [ran(BOATS, 2, key=""), ran(BOATS, 3), ran(KITES, 4)]
    [entry] = runs_by_entry([ALL], runs)
    assert entry.runs == tuple(runs)
    assert entry.shown == entry.query == '{"categories":["cs.RO"]}'


@given(
    st.lists(st.sampled_from([ALL, BOATS, KITES]), min_size=1, max_size=4),
    st.lists(
        st.tuples(st.sampled_from([ALL, BOATS, KITES]), st.sampled_from(["", None])), max_size=6
    ),
)
def test_a_run_is_its_entrys_alone_or_all_entries_that_ask_for_the_same(
    follow: list[dict[str, object]], told: list[tuple[dict[str, object], str | None]]
) -> None:
    """Runs of older versions, and of entries that are gone or were changed, fill the days of all."""
    runs = [ran(entry, day, key=key) for day, (entry, key) in enumerate(told, 2)]
    for entry, its in zip(follow, runs_by_entry(follow, runs), strict=True):
        for run, (of, key) in zip(runs, told, strict=True):
            assert (run in its.runs) == (key == "" or of == entry or of not in follow)
