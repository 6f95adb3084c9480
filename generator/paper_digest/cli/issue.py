"""The command that workflows run for an issue: read as a form, done, and answered."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import output_options, say, set_values
from paper_digest.model.errors import DigestError, Problem

if TYPE_CHECKING:
    from paper_digest.ingest.issue_forms.answer import IssueAnswer, Outcome
    from paper_digest.ingest.issue_forms.event import IssueEvent
    from paper_digest.ingest.report import IngestReport


@click.command()
@click.argument("event", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--answer",
    "answer_path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File for what is to be answered in the issue.",
)
@output_options
@ROOT_OPTION
def issue(event: Path, answer_path: Path, root: Path) -> None:
    """Do what an issue asks for that was made with a form of the archive's; for workflows.

    EVENT is the file that GITHUB_EVENT_PATH names. In a workflow, the output `outcome` says what became of
    it: done, standing (done, and to be left open), proposed (somebody else's wish, to be pushed as a branch), unchanged, refused, left (to a person) or none (no form).
    """
    from paper_digest.ingest.issue_forms.answer import answer_markdown
    from paper_digest.ingest.issue_forms.event import read_event

    happened = read_event(event)
    answer = _act(root, happened)
    number = happened.issue.number
    text = answer_markdown(answer, number, _branch_url(os.environ, number))
    answer_path.parent.mkdir(parents=True, exist_ok=True)
    answer_path.write_text(text, "utf-8")
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"outcome={answer.outcome}\n")
    set_values(outcome=answer.outcome)
    say(text.rstrip() or f"Issue {number} was made with no form.")


def _act(root: Path, event: IssueEvent) -> IssueAnswer:
    """Do what the issue asks for; nobody's words end the run, whatever they are."""
    from paper_digest.deliver.git_push import archive_difference
    from paper_digest.ingest import commands
    from paper_digest.ingest.issue_forms.act import FormRequest, act_on
    from paper_digest.ingest.issue_forms.answer import IssueAnswer
    from paper_digest.ingest.issue_forms.form import STANDING_FORMS, parse_form
    from paper_digest.settings.config import load_config

    config, problems = load_config(root), list[Problem]()
    asked_by = f"issue {event.issue.number} by {event.issue.user.login[:100]}"

    def add(names: Sequence[str]) -> IngestReport:
        return commands.add_papers(root, names, lambda _: None, reads_files=False)

    try:
        form = parse_form(event.issue.body or "")
        if form is None or event.issue.state != "open":
            return IssueAnswer("none")
        number, login = event.issue.number, event.issue.user.login[:100]
        request = FormRequest(root, asked_by, datetime.now(UTC).date(), add, number, login)
        done = act_on(form, request, problems)
    except DigestError as error:
        return IssueAnswer("refused", problems=[error.problem, *problems])
    difference = archive_difference(root, "archive")
    stays_open = form.name in STANDING_FORMS
    if not difference:
        if stays_open or (not done and not problems):
            return IssueAnswer("left")
        return IssueAnswer("refused" if problems else "unchanged", done, problems)
    outcome: Outcome = "standing" if stays_open else "done"
    if not event.is_trusted(config.curators):
        outcome = "proposed"
    return IssueAnswer(outcome, done, problems, difference, stays_open)


def _branch_url(environment: Mapping[str, str], number: int) -> str:
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    repository = environment.get("GITHUB_REPOSITORY", "")
    return f"{server}/{repository}/compare/issue-{number}" if repository else f"issue-{number}"
