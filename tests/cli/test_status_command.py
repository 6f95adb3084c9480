"""``digest status``: what is failing and for how long, which days are missing, when the next run is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from paper_digest.cli.status import alerts, archive_status, report_lines
from paper_digest.deliver.volume_sites import make_volume_project
from paper_digest.ingest import watch
from paper_digest.model.paper import Paper
from paper_digest.render.pages.status import make_page
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.health import WATCH_TOPICS, failed_watches
from paper_digest.store.runs.log import Run
from paper_digest.store.volume_lists import Volume
from paper_digest.store.volumes import VolumeStore, write_volume
from temporary_project import digest

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)  # a Thursday


def archive(root: Path, *runs: Run, more: str = "") -> Path:
    root.mkdir(exist_ok=True)
    (root / "archive.yml").write_text(f"title: Boats\nfollow: [{{source: huggingface}}]\n{more}")
    log.append_runs(root / "archive", runs)
    return root


def run(day: int, *, ok: bool, since: int | None = None) -> Run:
    return Run(
        "huggingface", "{}", f"2026-03-{day:02}T06:00:00+00:00", f"2026-03-{since or day:02}",
        f"2026-03-{day:02}", ok=ok, entries=3 if ok else 0, said=() if ok else ("It is down.",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("runs", "failing"),
    [
        ((), None),
        ((run(9, ok=True), run(12, ok=True)), None),
        ((run(9, ok=True), run(10, ok=False), run(12, ok=False)), 3),
        ((run(10, ok=False), run(12, ok=False)), 2),
        ((run(10, ok=False), run(12, ok=True)), None),
    ],
)
def test_a_source_fails_since_its_last_good_run(
    tmp_path: Path, runs: tuple[Run, ...], failing: int | None
) -> None:
    root = archive(tmp_path, *runs)
    status = archive_status(root, load_config(root), NOON)
    [source] = status.sources
    assert source.failing_days == failing
    for days in range(6):
        assert bool(alerts(status, days)) == (failing is not None and failing >= days)


@pytest.mark.parametrize("ok", [True, False])
@pytest.mark.parametrize("started", ["2026-03-14", "2026-11-02", "2031-03-01"])
def test_a_run_of_a_wrong_clock_hides_no_failure(tmp_path: Path, started: str, *, ok: bool) -> None:
    last = (run(9, ok=True), run(10, ok=False), run(12, ok=False))
    root = archive(tmp_path, *last)
    wanted = archive_status(root, load_config(root), NOON).sources
    log.append_runs(
        root / "archive",
        [Run("huggingface", "{}", f"{started}T06:00:00+00:00", started, started, ok=ok)],
    )
    status = archive_status(root, load_config(root), NOON)
    assert status.sources == wanted
    assert len(alerts(status, 3)) == 1


def watch_run(day: int, topic: str, *, ok: bool) -> Run:
    return Run(
        "crossref", log.query_key({topic: 30}), f"2026-03-{day:02}T06:00:00+00:00", f"2026-03-{day:02}",
        f"2026-03-{day:02}", ok=ok, said=() if ok else ("It is down.",),
    )  # fmt: skip


@pytest.mark.parametrize("watch", [30, 60, 0])
@pytest.mark.parametrize("topic", WATCH_TOPICS)
@pytest.mark.parametrize(
    ("days", "failing"),
    [("", None), ("+", None), ("-", 0), ("+---", 3), ("-----", 4), ("---+", None), ("+-+-", 1)],
)
def test_the_watch_that_fails_is_named_since_when(
    tmp_path: Path, watch: int, topic: str, days: str, failing: int | None
) -> None:
    """A retraction that nobody learns of is no less than a paper that does not come."""
    runs = [watch_run(13 - len(days) + n, topic, ok=sign == "+") for n, sign in enumerate(days)]
    root = archive(tmp_path, run(9, ok=True), *runs, run(12, ok=True), more=f"watch: {watch}\n")
    status = archive_status(root, load_config(root), NOON)
    is_named = failing is not None and watch == 30
    assert [s.failing_days for s in status.sources] == [None, *([failing] if is_named else [])]
    said = [line for line in report_lines(status) if "It is down" in line]
    assert [line.split(":")[0] for line in said] == ([f"Crossref ({topic}"] if is_named else [])
    alarms = is_named and topic == "watch"
    for most in range(6):
        assert bool(alerts(status, most)) == (alarms and (failing or 0) >= most)
    page = make_page(failed_watches(watch, log.read_runs(root / "archive"))).markdown()
    assert ("It is down" in page) == is_named


def test_a_watch_of_papers_that_are_gone_fails_for_one_round(tmp_path: Path) -> None:
    early = msgspec.structs.replace(
        watch_run(1, "watch", ok=False), started="2026-01-20T06:00:00+00:00"
    )
    root = archive(tmp_path, early, run(12, ok=True), more="watch: 30\n")
    assert len(archive_status(root, load_config(root), NOON).sources) == 1


def test_what_the_watch_asks_has_a_state() -> None:
    assert {part.topic for part in watch._WATCH_PARTS} == {*WATCH_TOPICS}


def test_gaps_have_their_command(tmp_path: Path) -> None:
    root = archive(tmp_path, run(6, ok=True, since=4), run(12, ok=True, since=9))
    status = archive_status(root, load_config(root), NOON)
    spans = (("2026-03-06", "2026-03-08"),)
    assert status.sources[0].gaps == spans
    said = "\n".join(report_lines(status))
    for first, last in spans:
        assert f"digest ingest --since {first} --until {last}" in said
    assert json.loads(digest(root, "status", "--json").stdout)["sources"][0]["state"]


def test_a_gap_that_no_run_will_fill_is_named_too(tmp_path: Path) -> None:
    """After half a year without a run the next asks for 90 days, and for years of an old span nobody asked."""
    backfill = Run("huggingface", "{}", "2025-06-02T06:00:00+00:00", "2019-01-01", "2019-01-31", ok=True, entries=3)  # fmt: skip
    first = Run("huggingface", "{}", "2025-06-01T06:00:00+00:00", "2025-05-25", "2025-06-01", ok=True)  # fmt: skip
    after = Run("huggingface", "{}", "2026-03-12T06:00:00+00:00", "2025-12-12", "2026-03-12", ok=True)  # fmt: skip
    root = archive(tmp_path, first, backfill, after)
    gaps = archive_status(root, load_config(root), NOON).sources[0].gaps
    assert gaps == (("2025-06-01", "2025-12-11"),)


def test_an_entry_is_named_in_words(tmp_path: Path) -> None:
    root = archive(tmp_path)
    arxiv = "{source: arxiv, categories: [cs.CL, cs.LG]}"
    bibtex = "{source: bibtex, urls: 'https://example.org/a.bib'}"
    settings = f"title: Boats\nfollow: [{{source: huggingface}}, {arxiv}, {bibtex}]\n"
    (root / "archive.yml").write_text(settings)
    lines = list(report_lines(archive_status(root, load_config(root), NOON)))
    assert any(line.startswith("Hugging Face: ") for line in lines)
    assert any(line.startswith("arXiv (categories: cs.CL, cs.LG): ") for line in lines)
    assert any(line.startswith("BibTeX (urls: https://example.org/a.bib): ") for line in lines)
    assert not any("{" in line for line in lines)


def test_an_alert_is_an_exit_code(tmp_path: Path) -> None:
    failing = (run(1, ok=False), run(2, ok=False))
    root = archive(tmp_path, *failing)
    assert digest(root, "status").returncode == 0
    ran = digest(root, "status", "--alert", "--quiet")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Hugging Face: failing for" in ran.stderr
    patient = archive(tmp_path / "patient", *failing, more="max_gap: 365\n")
    assert digest(patient, "status", "--alert").returncode in {0, 1}


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("23 11 * * *", "2026-03-13T11:23+00:00"),
        ("23 13 * * *", "2026-03-12T13:23+00:00"),
        ("0 6 * * 1-5", "2026-03-13T06:00+00:00"),
        ("0 6 * * 0", "2026-03-15T06:00+00:00"),
        ("0 6 1 * *", ""),
        ("99 99 * * *", ""),
    ],
)
def test_the_next_run_is_that_of_the_workflow(tmp_path: Path, cron: str, due: str) -> None:
    root = archive(tmp_path)
    workflow = root / ".github" / "workflows" / "ingest.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(f'on:\n  schedule:\n    - cron: "{cron}"\n')
    assert archive_status(root, load_config(root), NOON).next_run == due


def test_the_folder_of_a_volume_counts_its_own_papers(tmp_path: Path) -> None:
    root = archive(tmp_path)
    papers = [
        Paper(id=f"arxiv:2501.0000{n}", title=f"Loom {n}", published="2025") for n in range(5)
    ]
    Store(root / "archive").write(papers)
    write_volume(VolumeStore(root / "archive", "", []), "2024", papers[:2])
    (root / "archive" / "overrides").mkdir()
    hiding = "- {id: 'arxiv:2501.00000', hide: true}\n- {id: 'arxiv:2501.00003', hide: true}\n"
    (root / "archive" / "overrides" / "a.yml").write_text(hiding, "utf-8")
    assert archive_status(root, load_config(root), NOON).papers == 5
    place = make_volume_project(root, Volume("2024", ()), load_config(root))
    status = archive_status(place, load_config(place), NOON)
    assert (status.papers, status.hidden) == (2, 1)


def test_hidden_papers_are_counted_by_their_ids_now_and_before(tmp_path: Path) -> None:
    """It said 2,334 papers where the site has 2,330."""
    root = archive(tmp_path / "root")
    store = Store(root / "archive")
    store.write(
        Paper(id=f"arxiv:2503.0000{n}", title=f"Boats {n}", aliases=(f"doi:10.1234/{n}",))
        for n in range(6)
    )
    (root / "archive" / "overrides").mkdir()
    hidden = ("arxiv:2503.00001", "doi:10.1234/2", "arxiv:2503.00003", "doi:10.1234/3")
    lines = [f"- {{id: '{one}', hide: true}}" for one in hidden]
    lines += ["- {id: 'arxiv:2503.00004', removed: true}", "- {id: 'doi:10.1234/gone', removed: true}"]  # fmt: skip
    lines += ["- {id: 'arxiv:2503.00005', topics: [of-any-name]}"]
    (root / "archive" / "overrides" / "a.yml").write_text("\n".join(lines), "utf-8")
    status = archive_status(root, load_config(root), NOON)
    assert (status.papers, status.hidden) == (6, 4)
    assert next(report_lines(status)) == "6 papers, of which 4 hidden."


def test_what_cannot_be_read_of_the_runs_is_named(tmp_path: Path) -> None:
    """The run that says a source fails may stand in a broken line: nobody may take silence for health."""
    root = archive(tmp_path, run(9, ok=True), run(12, ok=False))
    path = root / "archive" / "runs" / "2026-03.jsonl"
    path.write_text(path.read_text("utf-8").replace('"ok":false', '"ok":fal'), "utf-8")
    shown = digest(root, "status")
    assert shown.returncode == 1
    assert "archive/runs/2026-03.jsonl:2: is no record of a run" in shown.stderr
    assert "Hugging Face: quiet" in shown.stdout
    said = json.loads(digest(root, "status", "--json").stdout)["problems"]
    assert [one["where"].rpartition("/")[2] for one in said] == ["2026-03.jsonl:2"]
    (root / "site").mkdir()
    sized = digest(root, "size")
    assert sized.returncode == 0  # the workflow asks before it publishes
    assert "archive/runs/2026-03.jsonl:2: is no record of a run" in sized.stderr
