"""The state of an archive for its operator: sources, gaps, the next run, size, what a build would do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from paper_digest.cli.next_run import next_run
from paper_digest.deliver.site_age import OLDER, is_older_than_archive
from paper_digest.deliver.size import budget_warning, measure_site, papers_per_weekday, years_left
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.settings.config import Config
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from paper_digest.store.overrides import load_overrides
from paper_digest.store.paper_override import hidden_records
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.health import (
    WATCH_TOPICS,
    HealthStatus,
    SourceHealth,
    failed_watches,
    source_health,
)
from paper_digest.store.volumes import VolumeStore

_WORKFLOW = Path(".github", "workflows", "ingest.yml")


class SourceStatus(StrictStruct, frozen=True):
    """One entry of ``follow:``, or a part of the watch that failed.

    Attributes:
        source: its name. ``query``: its other options, as one line of JSON.
        state: as on the status page; ``explanation`` the same in a sentence.
        last_good_run: when it last filled its days (ISO time, UTC), or "".
        failing_days: days since then, where the last run failed; of a source that was never read,
            since it was first tried.
        gaps: first and last day (ISO) of each span that no run filled.
        left_out: papers that did not pass the entry's filters in the last run.
    """

    source: str
    query: str
    state: HealthStatus
    explanation: str
    last_good_run: str = ""
    failing_days: int | None = None
    gaps: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


class ArchiveStatus(StrictStruct, frozen=True):
    """An archive as it lies on the disk.

    Attributes:
        papers: number of records; in the folder of a volume, of its own. ``hidden``: those of them that the site leaves out.
        sources: what is followed, and of the watch what failed.
        next_run: when the workflow will ask them (ISO time, UTC), or "".
        site_bytes: of the built site; ``None`` where none is built. ``budget_bytes``: the limit.
        years_left: until the site reaches it; ``None`` where that cannot be told.
        changed_records: records newer than the last build; ``None`` where there was none.
        is_outdated: whether a build would show another archive: decisions, volumes, pages, settings count too, and
            records that are gone. False where that cannot be told.
    """

    papers: int
    sources: tuple[SourceStatus, ...]
    next_run: str = ""
    site_bytes: int | None = None
    budget_bytes: int = 0
    years_left: float | None = None
    changed_records: int | None = None
    is_outdated: bool = False
    hidden: int = 0


def archive_status(
    root: Path, config: Config, now: datetime, problems: list[Problem] | None = None
) -> ArchiveStatus:
    """Read the state of the archive at ``root``; nothing is asked, nothing is written.

    ``problems`` gets what cannot be read of runs, volumes and overrides, and is passed over.
    """
    problems = [] if problems is None else problems
    archive = root / "archive"
    runs = log.runs_of_the_past(log.read_runs(archive, problems), now.date())
    # An archive's own folder counts what its volumes have too; the folder of one has links to all records.
    store = VolumeStore(archive, config.volume, problems) if config.volume else Store(archive)
    paths = list(store.paths())
    site, budget_bytes = root / "site", config.budget * 1_000_000
    site_size = measure_site(site) if site.is_dir() else None
    return ArchiveStatus(
        papers=len(paths),
        sources=tuple(
            _source_status(health, now.date())
            for health in (
                *source_health(config.follow, runs, registry()),
                *failed_watches(config.watch, runs),
            )
        ),
        next_run=next_run(root / _WORKFLOW, now),
        site_bytes=site_size.total if site_size else None,
        budget_bytes=budget_bytes,
        years_left=(
            years_left(site_size, papers_per_weekday(runs), budget_bytes) if site_size else None
        ),
        changed_records=_changed_since_build(paths, root / CACHE_FOLDER / "site.db"),
        is_outdated=_is_outdated(root),
        hidden=len(
            {
                store.path(one)
                for one in hidden_records(store, load_overrides(archive, None, problems))
            }
            & {*paths}
        ),
    )


def alerts(status: ArchiveStatus, max_days: int) -> list[str]:
    """Name the sources that have failed for ``max_days`` days or longer, each with what to do.

    A search for where papers were accepted is no reason for alarm: what it would bring is only missing.
    """
    return [
        f"{_entry_words(source)}: failing for {counted(source.failing_days, 'day')}; {source.explanation} "
        f"See “My ingest is red: what now” in the manual, How to; `digest ingest` tries again"
        for source in status.sources
        if source.failing_days is not None
        and source.failing_days >= max_days
        and not _is_watch(source, WATCH_TOPICS[1:])
    ]


def report_lines(status: ArchiveStatus) -> Iterator[str]:
    """Say the same to a person."""
    hidden = f", of which {status.hidden:,} hidden" if status.hidden else ""
    yield f"{counted(status.papers, 'paper')}{hidden}."
    if all(_is_watch(source) for source in status.sources):
        yield "archive.yml follows nothing: name sources under follow:."
    for source in status.sources:
        good = (
            f"last good run {source.last_good_run}" if source.last_good_run else "no good run yet"
        )
        yield f"{_entry_words(source)}: {source.state}, {good}. {source.explanation}"
        if source.left_out:
            yield f"  {counted(source.left_out, 'paper')} of the last run did not pass its filters"
        for first, last in source.gaps:
            yield f"  gap: {first} to {last}; run: digest ingest --since {first} --until {last}"
    if status.next_run:
        yield f"Next run of the workflow: {status.next_run}."
    yield from _site_lines(status)


def _site_lines(status: ArchiveStatus) -> Iterator[str]:
    if status.site_bytes is None:
        yield "No site is built here."
    else:
        limit = f" of {status.budget_bytes / 1e6:,.0f} MB" if status.budget_bytes else ""
        yield f"The built site has {status.site_bytes / 1e6:,.1f} MB{limit}."
        if warning := budget_warning(status.years_left):
            yield f"Warning: {warning}."
    if status.changed_records is None:
        yield "A build would make every page."
    elif status.changed_records:
        yield f"A build would read {counted(status.changed_records, 'record that is', 'records that are')} newer than the last one."
    elif status.is_outdated:
        yield f"No record is newer than the last build, but the site {OLDER}."
    else:
        yield "No record is newer than the last build."


def _is_watch(source: SourceStatus, topics: Sequence[str] = WATCH_TOPICS) -> bool:
    """Tell whether this is a part of the watch, of one of these topics, and no entry of ``follow:``."""
    return not msgspec.json.decode(source.query, type=dict[str, Any]).keys().isdisjoint(topics)


def _entry_words(source: SourceStatus) -> str:
    """Name an entry of ``follow:`` as a person would: its source, and what is asked of it."""
    options = msgspec.json.decode(source.query, type=dict[str, Any])
    asked = (
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in options.items()
    )
    title = registry().title(source.source)
    return f"{title} ({'; '.join(asked)})" if options else title


def _source_status(health: SourceHealth, today: date) -> SourceStatus:
    last, good = health.last_run, health.last_good_run
    failing_days = None
    if last and not last.ok:
        since = good or health.all_runs[0]
        failing_days = (today - date.fromisoformat(since.started[:10])).days
    return SourceStatus(
        source=health.source,
        query=health.query,
        state=health.status,
        explanation=health.explanation,
        last_good_run=good.started if good else "",
        failing_days=failing_days,
        gaps=tuple((a.isoformat(), b.isoformat()) for a, b in _named_gaps(health, today)),
        left_out=last.left_out if last else 0,
    )


def _named_gaps(health: SourceHealth, today: date) -> list[coverage.DaySpan]:
    """List the gaps that the next run fills, and those that only a person has filled.

    What lies before the first run, about a span that was asked for by its days, is no gap that anybody wants filled.
    """
    if not health.gaps:
        return []
    recent = [gap for gap in health.gaps if gap[1] >= today - coverage.MAX_GAP_AGE]
    old = coverage.expired_spans(health.all_runs, today)
    return [gap for gap in old if not any(a <= gap[0] and gap[1] <= b for a, b in recent)] + recent


def _changed_since_build(paths: list[Path], manifest: Path) -> int | None:
    if not manifest.exists():
        return None
    built = manifest.stat().st_mtime_ns
    return sum(path.stat().st_mtime_ns > built for path in paths)


def _is_outdated(root: Path) -> bool:
    try:
        return is_older_than_archive(root)
    except sqlite3.OperationalError:  # a build writes what it would be read from
        return False
