"""The command that counts the votes on papers proposed for the reading group."""

from __future__ import annotations

from pathlib import Path

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values


@click.command()
@output_options
@ROOT_OPTION
def votes(root: Path) -> None:
    """Count the thumbs up on the issues of proposed papers, and write them into archive/proposals.yml.

    The repository is that of archive.yml, at GitHub. A private one is asked with the token in the environment
    variable GITHUB_TOKEN, which needs the right to read issues and no other.
    """
    from paper_digest.ingest.votes import count_votes

    report = count_votes(root)
    set_values(asked=report.asked, changed=report.changed)
    issues = f"{report.asked:,} {'issue' if report.asked == 1 else 'issues'}"
    proposals = f"{report.changed:,} {'proposal has' if report.changed == 1 else 'proposals have'}"
    say(f"{issues} asked for; {proposals} other votes now.")
    exit_on_problems(report.problems, "met; the votes that came are written")
