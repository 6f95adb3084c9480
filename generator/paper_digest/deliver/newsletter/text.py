"""The newsletter as plain text, complete in itself: no line but an address is over 72 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from paper_digest.deliver.newsletter.issue import Issue, Piece

COLUMNS = 72


def text(issue: Issue, leave: str) -> str:
    """Write a mail as plain text; ``leave`` is the address that unsubscribes."""
    return "\n".join(_lines(issue, leave)) + "\n"


def _lines(issue: Issue, leave: str) -> Iterator[str]:
    papers = f"{issue.total:,} paper{'s'[: issue.total > 1]}"
    yield from _wrapped(issue.title)
    yield from _wrapped(f"{issue.heading} · {papers}")
    yield issue.page
    for group in issue.groups:
        yield ""
        yield ""
        title = _wrapped(group.title.upper())
        yield from title
        yield "=" * max(map(len, title))
        for piece in group.pieces:
            yield ""
            yield from _paper(piece)
    if issue.more:
        yield ""
        yield ""
        yield f"And {issue.more:,} more of this {issue.period}:"
        yield issue.page
    yield ""
    yield "-" * COLUMNS
    yield from _wrapped(why(issue))
    yield f"The archive: {issue.home}"
    yield f"Unsubscribe: {leave}"


def why(issue: Issue) -> str:
    """Say why the reader gets this mail."""
    often = "weekly" if issue.period == "week" else "daily"
    return f"You get this because your address, or a list it is on, takes the {often} mail of {issue.title}."


def _paper(piece: Piece) -> Iterator[str]:
    yield from _wrapped(("[withdrawn] " if piece.withdrawn else "") + piece.title)
    yield piece.address
    votes = f"{piece.upvotes:,} upvote{'s'[: piece.upvotes > 1]}" if piece.upvotes else ""
    yield from _wrapped(" · ".join(filter(None, (piece.authors, votes))), "  ")
    yield from _wrapped(piece.blurb, "  ")
    for label, address in piece.links:
        yield f"  {label}: {address}"


def _wrapped(words: str, indent: str = "") -> list[str]:
    return wrap(
        words,
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
