"""The status page says how each source fares, from the diary alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from paper_digest.builder.site_build import build_docs
from paper_digest.cli.main import cli
from paper_digest.model.errors import Problem
from paper_digest.render.pages import status
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store.runs import health, log
from paper_digest.store.runs.log import Run
from source_answers import project

ARXIV: dict[str, object] = {"source": "arxiv", "categories": ["cs.RO"]}
HF: dict[str, object] = {"source": "huggingface"}
QUERY = '{"categories":["cs.RO"]}'


def run(started: str, since: str, *, source: str = "arxiv", **fields: object) -> Run:
    told = {"ok": True, "answers": 2, "entries": 9, "query": QUERY if source == "arxiv" else "{}"}
    moment = f"{started}:00+00:00"
    return Run(source=source, started=moment, since=since, until=started[:10], **(told | fields))  # type: ignore[arg-type]


def words(*told: Run, entry: dict[str, object] = ARXIV) -> tuple[str, str]:
    [state] = health.source_health([entry], told, registry())
    return state.status, state.explanation


@pytest.mark.parametrize(
    ("told", "mood", "said"),
    [
        ([], "waiting", "not read yet"),
        ([run("2026-01-07T12:00", "2026-01-06", new=3)], "fine", "3 new papers"),
        (
            [run("2026-01-07T12:00", "2026-01-06", ok=False, said=("https://x: 503",))],
            "failed",
            "503",
        ),
        (
            [run("2026-01-10T12:00", "2026-01-09", newest="2026-01-09")],
            "quiet",
            "Friday and Saturday",
        ),
        (
            [run("2026-01-11T12:00", "2026-01-09", newest="2026-01-09")],
            "quiet",
            "Friday and Saturday",
        ),
        (
            [run("2026-01-20T12:00", "2026-01-19", newest="2026-01-19")],
            "quiet",
            "Martin Luther King",
        ),
        (
            [run("2026-01-08T12:00", "2026-01-07", newest="2026-01-08")],
            "quiet",
            "already has its last announcement",
        ),
        (
            [run("2026-01-08T12:00", "2026-01-07", newest="2026-01-07")],
            "stale",
            "those of 2026-01-08 were due",
        ),
        (
            [run("2026-01-07T12:00", "2026-01-06"), run("2026-01-08T12:00", "2026-01-07", stale=2)],
            "stale",
            "same as last time",
        ),
        (
            [run("2026-01-08T12:00", "2026-01-07"), run("2026-01-08T21:00", "2026-01-07", stale=2)],
            "quiet",
            "already has its last announcement",
        ),
    ],
)
def test_arxivs_state_is_said_in_words(told: list[Run], mood: str, said: str) -> None:
    found, text = words(*told)
    assert found == mood
    assert said in text


@pytest.mark.parametrize(
    ("entry", "source"), [(ARXIV, "arxiv"), (HF, "huggingface"), ({"source": "jsonl"}, "jsonl")]
)
def test_no_reason_is_given_that_nobody_knows(entry: dict[str, object], source: str) -> None:
    none = run("2026-01-14T12:00", "2026-01-01", source=source, answers=15, entries=0)
    state, text = words(none, entry=entry)
    assert (state, "none so far" in text) == ("empty", True)
    some = run("2026-01-05T12:00", "2026-01-01", source=source, new=4)
    state, text = words(some, none, entry=entry)
    assert (state, "gave papers before" in text) == ("empty", True)
    page = status.make_page(health.source_health([entry], [none], registry())).markdown()
    assert "already has" not in page


def test_an_empty_weekend_has_its_reason() -> None:
    friday = run("2026-01-09T12:00", "2026-01-08", newest="2026-01-09")
    saturday = run("2026-01-10T12:00", "2026-01-09", entries=0)
    assert words(friday, saturday)[0] == "quiet"


def test_hugging_faces_weekend_is_no_fault() -> None:
    weekend = run("2026-01-11T12:00", "2026-01-10", source="huggingface", newest="2026-01-09")
    assert words(weekend, entry=HF) == ("quiet", "Nothing new: it has no list on a weekend.")
    late = run("2026-01-14T12:00", "2026-01-10", source="huggingface", newest="2026-01-09")
    assert words(late, entry=HF)[0] == "stale"


def test_gaps_are_shown_with_the_command_that_fills_them() -> None:
    told = [
        run("2026-01-07T12:00", "2026-01-01", new=1),
        run("2026-01-15T12:00", "2026-01-12", new=1),
    ]
    [state] = health.source_health([ARXIV], told, registry())
    page = status.make_page([state]).markdown()
    assert "papers of 7 January 2026 to 11 January 2026 were never fetched" in page
    assert "--since 2026-01-07 --until 2026-01-11" in unescape(page)
    [files] = health.source_health([{"source": "bibtex", "files": ["a.bib"]}], [], registry())
    assert files.gaps == ()


def test_the_next_news_is_said_for_both_clocks() -> None:
    page = status.make_page(
        health.source_health(
            [ARXIV, HF],
            [
                run("2026-01-09T12:00", "2026-01-08", new=2),
                run("2026-01-09T12:00", "2026-01-08", source="huggingface"),
            ],
            registry(),
        )
    ).markdown()
    assert "11 January 2026 at 20:00 Eastern (Monday, 12 January 2026, 01:00 UTC)" in page
    assert "Next list expected: Monday, 12 January 2026" in page
    assert "Last run: Friday, 9 January 2026, 12:00 UTC; 2 papers new" in page


def test_an_archive_that_follows_nothing_says_so() -> None:
    assert "follows no source" in status.make_page(()).markdown()


def test_the_page_is_the_same_at_every_build_and_at_any_hour(tmp_path: Path) -> None:
    place = project(tmp_path, [ARXIV])
    log.append_runs(
        place / "archive",
        [run("2026-01-09T12:00", "2026-01-08", ok=False, problems=3, said=("a <b>: {{ c }}",))],
    )
    with (place / "archive" / "runs" / "2026-01.jsonl").open("ab") as diary:
        diary.write(b"not a record\n")
    build_docs(place, load_config(place))
    page = (place / "docs" / "status.md").read_text("utf-8")
    assert str(tmp_path) not in page
    assert "2026-01.jsonl:2" in unescape(page)
    assert "and 2 more" in page
    assert "<b>" not in page
    assert "{{" not in page
    again = build_docs(place, load_config(place))
    assert again.changes.written == []


@pytest.mark.parametrize("days_ahead", [2, 40, 5000])
def test_a_run_that_a_wrong_clock_dated_ahead_is_not_the_last_one(
    tmp_path: Path, days_ahead: int
) -> None:
    place = project(tmp_path, [ARXIV])
    past = [run("2026-01-07T12:00", "2026-01-06", new=3)]
    log.append_runs(place / "archive", past)
    build_docs(place, load_config(place))
    page = (place / "docs" / "status.md").read_text("utf-8")
    assert "3 papers new" in page
    ahead = datetime.now(UTC) + timedelta(days_ahead)
    moment = ahead.isoformat(timespec="minutes").partition("+")[0]
    log.append_runs(place / "archive", [run(moment, moment[:10], ok=False)])
    build_docs(place, load_config(place))
    assert (place / "docs" / "status.md").read_text("utf-8") == page
    # Counted from that run, no paper would have come for years.
    paper = place / "site" / "papers" / "2601.00001" / "index.html"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"<p>Boats")
    log.append_runs(place / "archive", [run("2026-03-07T12:00", "2026-03-06", new=90)])
    rates = [
        json.loads(CliRunner().invoke(cli, [*command, "--root", str(place), "--json"]).output)
        for command in (["size"], ["status"])
    ]
    assert rates[0]["years_left"] == rates[1]["years_left"] is not None


def test_a_broken_line_of_the_diary_is_named_without_its_folder() -> None:
    page = status.make_page((), [Problem("/some/where/2026-01.jsonl:7", "is no record")]).markdown()
    assert "2026-01.jsonl:7" in unescape(page)
    assert "/some/where" not in page
