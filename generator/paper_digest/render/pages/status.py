"""The status page: the state of each followed source, and why there may be nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from paper_digest import __version__
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.errors import Problem
from paper_digest.render import span
from paper_digest.render.pages.blocks import table
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.paper_lists import format_paper_count
from paper_digest.render.span import Span, paragraph
from paper_digest.sources.registry import registry
from paper_digest.store.runs.health import SourceHealth, source_health
from paper_digest.store.runs.log import Run
from paper_digest.text.dates import format_long_date, weekday_name

#: Runs listed of each source.
MAX_RUNS_LISTED = 14
#: Faults of a build that are listed; the others are counted.
MAX_FAULTS_LISTED = 200

_STATE_LABELS = {
    "waiting": "Not run yet",
    "failed": "Failed",
    "stale": "Outdated answers",
    "empty": "No papers came",
    "quiet": "Nothing new",
    "fine": "Up to date",
}


def make_page(states: Iterable[SourceHealth], faults: Iterable[Problem] = ()) -> Page:
    """Make the page of the followed sources, and of what the site lacks because of ``faults``."""
    states = tuple(states)
    parts = [span.heading(1, span.text("Status"), "status")]
    if not states:
        parts.append(paragraph(span.text(_NOTHING)))
    else:
        parts += _summary(states)
    for number, state in enumerate(states, 1):
        parts += _source_section(state, number)
    parts += _faults_section(tuple(faults))
    parts.append(paragraph(span.text(f"This site was built by paper-digest {__version__}.")))
    meta = {
        "title": "Status",
        "description": "When the archive was last filled, from which sources, and why there may be nothing new.",
        "kind": "index",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return Page("status.md", meta, span.join_blocks(parts))


_NOTHING = (
    "This archive follows no source, so no paper is added automatically. Papers are added by hand, with "
    "“digest add” and “digest ingest SOURCE FILE...”. Sources to follow are named in archive.yml."
)


def _summary(states: tuple[SourceHealth, ...]) -> list[Span]:
    """Say when the last run was and what it brought; everything below is as of then."""
    last = max((s.last_run.started for s in states if s.last_run), default="")
    if not last:
        return [paragraph(span.text("The sources of this archive were not read yet."))]
    new = sum(s.last_run.new for s in states if s.last_run and s.last_run.started == last)
    words = f"Last run: {_format_utc(datetime.fromisoformat(last))}; {format_paper_count(new) if new else 'nothing'} new."
    parts = [paragraph(span.text(f"{words} Everything below is as of each source's last run."))]
    rows = [
        (
            span.text(registry().title(s.source)),
            span.text(_STATE_LABELS[s.status]),
            span.text(
                _format_utc(datetime.fromisoformat(s.last_good_run.started))
                if s.last_good_run
                else "never"
            ),
            span.text(f"{s.last_run.new:,}" if s.last_run else "none"),
            span.text(f"{len(s.gaps):,}" if s.gaps else "none"),
        )
        for s in states
    ]
    head = ("Source", "State", "Last successful run", "New", "Gaps")
    return [*parts, table(head, rows)]


def _source_section(state: SourceHealth, number: int) -> list[Span]:
    parts = [span.heading(2, span.text(registry().title(state.source)), f"source-{number}")]
    options = msgspec.json.decode(state.query)
    if options:
        parts.append(paragraph(span.text(f"Settings: {_options(options)}."), "pd-meta"))
    parts.append(
        paragraph(
            span.strong(span.text(f"{_STATE_LABELS[state.status]}."))
            + span.text_run(f" {state.explanation}")
        )
    )
    if state.last_run:
        moment = datetime.fromisoformat(state.last_run.started)
        if calendar := registry().calendar(state.source):
            parts.append(paragraph(span.text(_next_expected(calendar, moment))))
        for first, last in state.gaps:
            days = format_long_date(first.isoformat()) + (
                f" to {format_long_date(last.isoformat())}" if last > first else ""
            )
            cure = f"digest ingest --since {first} --until {last}"
            parts.append(
                paragraph(
                    span.text(
                        f"Gap: papers of {days} were never fetched; run {cure} to fetch them."
                    )
                )
            )
        parts += _left_out(state.last_run)
        parts += _problems(state.last_run)
        parts.append(_runs(state.all_runs))
    return parts


def _faults_section(faults: tuple[Problem, ...]) -> list[Span]:
    """List what could not be read or made, in one order whichever was found first."""
    lines = sorted({str(fault) for fault in faults})
    if not lines:
        return []
    words = "These could not be read or made in the last build; all else was."
    shown = [[paragraph(span.text(line))] for line in lines[:MAX_FAULTS_LISTED]]
    if more := len(lines) - len(shown):
        shown.append([paragraph(span.text(f"and {more:,} more, which the log of the build names"))])
    return [
        span.heading(2, span.text("Faults of this site"), "faults"),
        paragraph(span.text(words)),
        span.bullet_list(shown),
    ]


def _next_expected(calendar: AnnouncementCalendar, moment: datetime) -> str:
    """Say when, after a run, the next news was to be expected."""
    news = calendar.next_news(moment)
    day = format_long_date(news.moment.date().isoformat())
    if not news.clock:
        return f"Next {news.what} expected: {weekday_name(news.moment)}, {day}."
    hour = f"{news.moment:%H:%M} {news.clock}"
    return f"Next {news.what} expected: {day} at {hour} ({_format_utc(news.moment)})."


def _left_out(run: Run) -> list[Span]:
    """Say how many papers the filters of the entry left out."""
    if not run.left_out:
        return []
    words = f"{format_paper_count(run.left_out)} did not pass the filters of this source."
    return [paragraph(span.text(words))]


def _problems(run: Run) -> list[Span]:
    if not run.problems:
        return []
    more = run.problems - len(run.said)
    items = [[paragraph(span.text(words))] for words in run.said]
    if more:
        items.append([paragraph(span.text(f"and {more:,} more"))])
    return [paragraph(span.text("Problems of the last run:")), span.bullet_list(items)]


def _runs(runs: tuple[Run, ...]) -> Span:
    rows = [
        (
            span.text(_format_utc(datetime.fromisoformat(run.started))),
            span.text(f"{run.since} to {run.until}" if run.since < run.until else run.since),
            span.text("succeeded" if run.ok else "failed"),
            *(span.text(f"{n:,}") for n in (run.entries, run.new, run.changed, run.problems)),
        )
        for run in runs[: -MAX_RUNS_LISTED - 1 : -1]
    ]
    head = ("Run", "Days", "Result", "Entries", "New", "Changed", "Problems")
    label = f"The last {len(rows):,} runs" if rows[1:] else "The only run so far"
    return span.details(label, table(head, rows))


def _options(options: dict[str, object]) -> str:
    shown = (
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in options.items()
    )
    return "; ".join(shown)


def _format_utc(when: datetime) -> str:
    """Say a moment in UTC: ``Tuesday, 4 November 2025, 05:17 UTC``."""
    utc = when.astimezone(UTC)
    return (
        f"{weekday_name(utc.date())}, {format_long_date(utc.date().isoformat())}, {utc:%H:%M} UTC"
    )


def _groups(inputs: PageInputs) -> tuple[PageGroup]:
    def make() -> tuple[Page]:
        states = source_health(inputs.config.follow, inputs.runs, registry())
        return (make_page(states, inputs.faults()),)

    return (OutputGroup("status", None, make, is_report=True),)


KIND = PageKind(("status.md",), _groups)
