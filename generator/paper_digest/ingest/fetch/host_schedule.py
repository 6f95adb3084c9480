"""When each host may be called again, how often it failed, and when the time of a run is over."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec

from paper_digest.ingest.fetch.politeness import (
    Politeness,
    RetryableError,
    backoff_s,
    call_interval_s,
    rate_limit_key,
)
from paper_digest.ingest.fetch.protocol import HostSilentError
from paper_digest.ingest.fetch.waiting import wait_aloud
from paper_digest.model.errors import SourceError
from paper_digest.model.quoting import quote_outside

#: After so many addresses in a row that gave no answer, a host is left alone for this run.
_MAX_FAILED_URLS_PER_HOST = 2


class Environment(msgspec.Struct, frozen=True):
    """What the fetcher asks of the world outside, so that a test can give it another one."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


class HostSchedule:
    """The pauses and failures of all hosts in one run; times are seconds of ``environment.clock``."""

    def __init__(
        self,
        politeness: Politeness,
        environment: Environment,
        show_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Begin the run: its time counts from here. ``show_wait`` is told of waits after failures."""
        self._politeness = politeness
        self._environment = environment
        self._show_wait = show_wait
        self._last_failure: dict[str, str] = {}
        self._next_call_at: dict[str, float] = {}
        self._failures_in_a_row: dict[str, int] = {}
        self._run_ends_at = environment.clock() + politeness.budget_s
        self._address_ends_at = self._run_ends_at

    def raise_if_given_up(self, url: str) -> None:
        """Refuse an address whose host gave no answer before.

        Raises:
            SourceError: it failed too often in this run, or ``url`` is no web address.
        """
        host = self._key(url, url)
        if self._failures_in_a_row.get(host, 0) >= _MAX_FAILED_URLS_PER_HOST:
            what = f"{host} gave no answer before in this run"
            raise HostSilentError(url, what, self._politeness.later_cure, host)

    def wait_for_turn(self, address: str, url: str) -> None:
        """Sleep until the host of ``address``, to which ``url`` led, may be called.

        Raises:
            SourceError: that is too late for this run, or ``address`` is no web address.
        """
        host = self._key(address, url)
        now = self._environment.clock()
        wait_s = max(0.0, self._next_call_at.get(host, 0.0) - now)
        if wait_s > self._politeness.max_wait_s:
            what = f"{host} asks to be left alone for {wait_s:.0f} s"
            raise HostSilentError(url, what, self._politeness.later_cure, host)
        if wait_s >= self._run_ends_at - now:
            spent = f"the time of this run ({self._politeness.budget_s:.0f} s) is used up"
            raise HostSilentError(url, spent, self._politeness.later_cure, host)
        if failure := self._last_failure.get(host):
            wait_aloud(wait_s, f"{host}: {failure}", self._environment.sleep, self._show_wait)
        elif wait_s:  # the pause that manners ask for: nobody waits for it
            self._environment.sleep(wait_s)

    def record_call(self, address: str) -> None:
        """Keep the usual pause after a call, unless a longer one is asked for already."""
        host = urlsplit(address).hostname or ""
        next_call_at = self._environment.clock() + call_interval_s(host, self._politeness)
        key = rate_limit_key(host, self._politeness.rate_limits)
        self._next_call_at[key] = max(next_call_at, self._next_call_at.get(key, 0.0))

    def record_failed_try(self, url: str, failures: int, failure: RetryableError) -> None:
        """Wait longer after the n-th failure in a row of one address; at least what was asked for."""
        wait_s = max(backoff_s(failures, self._environment.random), failure.wait_s)
        host = self._key(url, url)
        self._next_call_at[host] = self._environment.clock() + wait_s
        self._last_failure[host] = str(failure)

    def record_outcome(self, url: str, *, answered: bool) -> str:
        """Count addresses in a row without an answer; an answer begins the count anew.

        Returns:
            The host that was counted.
        """
        host = self._key(url, url)
        if answered:
            self._last_failure.pop(host, None)
        self._failures_in_a_row[host] = 0 if answered else self._failures_in_a_row.get(host, 0) + 1
        return host

    def begin_address(self) -> None:
        """Count the time of all tries of one address, pauses between them included, from now on."""
        self._address_ends_at = self._environment.clock() + self._politeness.address_timeout_s

    def is_address_over(self, url: str) -> bool:
        """Tell whether the time of this address ends before its host may be called again.

        A wait that the host asks for, and that is too long for any address, is left to ``wait_for_turn``.
        """
        now = self._environment.clock()
        next_call_at = max(now, self._next_call_at.get(self._key(url, url), 0.0))
        is_asked_too_much = next_call_at - now > self._politeness.max_wait_s
        return next_call_at >= self._address_ends_at and not is_asked_too_much

    def answer_deadline(self) -> float:
        """Return the clock's time by which an answer that begins now has to be whole."""
        one_try = self._environment.clock() + self._politeness.answer_timeout_s
        return min(one_try, self._address_ends_at, self._run_ends_at)

    def _key(self, address: str, url: str) -> str:
        """Return whose patience a call to ``address``, to which ``url`` led, costs.

        Raises:
            SourceError: it is no web address.
        """
        try:
            parts = urlsplit(address)
            host = parts.hostname if parts.scheme in {"http", "https"} else ""
        except ValueError:
            host = ""
        if not host:
            raise SourceError(
                url, f"{quote_outside(address)} is no web address", self._politeness.address_cure
            )
        return rate_limit_key(host, self._politeness.rate_limits)
