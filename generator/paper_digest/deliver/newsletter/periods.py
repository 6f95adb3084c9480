"""The days and weeks that mails are of, and which of them are due."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.periods import iso_week

Period = Literal["day", "week"]

#: Days that a day's mail may be late: a fresh archive does not send what is long past.
MAX_LATE_DAYS = 7

#: Days for which a run says again what is undecided, or came too late.
REMINDER_DAYS = 14


def period_name(period: Period, day: date) -> str:
    """Name the period that ``day`` lies in: ``2025-11-20`` or ``2025-W47``."""
    return iso_week(day.isoformat()) if period == "week" else day.isoformat()


def recent_periods(names: Iterable[str], period: Period, today: date) -> Iterator[str]:
    """Yield those of the names that are of this kind of period, and at most ``REMINDER_DAYS`` back."""
    oldest = period_name(period, today - timedelta(REMINDER_DAYS))
    # Names of one kind have one length, and are in the order of time.
    return (name for name in names if len(name) == len(oldest) and name >= oldest)


def due_periods(
    catalog: Catalog,
    period: Period,
    today: date,
    mailed: Collection[str],
    failed: Collection[str] = (),
) -> tuple[str, ...]:
    """Name the periods to mail, oldest first: those that are over, have papers and are not mailed.

    Not before it is over: papers that come later would be in no mail. Days are all since the first
    one that a mail was tried of, at most ``MAX_LATE_DAYS`` back (Monday's run finds Friday and the
    weekend), so that a day whose mail failed, or whose papers came when a later day had been mailed,
    has its turn; the first run takes only the newest. A week is the last, or the one before if its
    mail failed: it was due in days when no server took it.

    Args:
        catalog: the archive.
        period: what a mail is of.
        today: the day of the run.
        mailed: names of periods whose mail went out, or may have.
        failed: names of periods of whose mail it is known whom it did not reach.
    """
    if period == "week":
        before, last = (period_name("week", today - timedelta(days)) for days in (14, 7))
        weeks = (before, last) if before in failed else (last,)
        return tuple(week for week in weeks if week in catalog.by_week and week not in mailed)
    oldest = (today - timedelta(MAX_LATE_DAYS)).isoformat()
    past_days = sorted(day for day in catalog.by_day if oldest <= day < today.isoformat())
    first_tried = min((day for day in (*mailed, *failed) if "W" not in day), default="")
    if not first_tried:
        return tuple(past_days[-1:])
    return tuple(day for day in past_days if day >= first_tried and day not in mailed)


class SentMail(NamedTuple):
    """A mail that went out: of which period, at what ISO time, and how many papers it counted."""

    period_name: str
    at: str
    paper_count: int


def late_papers(catalog: Catalog, mails: Iterable[SentMail]) -> dict[str, int]:
    """Count, by period, the papers that came when its mail had been sent, and so are in no mail.

    As many as the period has more than its mail counted, but for those that came before the day of
    the mail: a paper whose date was corrected was in the mail of another period.
    """
    counts = {}
    for name, at, paper_count in mails:
        entries = (catalog.by_week if "W" in name else catalog.by_day).get(name, ())
        came = sum(e.arrived >= at[: len("YYYY-MM-DD")] for e in entries)
        if (late := min(came, len(entries) - paper_count)) > 0:
            counts[name] = late
    return counts
