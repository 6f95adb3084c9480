"""The commands that decide about one paper and write it down: fix, hide, pin, retag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from paper_digest.cli.archive import ROOT_OPTION
from paper_digest.cli.output import output_options, say

#: Fields of a fix that hold several values, written with this between them.
_LISTS = frozenset({"authors", "categories", "keywords"})
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
    fields = dict(_parse_values(values, by))
    if not fields and not forget:
        raise click.UsageError("give FIELD=VALUE, or --forget FIELD")
    change: dict[str, Any] = dict.fromkeys(forget)
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


def _decide(root: Path, name: str, change: Mapping[str, Any], why: str) -> None:
    """Write a decision down and name its file.

    Raises:
        DigestError: there is no such paper, or the decision cannot be used; nothing is written then.
    """
    from paper_digest.settings.config import load_config
    from paper_digest.store.files import Store
    from paper_digest.store.find import find_paper
    from paper_digest.store.override_editor import change_override

    config, store = load_config(root), Store(root / "archive")
    paper = find_paper(store, name)
    reason = {"why": why} if why else {}
    today = datetime.now(UTC).date().isoformat()
    with store.lock():
        path = change_override(
            store.root, paper, config.topic_names, {**change, **reason, "at": today}
        )
    where = path.relative_to(root) if path else "nothing is decided about it any more"
    say(f"{paper.id} {paper.title}: {where}")


def _parse_values(texts: Iterable[str], by: str) -> Iterator[tuple[str, Any]]:
    """Read ``FIELD=VALUE`` as fields of a fix; what they may be is checked with the override."""
    links: dict[str, str | None] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not FIELD=VALUE", param_hint="FIELD=VALUE")
        if name.startswith("links."):
            links[name.removeprefix("links.")] = value or None
        elif name in _LISTS:
            yield name, [part.strip() for part in value.split(_SEPARATOR) if part.strip()]
        elif name == "author_count" and value.isdecimal():
            yield name, int(value)
        elif name == "digest" and value:
            if not by:
                raise click.UsageError("say who wrote the digest: --by NAME")
            yield name, {"text": value, "by": by}
        else:
            yield name, value
    if links:
        yield "links", links
