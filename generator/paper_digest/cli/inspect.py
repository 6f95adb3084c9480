"""The commands that look and change nothing: check, status."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from paper_digest.cli.archive import ROOT_OPTION, exit_on_problems

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
QUIET_OPTION = click.option("-q", "--quiet", is_flag=True, help="Print what is wrong, and no more.")


@click.command()
@JSON_OPTION
@QUIET_OPTION
@ROOT_OPTION
def check(root: Path, *, as_json: bool, quiet: bool) -> None:
    """Check settings, topics, overrides, notes, workflows and records; exit with 1 if one is wrong."""
    import msgspec

    from paper_digest.cli import check as use_case

    problems = use_case.check_archive(root, datetime.now(UTC).date())
    if as_json:
        click.echo(msgspec.json.encode(problems).decode())
        raise SystemExit(bool(problems))
    exit_on_problems([str(problem) for problem in problems], "to be corrected")
    if not quiet:
        click.echo("Nothing is wrong.")


@click.command()
@click.option("--alert", is_flag=True, help="Exit with 1 if a source has failed for max_gap days.")
@JSON_OPTION
@QUIET_OPTION
@ROOT_OPTION
def status(root: Path, *, alert: bool, as_json: bool, quiet: bool) -> None:
    """Show each source's last good run and gaps, the next run, and what a build would do."""
    import msgspec

    from paper_digest.cli import status as use_case
    from paper_digest.settings.config import load_config

    config = load_config(root)
    state = use_case.archive_status(root, config, datetime.now(UTC))
    if as_json:
        click.echo(msgspec.json.encode(state).decode())
    elif not quiet:
        click.echo("\n".join(use_case.report_lines(state)))
    if alert:
        exit_on_problems(use_case.alerts(state, config.max_gap), "older than max_gap allows")
