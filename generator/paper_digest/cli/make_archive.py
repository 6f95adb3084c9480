"""The commands that make an archive and keep its files up to date: new, upgrade, init."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import (
    current_output,
    exit_on_problems,
    output_options,
    say,
    set_values,
)
from paper_digest.model.counted import counted

if TYPE_CHECKING:
    from paper_digest.cli.new_archive import Answers
    from paper_digest.cli.newest_release import NewestRelease

#: What is asked for each option that was not given; an empty answer leaves a setting empty.
_QUESTIONS = {
    "title": "Title of the archive",
    "url": "Address of the site, if known (https://NAME.github.io/REPOSITORY/)",
    "repository": "Address of its git repository, if there is one",
    "contact": "Your e-mail address or web page, told to sources' servers",
    "arxiv": "Fields to follow, as arXiv's categories (cs.CL, physics.geo-ph; none: empty)",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--title", help="Name of the archive.")
@click.option("--description", help="One sentence about it.")
@click.option("--url", help="Where the site will be, as https://NAME.github.io/REPOSITORY/")
@click.option("--repository", help="Address of the git repository it will be in.")
@click.option("--contact", help="E-mail address or web page that sources' servers are told.")
@click.option("--arxiv", metavar="CATEGORIES", help="arXiv's categories to follow: cs.CL,cs.LG")
@click.option("--huggingface/--no-huggingface", default=None, help="Follow HF's daily papers.")
@click.option("--topics", type=click.Choice(["default", "none"]), help="Topics to begin with.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the default of what is not given.")
@output_options
def new(folder: Path, *, yes: bool, **given: str | bool | None) -> None:
    """Make an archive in DIR, a new or an empty folder: settings, site, workflows."""
    from paper_digest.cli.new_archive import new_archive

    if not yes:
        _check_terminal("give --yes, and options for the rest")
    answers = _answers(given, ask=not yes)
    written = new_archive(folder, answers)
    set_values(files=[str(path) for path in written])
    say(f"{counted(len(written), 'file')} written into {folder}.")
    if not (answers.arxiv or answers.huggingface):
        say("It follows nothing yet: name sources under follow: in its archive.yml.")
    say(f"Then: cd {folder}; digest ingest; digest serve. README.md there says how to publish.")


def _check_terminal(cure: str) -> None:
    """Refuse to ask where nobody can answer: the question would be taken for answered with no.

    Raises:
        UsageError: standard input is no terminal, or what is printed is for programs.
    """
    if current_output().as_json:
        raise click.UsageError(f"--json asks nothing; {cure}")
    if not sys.stdin.isatty():
        raise click.UsageError(f"there is no terminal to ask on; {cure}")


def _answers(given: dict[str, str | bool | None], *, ask: bool) -> Answers:
    """Complete what was given on the command line, by questions or by the defaults."""
    from paper_digest.cli.new_archive import Answers

    chosen = {name: value for name, value in given.items() if value is not None}
    if ask:
        for name, question in _QUESTIONS.items():
            if name not in chosen:
                default = getattr(Answers(), name) or ""
                chosen[name] = click.prompt(question, default=default, show_default=bool(default))
        if "huggingface" not in chosen:
            chosen["huggingface"] = click.confirm("Follow Hugging Face's daily papers?")
    categories = str(chosen.pop("arxiv", "")).replace(",", " ").split()
    if url := str(chosen.pop("url", "")):
        chosen["url"] = url.rstrip("/") + "/"
    return Answers(**chosen, arxiv=tuple(categories))  # type: ignore[arg-type] # each option has its field's type


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@output_options
@ROOT_OPTION
def upgrade(root: Path, *, dry_run: bool) -> None:
    """Bring the files that `digest new` wrote up to this version; yours stay as they are."""
    import msgspec

    from paper_digest.cli import upgrade as use_case
    from paper_digest.cli.called_workflows import workflow_problems
    from paper_digest.cli.newest_release import newest_release
    from paper_digest.settings.config import load_config

    done = use_case.upgrade_archive(root, dry_run=dry_run)
    set_values(**msgspec.structs.asdict(done))
    for line in use_case.report_lines(done):
        say(line)
    newest = newest_release()
    set_values(
        newest=newest.version or None, newest_changes=newest.changes, newest_problem=newest.problem
    )
    for line in _newest_lines(newest, done.now):
        say(line)
    load_config(root)
    # A workflow that was left as it is may call one that was rewritten and asks for more.
    exit_on_problems([*workflow_problems(root)], "to be corrected")


def _newest_lines(newest: NewestRelease, now: str) -> Iterator[str]:
    """Say whether there is a newer version, what it changes, and how it is installed."""
    if not newest.version:
        yield f"Whether there is a newer version is not known: {newest.problem}."
    elif newest.version != now:
        yield f"\nThe index has paper-digest {newest.version}, which is not installed."
        yield newest.changes or f"What it changes is not known: {newest.problem}."
        yield (
            "To have it: pip install --upgrade paper-digest; then `digest upgrade --dry-run` says "
            "what it would change here."
        )


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask before the sample papers are deleted.")
@output_options
@ROOT_OPTION
def init(root: Path, *, yes: bool) -> None:
    """Take the sample papers out of a fork of the project; what you added or changed stays."""
    from paper_digest.cli import sample as use_case

    sample, _ = use_case.sample_papers(root)
    if sample and not yes:
        _check_terminal("give --yes")
        question = (
            f"Delete the {counted(len(sample), 'paper')} of the sample in {root / 'archive'}?"
        )
        click.confirm(question, abort=True)
    for line in use_case.delete_sample(root):
        say(line)
