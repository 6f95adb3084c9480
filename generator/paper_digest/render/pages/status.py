"""The status page: the state of each followed source, and why there may be nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from paper_digest import __version__
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.errors import Problem
from paper_digest.render import span
from paper_digest.render.pages.blocks import table
from paper_digest.render.pages.missing_texts import missing_texts
from paper_digest.render.pages.page import Page, PageGroup
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.pages.status_runs import (
    format_utc,
    left_out_papers,
    run_problems,
    runs_table,
)
from paper_digest.render.sentence import with_commands
from paper_digest.render.span import Span, paragraph
from paper_digest.sources.registry import registry
from paper_digest.store.runs.health import SourceHealth, failed_watches, source_health
from paper_digest.text.dates import format_heading, format_long_date
from paper_digest.text.language import (
    format_number,
    gettext,
    gettext_noop,
    ngettext,
)

#: Faults of a build that are listed; the others are counted.
MAX_FAULTS_LISTED = 200

_STATE_LABELS = {
    "waiting": gettext_noop("Not run yet"),
    "failed": gettext_noop("Failed"),
    "stale": gettext_noop("Outdated answers"),
    "empty": gettext_noop("No papers came"),
    "quiet": gettext_noop("Nothing new"),
    "fine": gettext_noop("Up to date"),
}


def make_page(states: Iterable[SourceHealth], faults: Iterable[Problem] = ()) -> Page:
    """Make the page of the followed sources, and of what the site lacks because of ``faults``."""
    states = tuple(states)
    parts = [span.heading(1, span.text(gettext("Status")), "status")]
    if not states:
        parts.append(paragraph(span.text(gettext(_NOTHING))))
    else:
        parts += _summary(states)
    for number, state in enumerate(states, 1):
        parts += _source_section(state, number)
    parts += _faults_section(tuple(faults))
    parts += missing_texts()
    parts.append(
        paragraph(
            span.text(
                gettext("This site was built by paper-digest {version}.", version=__version__)
            )
        )
    )
    meta = {
        "title": gettext("Status"),
        "description": gettext(
            "When the archive was last filled, from which sources, and why there may be nothing new."
        ),
        "kind": "index",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return Page("status.md", meta, span.join_blocks(parts))


_NOTHING = gettext_noop(
    "This archive follows no source, so no paper is added automatically. Papers are added by hand, with "
    "“digest add” and “digest ingest SOURCE FILE...”. Sources to follow are named in archive.yml."
)


def _summary(states: tuple[SourceHealth, ...]) -> list[Span]:
    """Say when the last run was and what it brought; everything below is as of then."""
    last = max((s.last_run.started for s in states if s.last_run), default="")
    if not last:
        return [paragraph(span.text(gettext("The sources of this archive were not read yet.")))]
    new = sum(s.last_run.new for s in states if s.last_run and s.last_run.started == last)
    moment = format_utc(datetime.fromisoformat(last))
    brought = (
        ngettext(
            "Last run: {time}; {n} paper new.",
            "Last run: {time}; {n} papers new.",
            new,
            time=moment,
        )
        if new
        else gettext("Last run: {time}; nothing new.", time=moment)
    )
    as_of = gettext("Everything below is as of each source's last run.")
    parts = [paragraph(span.text(f"{brought} {as_of}"))]
    rows = [
        (
            span.text(registry().title(s.source)),
            span.text(gettext(_STATE_LABELS[s.status])),
            span.text(
                format_utc(datetime.fromisoformat(s.last_good_run.started))
                if s.last_good_run
                else gettext("never")
            ),
            span.text(format_number(s.last_run.new) if s.last_run else gettext("none")),
            span.text(format_number(len(s.gaps)) if s.gaps else gettext("none")),
        )
        for s in states
    ]
    head = (
        gettext("Source"),
        gettext("State"),
        gettext("Last successful run"),
        gettext("New"),
        gettext("Gaps"),
    )
    return [*parts, table(head, rows)]


def _source_section(state: SourceHealth, number: int) -> list[Span]:
    parts = [span.heading(2, span.text(registry().title(state.source)), f"source-{number}")]
    options = msgspec.json.decode(state.query)
    if options:
        parts.append(
            paragraph(
                span.text(gettext("Settings: {settings}.", settings=_options(options))), "pd-meta"
            )
        )
    parts.append(
        paragraph(
            span.strong(span.text(gettext("{state}.", state=gettext(_STATE_LABELS[state.status]))))
            + span.text_run(" ")
            + with_commands(state.explanation)
        )
    )
    if state.last_run:
        moment = datetime.fromisoformat(state.last_run.started)
        if calendar := registry().calendar(state.source):
            parts.append(paragraph(span.text(_next_expected(calendar, moment))))
        for first, last in state.gaps:
            days = format_long_date(first.isoformat())
            if last > first:
                days = gettext(
                    "{first} to {last}", first=days, last=format_long_date(last.isoformat())
                )
            cure = f"digest ingest --since {first} --until {last}"
            parts.append(
                paragraph(
                    span.text(
                        gettext(
                            "Gap: papers of {days} were never fetched; run {command} to fetch them.",
                            days=days,
                            command=cure,
                        )
                    )
                )
            )
        parts += left_out_papers(state.last_run)
        parts += run_problems(state.last_run)
        parts.append(runs_table(state.all_runs))
    return parts


def _faults_section(faults: tuple[Problem, ...]) -> list[Span]:
    """List what could not be read or made, in one order whichever was found first."""
    lines = sorted({str(fault) for fault in faults})
    if not lines:
        return []
    words = gettext("These could not be read or made in the last build; all else was.")
    shown = [[paragraph(with_commands(line))] for line in lines[:MAX_FAULTS_LISTED]]
    if more := len(lines) - len(shown):
        shown.append(
            [
                paragraph(
                    span.text(
                        ngettext(
                            "and {n} more, which the log of the build names",
                            "and {n} more, which the log of the build names",
                            more,
                        )
                    )
                )
            ]
        )
    return [
        span.heading(2, span.text(gettext("Faults of this site")), "faults"),
        paragraph(span.text(words)),
        span.bullet_list(shown),
    ]


def _next_expected(calendar: AnnouncementCalendar, moment: datetime) -> str:
    """Say when, after a run, the next news was to be expected."""
    news = calendar.next_news(moment)
    day = format_long_date(news.moment.date().isoformat())
    if not news.clock:
        date = format_heading(news.moment.date().isoformat())
        return gettext("Next {news} expected: {date}.", news=gettext(news.what), date=date)
    hour = f"{news.moment:%H:%M} {news.clock}"
    return gettext(
        "Next {news} expected: {day} at {hour} ({moment}).",
        news=gettext(news.what),
        day=day,
        hour=hour,
        moment=format_utc(news.moment),
    )


def _options(options: dict[str, object]) -> str:
    shown = (
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in options.items()
    )
    return "; ".join(shown)


def _groups(inputs: PageInputs) -> tuple[PageGroup]:
    def make() -> tuple[Page]:
        states = source_health(inputs.config.follow, inputs.runs, registry())
        states += failed_watches(inputs.config.watch, inputs.runs)
        return (make_page(states, inputs.faults()),)

    return (OutputGroup("status", None, make, is_report=True),)


KIND = PageKind(("status.md",), _groups)
