"""What is answered in the issue: Markdown in which no word of others is markup, a mention or a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from paper_digest.model.errors import Problem
from paper_digest.model.quoting import without_secrets

#: What became of an issue: the archive was changed; it was changed, and the issue stays open; it was changed
#: for a pull request; everything is as the form asks already; nothing can be done; a person has to read it; it is no form.
Outcome = Literal["done", "standing", "proposed", "unchanged", "refused", "left", "none"]

#: All together are fewer than the 65,536 that GitHub takes of a comment.
_MAX_DIFFERENCE_CHARACTERS = 20_000
_MAX_LINES = 60
_MAX_LINE_CHARACTERS = 300

_HEADS: dict[Outcome, str] = {
    "done": "Done. The site shows it when it is next published, in some minutes.",
    "standing": "Done. This issue stays open: a thumbs up on it is a vote. The site shows it when it is next published.",
    "proposed": "Proposed as a pull request, which a curator of this archive looks at: {branch}",
    "unchanged": "Nothing had to be changed.",
    "refused": "Nothing was changed. Edit the issue, and it is tried again.",
    "left": "A curator of this archive will read this.",
    "none": "",
}


class IssueAnswer(NamedTuple):
    """What became of an issue, what was done in sentences, what was not, and how files differ.

    ``stays_open``: the issue is of use when all is done.
    """

    outcome: Outcome
    done: Sequence[str] = ()
    problems: Sequence[Problem] = ()
    difference: str = ""
    stays_open: bool = False


def answer_markdown(answer: IssueAnswer, number: int, branch: str) -> str:
    """Write the answer; ``branch`` is the address of the branch with the proposal of issue ``number``."""
    parts = [_HEADS[answer.outcome].format(branch=branch)]
    if answer.done:
        parts.append(_fenced(answer.done))
    if answer.problems:
        parts += ["Not done:", _fenced(map(str, answer.problems))]
    if answer.outcome == "proposed":
        # GitHub closes an issue whose pull request says so and is merged.
        closes = f"For #{number}, which stays open." if answer.stays_open else f"Closes #{number}."
        parts.append(closes)
    if answer.difference:
        shown = answer.difference[:_MAX_DIFFERENCE_CHARACTERS]
        is_whole = len(shown) == len(answer.difference)
        parts += [_fence(shown, "diff"), "" if is_whole else "The rest is in the commit."]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fenced(lines: Iterable[str]) -> str:
    """Show lines as they are: what people wrote into titles and ids stands in them."""
    shown = [without_secrets(" ".join(line.split())) for line in lines]
    short = [
        line if len(line) <= _MAX_LINE_CHARACTERS else f"{line[: _MAX_LINE_CHARACTERS - 1]}…"
        for line in shown[:_MAX_LINES]
    ]
    more = [f"and {len(shown) - _MAX_LINES:,} more"] if len(shown) > _MAX_LINES else []
    return _fence("\n".join([*short, *more]), "text")


def _fence(text: str, kind: str) -> str:
    """Put text into a block of code whose fence is longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{text.rstrip()}\n{fence}"
