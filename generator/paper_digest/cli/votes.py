"""The command that counts the votes on papers proposed for the reading group."""

from __future__ import annotations

from pathlib import Path

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.cli.progress import Progress
from paper_digest.model.counted import counted


@click.command()
@output_options
@ROOT_OPTION
def votes(root: Path) -> None:
    """Count the thumbs up on the issues of proposed papers, and write them into archive/proposals.yml.

    The repository is that of archive.yml, at GitHub. A private one is asked with the token in the environment
    variable GITHUB_TOKEN, which needs the right to read issues and no other.
    """
    from paper_digest.ingest.votes import count_votes

    report = count_votes(root, show_wait=Progress())
    set_values(asked=report.asked, changed=report.changed)
    proposals = counted(report.changed, "proposal has", "proposals have")
    asked = f"{counted(report.asked, 'issue')} asked for; {proposals} other votes now."
    say(asked if report.asked else "No paper is proposed in an issue that could be asked for.")
    exit_on_problems(report.problems, "met; the votes that came are written")
