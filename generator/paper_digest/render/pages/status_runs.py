"""What the status page says of a source's runs: when they were, what they brought, what was wrong."""

from __future__ import annotations

from datetime import UTC, datetime

from paper_digest.render import span
from paper_digest.render.pages.blocks import table
from paper_digest.render.sentence import with_commands
from paper_digest.render.span import Span, paragraph
from paper_digest.store.runs.log import Run
from paper_digest.text.dates import format_heading
from paper_digest.text.language import (
    format_number,
    gettext,
    gettext_noop,
    ngettext,
)

#: Runs listed of each source.
MAX_RUNS_LISTED = 14

_RUN_COLUMNS = (
    gettext_noop("Run"),
    gettext_noop("Days"),
    gettext_noop("Result"),
    gettext_noop("Entries"),
    gettext_noop("New"),
    gettext_noop("Changed"),
    gettext_noop("Problems"),
)


def left_out_papers(run: Run) -> list[Span]:
    """Say how many papers the filters of the entry left out."""
    if not run.left_out:
        return []
    words = ngettext(
        "{n} paper did not pass the filters of this source.",
        "{n} papers did not pass the filters of this source.",
        run.left_out,
    )
    return [paragraph(span.text(words))]


def run_problems(run: Run) -> list[Span]:
    """List what a run had to leave out; nothing where there is nothing."""
    if not run.problems:
        return []
    more = run.problems - len(run.said)
    items = [[paragraph(with_commands(words))] for words in run.said]
    if more:
        items.append([paragraph(span.text(ngettext("and {n} more", "and {n} more", more)))])
    return [paragraph(span.text(gettext("Problems of the last run:"))), span.bullet_list(items)]


def runs_table(runs: tuple[Run, ...]) -> Span:
    """Set a table of the newest runs, folded away."""
    rows = [
        (
            span.text(format_utc(datetime.fromisoformat(run.started))),
            span.text(
                gettext("{first} to {last}", first=run.since, last=run.until)
                if run.since < run.until
                else run.since
            ),
            span.text(gettext("succeeded") if run.ok else gettext("failed")),
            *(
                span.text(format_number(n))
                for n in (run.entries, run.new, run.changed, run.problems)
            ),
        )
        for run in runs[: -MAX_RUNS_LISTED - 1 : -1]
    ]
    head = tuple(gettext(name) for name in _RUN_COLUMNS)
    label = ngettext("The only run so far", "The last {n} runs", len(rows))
    return span.details(label, table(head, rows))


def format_utc(when: datetime) -> str:
    """Say a moment in UTC: ``Tuesday, 4 November 2025, 05:17 UTC``."""
    utc = when.astimezone(UTC)
    day, time = format_heading(utc.date().isoformat()), f"{utc:%H:%M} UTC"
    return gettext("{words}, {date}", words=day, date=time)
