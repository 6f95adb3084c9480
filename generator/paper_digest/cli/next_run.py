"""When the workflow of ingests runs next, by the daily schedule it has."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: A daily schedule: minute, hour, and days of the week (``*`` or ``1-5``), in UTC.
_CRON = re.compile(
    r"^ *- cron: [\"']([0-5]?\d) ([01]?\d|2[0-3]) \* \* (\*|\d(?:-\d)?)[\"']", re.MULTILINE
)
_DAYS_LOOKED_AHEAD = 8


def next_run(workflow: Path, now: datetime) -> str:
    """Return when the next scheduled run is due, or "" where no daily schedule is to be found."""
    if not workflow.is_file():
        return ""
    times = []
    for minute, hour, weekdays in _CRON.findall(workflow.read_text("utf-8", "replace")):
        first, _, last = weekdays.partition("-")
        wanted = range(7) if first == "*" else range(int(first), int(last or first) + 1)
        for ahead in range(_DAYS_LOOKED_AHEAD):
            day = (now + timedelta(ahead)).date()
            if day.isoweekday() % 7 in {weekday % 7 for weekday in wanted}:
                moment = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=UTC)
                if moment > now:
                    times.append(moment)
    return min(times).isoformat(timespec="minutes") if times else ""
