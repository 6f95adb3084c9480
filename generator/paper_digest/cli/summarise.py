"""The command that asks a language model for digests."""

from __future__ import annotations

from pathlib import Path

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.cli.progress import Progress
from paper_digest.model.counted import counted

_MAX_REFUSALS_NAMED = 20


@click.command()
@output_options
@ROOT_OPTION
def summarise(root: Path) -> None:
    """Ask a language model for digests of papers that have none, newest first.

    Off until archive.yml names a model under summaries:. The key is in the environment variable
    DIGEST_MODEL_KEY.
    """
    from paper_digest.ingest.summaries.commands import summarise_archive

    report = summarise_archive(root, Progress())
    set_values(
        written=report.written,
        refused=report.refused,
        taken_out=report.taken_out,
        asked=report.asked,
        cached=report.cached,
        input_tokens=report.input_tokens,
        output_tokens=report.output_tokens,
        cost=report.cost,
        waiting=report.waiting,
        edited=report.edited,
        refused_before=report.refused_before,
        without_abstract=report.without_abstract,
        stopped_by=report.stopped_by,
    )
    papers = counted(len(report.written), "paper has", "papers have")
    say(f"{papers} a new digest; {counted(report.waiting, 'is', 'are')} still to be asked about.")
    tokens = f"{report.input_tokens:,} + {report.output_tokens:,} tokens"
    cost = f", {report.cost:.4f} by the prices of archive.yml" if report.cost else ""
    say(f"{counted(report.asked, 'answer')} ({tokens}{cost}), {report.cached:,} from a run before.")
    for paper_id, why in report.refused[:_MAX_REFUSALS_NAMED]:
        say(f"refused: {paper_id}: {why}")
    if report.refused[_MAX_REFUSALS_NAMED:]:
        say(f"refused: {len(report.refused) - _MAX_REFUSALS_NAMED:,} more")
    if report.refused:
        say("Refusals are in archive/refused_digests.jsonl; a deleted line is asked again.")
    if report.taken_out:
        were = counted(len(report.taken_out), "digest was", "digests were")
        say(f"{were} taken out: the abstract is another now, and what was said of it is refused.")
    if report.refused_before:
        were = counted(report.refused_before, "paper is", "papers are")
        say(f"{were} not asked about: refused before, see archive/refused_digests.jsonl.")
    if report.without_abstract:
        were = counted(report.without_abstract, "paper is", "papers are")
        say(f"{were} not asked about: there is no whole abstract.")
    if report.edited:
        say(
            f"{counted(len(report.edited), 'record was', 'records were')} edited by hand and left alone; "
            "write edits as a fix in archive/overrides/."
        )
    if report.stopped_by:
        say(f"Ended early: {report.stopped_by}.")
    if report.fault:
        raise report.fault
    exit_on_problems(report.problems, "met; what was answered is written")
