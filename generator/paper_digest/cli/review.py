"""The commands about which records are one paper: review, same, different and unmerge."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
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
from paper_digest.model.errors import Problem

if TYPE_CHECKING:
    from paper_digest.store.decisions import Verdict
    from paper_digest.store.files import Store

#: Pairs shown at once, unless --all is given.
_MAX_PAIRS_SHOWN = 20
#: Columns of the file that is edited; a terminal has its own.
_FILE_WIDTH = 120


@click.command()
@click.option("--same", nargs=2, metavar="ID ID", help="Record that two records are one paper.")
@click.option(
    "--different", nargs=2, metavar="ID ID", help="Record that two records are two papers."
)
@click.option("--later", nargs=2, metavar="ID ID", help="Take a pair off the list, undecided.")
@click.option("--all", "show_all", is_flag=True, help="Show all pairs, also those left for later.")
@click.option(
    "--write",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all pairs into a file, to decide about them in an editor.",
)
@click.option(
    "--read",
    type=click.Path(dir_okay=False, path_type=Path, exists=True),
    help="Read the verdicts of such a file.",
)
@output_options
@ROOT_OPTION
def review(  # noqa: PLR0913 - click passes options by name
    *,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    later: tuple[str, str] | None,
    show_all: bool,
    write: Path | None,
    read: Path | None,
    root: Path,
) -> None:
    """List pairs of records that may be one paper, side by side, or decide about a pair."""
    from paper_digest.ingest import review as use_case
    from paper_digest.store.files import Store

    store, today = Store(root / "archive"), datetime.now(UTC).date()
    unreadable: list[Problem] = []
    decided: list[tuple[Verdict, tuple[str, str] | None]] = [
        ("same", same), ("different", different), ("later", later)
    ]  # fmt: skip
    for verdict, ids in decided:
        if ids:
            say(use_case.decide(store, *ids, verdict, today))
    if read:
        _read_file(store, read)
    elif write:
        _write_file(store, write, unreadable)
    elif current_output().as_json:
        _set_pairs(store, unreadable, show_all=show_all)
    elif not any(ids for _, ids in decided):
        _show_pairs(store, unreadable, show_all=show_all)
    exit_on_problems(unreadable, "left out of the pairs")


@click.command()
@click.argument("paper", metavar="ID")
@click.argument("former", metavar="[FORMER]", default="")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="A source whose statements belong to FORMER; found by its kind of id, by default.",
)
@output_options
@ROOT_OPTION
def unmerge(paper: str, former: str, sources: tuple[str, ...], root: Path) -> None:
    """Undo a merge: give the paper that was FORMER a record of its own again, and keep it so."""
    from paper_digest.ingest import unmerge as use_case
    from paper_digest.store.files import Store

    today = datetime.now(UTC).date()
    say(use_case.unmerge(Store(root / "archive"), paper, former, sources, today))


def _verdict(verdict: Verdict, text: str) -> click.Command:
    """Make the command that decides about a pair."""

    @click.command(verdict, help=text)
    @click.argument("one", metavar="PAPER")
    @click.argument("two", metavar="PAPER")
    @output_options
    @ROOT_OPTION
    def command(one: str, two: str, root: Path) -> None:
        from paper_digest.ingest import review as use_case
        from paper_digest.store.files import Store

        store = Store(root / "archive")
        ids = (use_case.named_id(store, one), use_case.named_id(store, two))
        say(use_case.decide(store, *ids, verdict, datetime.now(UTC).date()))

    return command


same = _verdict("same", "Say that two records are one PAPER: they are united, now and later.")
different = _verdict(
    "different", "Say that two ids are two papers: they stay two, and what united them is undone."
)


def _show_pairs(store: Store, unreadable: list[Problem], *, show_all: bool) -> None:
    from paper_digest.cli.pair_table import pair_rows
    from paper_digest.ingest.review import pairs_to_review

    width = shutil.get_terminal_size().columns
    number = 0
    pairs = pairs_to_review(store, with_postponed=show_all, problems=unreadable)
    for number, pair in enumerate(pairs, 1):
        if number > _MAX_PAIRS_SHOWN and not show_all:
            continue
        what = f"one id of two papers: {pair.disputed_id}" if pair.disputed_id else "one paper?"
        say(f"{number}. {what}")
        for line in pair_rows(pair, width, lambda word: click.style(word, bold=True, fg="yellow")):
            say(line)
        for verdict in ("same", "different", "later"):
            say(f"  digest review --{verdict} {pair.one.id} {pair.two.id}")
        say()
    if number > _MAX_PAIRS_SHOWN and not show_all:
        say(f"{number - _MAX_PAIRS_SHOWN:,} more: --all shows them, --write FILE takes all.")
    to_decide = f"{counted(number, 'pair')} to decide, with --same, --different or --later."
    say(to_decide if number else "There is nothing to decide.")


def _set_pairs(store: Store, unreadable: list[Problem], *, show_all: bool) -> None:
    from paper_digest.ingest.review import pairs_to_review

    pairs = pairs_to_review(store, with_postponed=show_all, problems=unreadable)
    set_values(pairs=list(pairs))


def _write_file(store: Store, path: Path, unreadable: list[Problem]) -> None:
    from paper_digest.cli.pair_table import pair_rows
    from paper_digest.ingest.review import pairs_to_review
    from paper_digest.ingest.review_file import review_text
    from paper_digest.store.atomic import replace_files

    pairs = list(pairs_to_review(store, problems=unreadable))
    text = "".join(review_text(pairs, str(path), lambda pair: pair_rows(pair, _FILE_WIDTH)))
    replace_files([(path, text.encode())])
    say(f"{counted(len(pairs), 'pair')} in {path}: decide there, then digest review --read {path}")


def _read_file(store: Store, path: Path) -> None:
    from paper_digest.ingest.review import decide_all
    from paper_digest.ingest.review_file import read_verdicts

    verdicts, problems = read_verdicts(path.read_text("utf-8", "replace"), str(path))
    for line in decide_all(store, verdicts, datetime.now(UTC).date(), problems):
        say(line)
    say(f"{counted(len(verdicts), 'verdict')} read.")
    exit_on_problems(problems, "passed over")
