"""The file in which a person decides about many pairs: one line a pair, comments that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from paper_digest.ingest.review import ReviewPair
from paper_digest.model.errors import Problem
from paper_digest.store.decisions import Verdict

_HEAD = """\
# Pairs of records that may be one paper. Write "same" or "different" in the place of "later", then:
#   digest review --read {name}
# Lines that begin with # are not read; a line left as "later" decides nothing.
"""
_FIELDS_OF_A_LINE = 3
#: A file of more lines is no review.
_MAX_LINES = 2_000_000


def review_text(
    pairs: Iterable[ReviewPair], name: str, show_pair: Callable[[ReviewPair], Iterable[str]]
) -> Iterator[str]:
    """Yield the text of the file, pair by pair.

    Args:
        pairs: what is to be decided.
        name: the file's, for the command in its head.
        show_pair: yields the lines that show a pair.
    """
    yield _HEAD.format(name=name)
    for pair in pairs:
        yield f"\nlater {pair.one.id} {pair.two.id}\n"
        yield from (f"#   {line}".rstrip() + "\n" for line in show_pair(pair))


def read_verdicts(text: str, name: str) -> tuple[list[tuple[str, str, Verdict]], list[Problem]]:
    """Read an edited file.

    Returns:
        The pairs decided as ``(one, two, verdict)``, without those left for later; and a problem for
        each line that is no verdict, with its number and cure.
    """
    verdicts: list[tuple[str, str, Verdict]] = []
    problems: list[Problem] = []
    known = {verdict: verdict for verdict in get_args(Verdict)}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines()[:_MAX_LINES], 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        verdict: Verdict | None = known.get(words[0].lower())
        if verdict is None or len(words) != _FIELDS_OF_A_LINE:
            what = f"“{line.strip()[:60]}” is no verdict"
            cure = "write: same ID ID, different ID ID or later ID ID"
            problems.append(Problem(name, what, number, cure))
        elif verdict != "later":
            verdicts.append((words[1], words[2], verdict))
    return verdicts, problems
