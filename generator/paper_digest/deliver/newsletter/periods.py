"""The days and weeks that mails are of, and which of them are due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.periods import iso_week

Period = Literal["day", "week"]

#: Days that a day's mail may be late: a fresh archive does not send what is long past.
MAX_LATE_DAYS = 7


def period_name(period: Period, day: date) -> str:
    """Name the period that ``day`` lies in: ``2025-11-20`` or ``2025-W47``."""
    return iso_week(day.isoformat()) if period == "week" else day.isoformat()


def due_periods(
    catalog: Catalog, period: Period, today: date, mailed: Collection[str]
) -> tuple[str, ...]:
    """Name the periods to mail, oldest first: those that are over, have papers and are not mailed.

    Not before it is over: papers that come later would be in no mail. Days are those since the
    last one mailed, at most ``MAX_LATE_DAYS`` (Monday's run finds Friday and the weekend); the
    first run takes only the newest. A week is the last or none.
    """
    if period == "week":
        last = period_name("week", today - timedelta(7))
        return (last,) if last in catalog.by_week and last not in mailed else ()
    oldest = (today - timedelta(MAX_LATE_DAYS)).isoformat()
    past_days = sorted(day for day in catalog.by_day if oldest <= day < today.isoformat())
    last_mailed = max((day for day in mailed if "W" not in day), default="")
    return (
        tuple(day for day in past_days if day > last_mailed)
        if last_mailed
        else tuple(past_days[-1:])
    )
