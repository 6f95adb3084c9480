"""News of a paper, read from the changes of its record: retracted, corrected, accepted, a new version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from paper_digest.model.paper import NOTICE_KINDS
from paper_digest.store.changes import Change
from paper_digest.text.venues import venue_kind

#: How a reason begins of which a publisher says that the paper was retracted, not only withdrawn.
_RETRACTION = "retract"
#: Characters of a venue that stand in a badge.
MAX_DETAIL_CHARS = 40


class News(NamedTuple):
    """One thing that came of a paper.

    Attributes:
        kind: ``retracted``, ``withdrawn``, ``accepted``, ``version``, or one of ``NOTICE_KINDS``.
        detail: the venue, or the number of the version; "" for the others.
    """

    kind: str
    detail: str = ""


#: Kinds that take something back.
CORRECTIONS = frozenset({"retracted", "withdrawn", *NOTICE_KINDS})


def news_of(change: Change) -> News | None:
    """Return what a change means to readers of the paper; ``None`` where it mends the record alone."""
    if change.field == "withdrawn" and change.after:
        return News(gravest_notice(change.after, ()))
    if change.field == "notices":
        kinds = (k for k in NOTICE_KINDS if change.after.count(k) > change.before.count(k))
        kind = next(kinds, "")
        return News(kind) if kind else None
    if change.field == "version" and _number(change.after) > _number(change.before):
        return News("version", change.after)
    is_first = change.field in {"venue", "journal_ref"} and not change.before and change.after
    if is_first and venue_kind(change.after) != "unpublished":
        return News("accepted", _shortened(change.after))
    return None


def gravest_notice(withdrawn: str, kinds: Iterable[str]) -> str:
    """Return the gravest of what was said against a paper: ``retracted``, ``withdrawn``, a publisher's notice, or "".

    Args:
        withdrawn: the reason of its withdrawal (``Paper.withdrawn``), or "".
        kinds: of the notices about it.
    """
    if withdrawn:
        return "retracted" if is_retraction(withdrawn) else "withdrawn"
    given = {*kinds}
    return next((kind for kind in NOTICE_KINDS if kind in given), "")


def is_retraction(reason: str) -> bool:
    """Tell whether the reason of a withdrawal (``Paper.withdrawn``) is that its publisher retracted it."""
    return reason.casefold().startswith(_RETRACTION)


def standing_news(changes: Sequence[Change]) -> dict[Change, News]:
    """Return the news among all changes of a paper, each with its change, that hold still, in the order of changes.

    What was taken back since is none: a withdrawal, a venue or a notice that the paper has no more. Where a venue
    or a journal got another name since, the news has that.

    Args:
        changes: by day, the newest day first, those of one day in the order in which they came.
    """
    last = {change.field: change for change in sorted(changes, key=lambda change: change.at)}
    since_none = _since_it_was_none(changes)
    standing: dict[Change, News] = {}
    for change in changes:
        news, now = news_of(change), last[change.field].after
        if not news or change not in since_none:
            continue
        if news.kind in NOTICE_KINDS and not now.count(news.kind):
            continue
        if news.kind == "version" and _number(change.after) > _number(now):
            continue
        if news.kind == "accepted":
            if venue_kind(now) == "unpublished":
                continue
            news = News("accepted", _shortened(now))
        standing[change] = news
    return standing


def _since_it_was_none(changes: Sequence[Change]) -> set[Change]:
    """Return the changes of each field after which it was never empty again."""
    by_field: dict[str, list[Change]] = {}
    for change in sorted(changes, key=lambda change: change.at):
        of_field = by_field.setdefault(change.field, [])
        if not change.after:
            of_field.clear()
        else:
            of_field.append(change)
    return {change for of_field in by_field.values() for change in of_field}


def latest_of(changes: tuple[Change, ...], kind: str) -> tuple[News, Change] | None:
    """Return the latest standing news of a kind and its change; of an acceptance a venue comes before a reference."""
    pairs = [(n, c) for c, n in standing_news(changes).items() if n.kind == kind]
    return max(pairs, key=lambda p: (p[1].at, p[1].field == "venue"), default=None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_DETAIL_CHARS else text[: MAX_DETAIL_CHARS - 1].rstrip() + "…"
