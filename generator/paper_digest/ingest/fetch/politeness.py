"""How a guest behaves: who we are, how long to wait between calls and after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from paper_digest import __version__

#: arXiv's terms: one request every three seconds over all its hosts together, one connection.
#: https://info.arxiv.org/help/api/tou.html
ARXIV = "arxiv.org"
ARXIV_INTERVAL = 3.0

#: Statuses that a later try may mend. arXiv answers 406 as well as 429 to those in a hurry.
PASSING = frozenset({406, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """What the fetcher keeps to; all times are in seconds.

    Attributes:
        contact: e-mail address for the operators of the sources. ``site``: the archive's address.
        interval: least time from the end of one answer to the next call of the same host.
        intervals: the same for single hosts and all below them; arXiv never gets less than 3.
        timeout: longest silence of a server. ``answer``: longest time for one whole answer.
        tries: how often one address is asked at most.
        longest_wait: a server that wants more patience than this is left alone.
        budget: time for all calls of a fetcher together.
        largest: size of the largest answer taken, in bytes, unpacked.
        redirects: how many redirects are followed.
    """

    contact: str = ""
    site: str = ""
    interval: float = 1.0
    intervals: Mapping[str, float] = {}
    timeout: float = 30.0
    answer: float = 300.0
    tries: int = 5
    longest_wait: float = 300.0
    budget: float = 3600.0
    largest: int = 256 * 2**20
    redirects: int = 5

    @property
    def user_agent(self) -> str:
        """Say who calls: ``paper-digest/1.0 (+https://site.example; mailto:me@site.example)``."""
        known = [
            f"+{self.site}" if self.site else "",
            f"mailto:{self.contact}" if self.contact else "",
        ]
        more = "; ".join(part for part in known if part)
        return f"paper-digest/{__version__}" + (f" ({more})" if more else "")


def household(host: str) -> str:
    """Name whose patience a call to ``host`` costs: arXiv's hosts are one, all others their own."""
    host = host.lower().rstrip(".")
    return ARXIV if host == ARXIV or host.endswith("." + ARXIV) else host


def interval(host: str, manners: Manners) -> float:
    """Return the seconds to leave between two calls to ``host``; the narrowest setting counts."""
    fitting = [name for name in manners.intervals if host == name or host.endswith("." + name)]
    wanted = manners.intervals[max(fitting, key=len)] if fitting else manners.interval
    return max(wanted, ARXIV_INTERVAL) if household(host) == ARXIV else wanted


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a ``Retry-After`` header asks for (a number, or an HTTP date), or ``None``.

    Form: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def backoff(failures: int, random: Callable[[], float]) -> float:
    """Return the wait after the n-th failure: 2, 4, 8, ... up to 60 s, and up to half as much again.

    ``random`` gives a number from 0 to 1; it keeps many guests from coming back at once.
    """
    return min(2.0**failures, 60.0) * (1 + random() / 2)
