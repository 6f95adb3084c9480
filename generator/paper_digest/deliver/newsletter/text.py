"""The newsletter as plain text, complete in itself: no line but an address is over 72 columns."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from paper_digest.deliver.newsletter.issue import Issue, IssuePaper
from paper_digest.render.change_words import flagged_title
from paper_digest.text.language import (
    gettext,
    ngettext,
)

MAX_COLUMNS = 72


def render_text(issue: Issue, unsubscribe_url: str) -> str:
    """Write a mail as plain text; ``unsubscribe_url`` is the address that unsubscribes."""
    return "\n".join(_lines(issue, unsubscribe_url)) + "\n"


def _lines(issue: Issue, unsubscribe_url: str) -> Iterator[str]:
    papers = ngettext("{n} paper", "{n} papers", issue.paper_count)
    yield from _wrap_lines(issue.title)
    yield from _wrap_lines(f"{issue.heading} · {papers}")
    yield issue.page_url
    for section in (*issue.curated, *issue.monitors, *issue.sections):
        yield ""
        yield ""
        title = _wrap_lines(section.title.upper())
        yield from title
        yield "=" * max(map(len, title))
        for paper in section.papers:
            yield ""
            yield from _paper_lines(paper)
    if words := left_out_words(issue):
        yield ""
        yield ""
        yield f"{words}:"
        yield issue.page_url
    yield ""
    yield "-" * MAX_COLUMNS
    yield from _wrap_lines(subscription_reason(issue))
    yield gettext("The archive: {address}", address=issue.home_url)
    yield gettext("Unsubscribe: {address}", address=unsubscribe_url)


def left_out_words(issue: Issue) -> str:
    """Say how many papers of the period a mail leaves out; "" for none."""
    count = issue.left_out_count
    if not count:
        return ""
    if issue.period == "week":
        return ngettext(
            "And {n} more paper of this week", "And {n} more papers of this week", count
        )
    return ngettext("And {n} more paper of this day", "And {n} more papers of this day", count)


def subscription_reason(issue: Issue) -> str:
    """Return the sentence on why the reader gets this mail."""
    if issue.period == "week":
        return gettext(
            "You receive this mail because your address, or a mailing list it is on, is subscribed to the weekly mail of {archive}.",
            archive=issue.title,
        )
    return gettext(
        "You receive this mail because your address, or a mailing list it is on, is subscribed to the daily mail of {archive}.",
        archive=issue.title,
    )


def _paper_lines(paper: IssuePaper) -> Iterator[str]:
    yield from _wrap_lines(flagged_title(paper.title, paper.notice))
    yield paper.url
    votes = ngettext("{n} upvote", "{n} upvotes", paper.upvotes) if paper.upvotes else ""
    yield from _wrap_lines(" · ".join(filter(None, (paper.authors, votes))), "  ")
    yield from _wrap_lines(paper.blurb, "  ")
    for label, address in paper.links:
        yield f"  {label}: {address}"


def _wrap_lines(words: str, indent: str = "") -> list[str]:
    return wrap(
        words,
        MAX_COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
