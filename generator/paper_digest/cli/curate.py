"""The commands that decide about papers and write it down: fix, hide, pin, pick, retag, correct-author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say

#: Between the values of a field that holds several.
_SEPARATOR = ";"

_WHY_OPTION = click.option("--why", default="", help="A note for whoever reads the decision later.")
_UNDO_OPTION = click.option("--undo", is_flag=True, help="Take the decision back.")


@click.command()
@click.argument("paper")
@click.argument("values", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--forget", multiple=True, metavar="FIELD", help="Believe the sources again.")
@click.option("--by", default="", help="Who wrote the digest, where digest= is given.")
@_WHY_OPTION
@output_options
@ROOT_OPTION
def fix(
    paper: str, values: tuple[str, ...], forget: tuple[str, ...], by: str, why: str, root: Path
) -> None:
    """Say what fields of PAPER are, whatever a source says; an empty VALUE says that there is none.

    Several authors, categories or keywords have semicolons between them; links.code=URL sets the
    link to the code.
    """
    from paper_digest.ingest.fix_values import fix_fields, forgotten_fields

    given = tuple(_split_values(values))
    fields = fix_fields(given, _SEPARATOR)
    if not fields and not forget:
        raise click.UsageError("give FIELD=VALUE, or --forget FIELD")
    if text := fields.get("digest"):
        if not by:
            raise click.UsageError("say who wrote the digest: --by NAME")
        fields["digest"] = {"text": text, "by": by}
    for name, _ in given:
        if name in forget or ("links" in forget and name.startswith("links.")):
            raise click.UsageError(f"{name} is given and to be forgotten: do one of them")
    change = forgotten_fields(forget)
    if forgotten_links := change.get("links"):
        fields["links"] = forgotten_links | fields.get("links", {})
    _decide(root, paper, {"fix": change | fields}, why)


def _switch(field: str, text: str) -> click.Command:
    """Make the command that sets or takes away a field of an override which is true or absent."""

    @click.command(field, help=text)
    @click.argument("paper")
    @_UNDO_OPTION
    @_WHY_OPTION
    @output_options
    @ROOT_OPTION
    def command(paper: str, why: str, root: Path, *, undo: bool) -> None:
        _decide(root, paper, {field: None if undo else True}, why)

    return command


hide = _switch(
    "hide", "Leave PAPER out of the site; its record stays, and its address says that it is hidden."
)
pin = _switch("pin", "Keep PAPER at the head of the home page.")


@click.command()
@click.argument("paper")
@click.option("--because", required=True, help="Why, in a sentence that readers see.")
@click.option("--by", required=True, help="Who picks it; readers see the name.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="A day of the week that it is the pick of; today without it.",
)
@output_options
@ROOT_OPTION
def pick(paper: str, because: str, by: str, day: datetime | None, root: Path) -> None:
    """Make PAPER the pick of the week."""
    from paper_digest.ingest.curation import pick_paper
    from paper_digest.store.picks import Pick

    on = (day or datetime.now(UTC)).date().isoformat()
    what, where = pick_paper(root, paper, Pick(paper, because, by, on))
    say(f"{what}: {where}")


@click.command()
@click.argument("paper")
@click.argument("topics", nargs=-1)
@_UNDO_OPTION
@_WHY_OPTION
@output_options
@ROOT_OPTION
def retag(paper: str, topics: tuple[str, ...], why: str, root: Path, *, undo: bool) -> None:
    """Give PAPER these TOPICS, the most fitting first, instead of the computed ones."""
    if bool(topics) == undo:
        raise click.UsageError("give the paper's topics, or --undo for the computed ones")
    _decide(root, paper, {"topics": list(topics) or None}, why)


@click.command("correct-author")
@click.argument("name")
@click.argument("right")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--orcid", default="", help="The author's ORCID.")
@_WHY_OPTION
@output_options
@ROOT_OPTION
def correct_author(
    name: str, right: str, papers: tuple[str, ...], orcid: str, why: str, root: Path
) -> None:
    """Write RIGHT for the author's NAME on each PAPER, or on all papers that print that name."""
    from paper_digest.ingest import curation
    from paper_digest.model.errors import Problem

    problems: list[Problem] = []
    correction = curation.NameCorrection(name, right, orcid)
    today = datetime.now(UTC).date()
    for line in curation.correct_author(root, correction, papers, why, today, problems):
        say(line)
    exit_on_problems(problems, "left as they were")


def _decide(root: Path, name: str, change: Mapping[str, Any], why: str) -> None:
    """Write a decision down and name its file; raises as ``curation.decide_about`` does."""
    from paper_digest.ingest.curation import decide_about

    what, where = decide_about(root, name, change, why, datetime.now(UTC).date())
    say(f"{what}: {where}")


def _split_values(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read ``FIELD=VALUE``."""
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not FIELD=VALUE", param_hint="FIELD=VALUE")
        yield name, value
