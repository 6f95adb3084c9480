"""News of a paper, read from the changes of its record: retracted, corrected, accepted, a new version."""

from __future__ import annotations

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
        return News("retracted" if is_retraction(change.after) else "withdrawn")
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


def is_retraction(reason: str) -> bool:
    """Tell whether the reason of a withdrawal (``Paper.withdrawn``) is that its publisher retracted it."""
    return reason.casefold().startswith(_RETRACTION)


def latest_of(changes: tuple[Change, ...], kind: str) -> tuple[News, Change] | None:
    """Return the latest news of a kind and its change; of an acceptance a venue comes before a reference."""
    pairs = [(n, c) for c in changes if (n := news_of(c)) and n.kind == kind]
    return max(pairs, key=lambda p: (p[1].at, p[1].field == "venue"), default=None)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_DETAIL_CHARS else text[: MAX_DETAIL_CHARS - 1].rstrip() + "…"
