"""The commands for the records in ``archive/``: ingest, add, enrich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION, parse_day
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.cli.progress import Progress
from paper_digest.model.counted import counted

if TYPE_CHECKING:
    from paper_digest.ingest.report import IngestReport
    from paper_digest.model.errors import Problem
    from paper_digest.sources.source import Source
    from paper_digest.store.runs.log import Run


_MAX_PAIRS_NAMED = 5


class SourceCommands(click.Group):
    """A group with one command for each source; the sources are read only when one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Name the sources."""
        from paper_digest.sources.registry import registry

        return list(registry().by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Return the command that reads files of a source, or ``None`` where there is no such source."""
        from paper_digest.sources.registry import registry

        source = registry().by_name.get(cmd_name)
        return _source_command(source) if source else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of a source, as click does; an unknown one is told which there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from paper_digest.text.suggestion import suggestion

            cure = suggestion(args[0], self.list_commands(ctx))
            raise click.UsageError(f"there is no source {args[0]!r}; {cure}")
        return super().resolve_command(ctx, args)


@click.group(cls=SourceCommands, invoke_without_command=True)
@click.option(
    "--since",
    metavar="YYYY-MM-DD",
    help="First day to fetch; by default each source's missing days.",
)
@click.option("--until", metavar="YYYY-MM-DD", help="Last day to fetch; today by default.")
@click.option("--replay", is_flag=True, help="Use cached answers only; open no connection.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would come, and write nothing into archive/."
)
@output_options
@ROOT_OPTION
@click.pass_context
def ingest(
    context: click.Context, since: str, until: str, root: Path, *, replay: bool, dry_run: bool
) -> None:
    """Add papers to archive/: from all that archive.yml follows, or from files of one SOURCE."""
    if context.invoked_subcommand:
        _hand_down(context, root)
        return
    from paper_digest.ingest import commands

    span = (parse_day(since, "--since"), parse_day(until, "--until"))
    if dry_run:
        from paper_digest.ingest.preview import preview_followed

        preview = preview_followed(root, span, Progress())
        set_values(new_papers=preview.new_papers)
        for paper in preview.new_papers:
            say(f"new: {paper.id} {paper.title} [{', '.join(paper.topics)}]")
        _show_runs(preview.runs)
        _say_what_is_missing(preview.runs)
        exit_on_problems(_problem_lines(preview.runs, preview.problems), "met; nothing was written")
        return
    runs, problems = commands.ingest_followed(root, span, replay=replay, show_progress=Progress())
    _show_runs(runs)
    _say_what_is_missing(runs)
    for command in commands.expired_gap_commands(root):
        say(f"Some days that never came are too old to be asked for unasked; run: {command}")
    exit_on_problems(_problem_lines(runs, problems), "recorded in archive/runs")


def _say_what_is_missing(runs: Sequence[Run]) -> None:
    """Say why nothing was asked for, where nothing was."""
    if not runs:
        say(
            "archive.yml follows nothing: name sources under follow:, or give files "
            "(digest ingest SOURCE FILE...)."
        )


def _hand_down(context: click.Context, root: Path) -> None:
    """Let ``--root`` before a source's name count for the source; no other option means anything there.

    Raises:
        UsageError: another option stands there.
    """
    for name in context.params.keys() - {"root"}:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} is about what archive.yml follows, not about files")
    context.default_map = {str(context.invoked_subcommand): {"root": root}}


def _show_runs(runs: Iterable[Run]) -> None:
    runs = list(runs)
    set_values(runs=runs)
    for run in runs:
        say(f"{run.source}: {_format_counts(run.entries, run.new, run.changed)}")
        if run.left_out:
            say(f"{run.source}: {run.left_out:,} left out by the filters of its entry.")
        if run.undecided:
            say(f"{run.source}: {_format_undecided(run.undecided)}")


def _problem_lines(runs: Iterable[Run], problems: Iterable[Problem]) -> list[Problem | str]:
    lines: list[Problem | str] = [*problems]
    for run in runs:
        lines += run.said
        if more := run.problems - len(run.said):
            lines.append(f"{run.source}: {more:,} more")
    return lines


def _source_command(source: Source) -> click.Command:
    """Make ``digest ingest SOURCE FILE...``."""

    @click.command(
        source.name, help=f"{source.files_help}\n\nFILE may be a folder, or - for standard input."
    )
    @click.argument("paths", nargs=-1, required=True, metavar="FILE...")
    @click.option(
        "--date", metavar="YYYY-MM-DD", help="The day the files were saved, if they do not say."
    )
    @output_options
    @ROOT_OPTION
    def command(paths: tuple[str, ...], date: str, root: Path) -> None:
        from paper_digest.cli.input_files import open_files
        from paper_digest.ingest import files as use_case
        from paper_digest.ingest.record_index import match_cache_path
        from paper_digest.store.files import Store

        day, today = parse_day(date, "--date"), datetime.now(UTC).date()
        with open_files(paths) as opened:
            report = use_case.ingest_files(
                Store(root / "archive"),
                source,
                opened,
                str(day or ""),
                today,
                match_cache_path(root),
            )
        counts = _format_counts(report.entries, len(report.new), len(report.changed))
        say(f"{counted(report.paper_count, 'paper')}: {counts}")
        if report.ignored_removals:
            entries = counted(report.ignored_removals, "entry", "entries")
            say(
                f"{entries} said of papers that are not in this archive that they were removed, taken back or corrected."
            )
        for line in _undecided_lines(report.undecided):
            say(line)
        problems = report.problems
        if report.paper_names:
            from paper_digest.ingest import commands

            added = commands.add_papers(root, report.paper_names, Progress())
            _show_added(added)
            problems += added.problems
        exit_on_problems(problems, "left out or corrected")

    return command


@click.command()
@click.argument("papers", nargs=-1, required=True, metavar="ID|DOI|URL...")
@output_options
@ROOT_OPTION
def add(papers: tuple[str, ...], root: Path) -> None:
    """Add single papers by an id, a DOI or an address that a source knows.

    A file of ids, or - for standard input, gives all it names.
    """
    from paper_digest.ingest import commands

    report = commands.add_papers(root, papers, Progress())
    _show_added(report)
    exit_on_problems(report.problems, "left out or corrected")


def _show_added(report: IngestReport) -> None:
    """Print what became of each paper that was asked for."""
    set_values(
        new=sorted(report.new), changed=sorted(report.changed), unchanged=sorted(report.unchanged)
    )
    for paper_id in sorted(report.new | report.changed):
        say(f"{paper_id} {'added' if paper_id in report.new else 'changed'}")
    for paper_id in sorted(report.unchanged):
        say(f"{paper_id} is already in the archive")
    for line in _undecided_lines(report.undecided):
        say(line)


@click.command()
@output_options
@ROOT_OPTION
def enrich(root: Path) -> None:
    """Fill missing ids, titles, authors and dates of saved-page papers from arXiv."""
    from paper_digest.ingest import commands

    report, unsure = commands.enrich_archive(root, Progress())
    say(_format_counts(report.entries, len(report.new), len(report.changed)))
    for ours, theirs in unsure:
        say(f"unsure: {ours} may be {theirs}; if so, run: digest review --same {ours} {theirs}")
    exit_on_problems(report.problems, "left out or corrected")


def _undecided_lines(pairs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Name the first pairs that a run met and did not unite."""
    for one, two in pairs[:_MAX_PAIRS_NAMED]:
        yield f"{one} and {two} may be one paper"
    if pairs:
        yield _format_undecided(len(pairs))


def _format_undecided(count: int) -> str:
    pairs = counted(count, "pair of records was", "pairs of records were")
    return f"{pairs} not united though much speaks for it: digest review"


def _format_counts(entries: int, new: int, changed: int) -> str:
    return f"{counted(entries, 'entry', 'entries')}, {new:,} new, {changed:,} changed."
