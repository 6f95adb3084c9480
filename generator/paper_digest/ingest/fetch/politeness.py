"""How a guest behaves: who we are, how long to wait between calls and after a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

from paper_digest import __version__
from paper_digest.model.network_errors import asked_place, network_fault
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.registry import registry

#: Statuses that a later try may mend. arXiv answers 406 as well as 429 to those in a hurry.
RETRYABLE = frozenset({406, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
#: Digits of the longest wait in seconds that is taken for one: some thirty years.
_MAX_RETRY_DIGITS = 9


class RetryableError(Exception):
    """A failure that a later try may mend.

    ``wait_s``: seconds the server asks for. ``cure``: what to look at meanwhile, if anything.
    """

    def __init__(self, what: str, wait_s: float = 0.0, cure: str = "") -> None:
        """Hold what failed, in a few words."""
        super().__init__(what)
        self.wait_s, self.cure = wait_s, cure


def failed_connection(fault: Exception, address: str) -> RetryableError:
    """Make of what broke a call of a web address a failure that says who broke it."""
    if network := network_fault(fault, asked_place(address)):
        return RetryableError(network.what, cure=network.cure)
    words = quote_outside(str(fault)).rstrip(".")
    return RetryableError(words or f"the connection to {asked_place(address)} broke off")


class Politeness(msgspec.Struct, frozen=True, kw_only=True):
    """What the fetcher keeps to; all times are in seconds.

    Attributes:
        contact: e-mail or web address for the operators of the sources. ``site``: the archive's address.
        interval_s: least time from the end of one answer to the next call of the same host.
        host_intervals_s: the same for single hosts and each host below them.
        rate_limits: what the sources' terms of use ask for, by host: least time between two calls of
            that host and all below it together. No other setting goes under it.
        timeout_s: longest silence of a server. ``answer_timeout_s``: longest time for one answer.
        max_tries: how often one address is asked at most. ``address_timeout_s``: longest time for all
            tries of one address and the pauses between them, so that two sick addresses, after which a
            host is left alone, take half of a run at most.
        max_wait_s: a server that wants more patience than this is left alone.
        budget_s: time for all calls of a fetcher together.
        max_bytes: size of the largest answer taken, in bytes, unpacked.
        max_redirects: how many redirects are followed.
        later_cure: what to do where a host does not answer. ``address_cure``: where it refuses an address.
    """

    contact: str = ""
    site: str = ""
    interval_s: float = 1.0
    host_intervals_s: Mapping[str, float] = {}
    rate_limits: Mapping[str, float] = msgspec.field(default_factory=lambda: registry().rate_limits)
    timeout_s: float = 30.0
    answer_timeout_s: float = 300.0
    max_tries: int = 5
    address_timeout_s: float = 900.0
    max_wait_s: float = 300.0
    budget_s: float = 3600.0
    max_bytes: int = 256 * 2**20
    max_redirects: int = 5
    later_cure: str = "run the ingest again later; it goes on where it stopped"
    address_cure: str = (
        "check the address in a browser, and the entry of its source under follow: in archive.yml"
    )

    @property
    def user_agent(self) -> str:
        """Say who calls: ``paper-digest/1.0 (+https://site.example; mailto:me@site.example)``."""
        contact = f"mailto:{self.contact}" if "://" not in self.contact else f"+{self.contact}"
        contacts = [f"+{self.site}" if self.site else "", contact if self.contact else ""]
        more = "; ".join(part for part in contacts if part)
        return f"paper-digest/{__version__}" + (f" ({more})" if more else "")


def rate_limit_key(host: str, rate_limits: Mapping[str, float]) -> str:
    """Name whose patience a call to ``host`` costs: hosts under one rate limit are one."""
    host = host.lower().rstrip(".")
    return _narrowest(host, rate_limits) or host


def call_interval_s(host: str, politeness: Politeness) -> float:
    """Return the seconds to leave between two calls to ``host``; the narrowest setting counts."""
    setting = _narrowest(host, politeness.host_intervals_s)
    wanted_s = politeness.host_intervals_s[setting] if setting else politeness.interval_s
    limit = _narrowest(host, politeness.rate_limits)
    return max(wanted_s, politeness.rate_limits[limit]) if limit else wanted_s


def _narrowest(host: str, names: Iterable[str]) -> str:
    """Return the longest of ``names`` that is ``host`` or above it; "" where none is."""
    above = (name for name in names if host == name or host.endswith("." + name))
    return max(above, key=len, default="")


def parse_retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a ``Retry-After`` header asks for (a number, or an HTTP date), or ``None``.

    A header that cannot be read, or asks for more than a clock can count, is none.

    Form: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
    """
    seconds = header.strip()
    if seconds.isascii() and seconds.isdigit():
        return float(seconds) if len(seconds) <= _MAX_RETRY_DIGITS else None
    try:
        when = parsedate_to_datetime(header)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return max(0.0, (when - now).total_seconds())
    except (ValueError, OverflowError):
        return None


def no_answer(tries: int, last_failure: RetryableError) -> str:
    """Say that no answer came in so many tries."""
    counted = f"{tries} tries" if tries > 1 else "one try"
    return f"no answer in {counted}; the last time: {last_failure}"


def cure_of(failure: RetryableError, later: str) -> str:
    """Say what to do about it: what to look at, and what to do later."""
    return f"{failure.cure}; {later}" if failure.cure else later


def backoff_s(failures: int, random_fraction: Callable[[], float]) -> float:
    """Return the wait after the n-th failure: 2, 4, 8, ... up to 60 s, and up to half as much again.

    ``random_fraction`` gives a number from 0 to 1; it keeps many guests from coming back at once.
    """
    return min(2.0**failures, 60.0) * (1 + random_fraction() / 2)
