"""The commands that look and change nothing: check, status, explain."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.model.errors import Problem


@click.command()
@output_options
@ROOT_OPTION
def check(root: Path) -> None:
    """Check settings, topics, overrides, notes, pages, workflows and records; exit with 1 if one is wrong."""
    from paper_digest.cli import check as use_case

    exit_on_problems(use_case.check_archive(root, datetime.now(UTC).date()), "to be corrected")
    say("Nothing is wrong.")


@click.command()
@click.option("--alert", is_flag=True, help="Exit with 1 if a source has failed for max_gap days.")
@output_options
@ROOT_OPTION
def status(root: Path, *, alert: bool) -> None:
    """Show each source's last good run and gaps, the next run, and what a build would do."""
    import msgspec

    from paper_digest.cli import status as use_case
    from paper_digest.settings.config import load_config

    config = load_config(root)
    problems: list[Problem] = []
    state = use_case.archive_status(root, config, datetime.now(UTC), problems)
    set_values(**msgspec.structs.asdict(state))
    for line in use_case.report_lines(state):
        say(line)
    late = use_case.alerts(state, config.max_gap) if alert else []
    what = "to be corrected" if problems else "older than max_gap allows"
    exit_on_problems([*problems, *late], what)


@click.command()
@click.argument("paper")
@output_options
@ROOT_OPTION
def explain(paper: str, root: Path) -> None:
    """Show what is known of PAPER (an id or a slug), from which sources, and why it has its topics."""
    from paper_digest.cli import explain as use_case
    from paper_digest.settings.config import load_config
    from paper_digest.store.files import Store

    for line in use_case.explain_paper(Store(root / "archive"), load_config(root), paper):
        say(line)
