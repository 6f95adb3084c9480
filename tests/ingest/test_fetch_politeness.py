"""How long the fetcher waits, and what it says of itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.ingest.fetch.politeness import (
    Politeness,
    backoff_s,
    call_interval_s,
    parse_retry_after,
    rate_limit_key,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("host", "seconds"),
    [
        ("export.arxiv.org", 3.0),
        ("rss.arxiv.org", 10.0),
        ("arxiv.org", 3.0),
        ("notarxiv.org", 1.0),
        ("huggingface.co", 1.0),
        ("api.crossref.org", 0.5),
        ("crossref.org", 2.0),
    ],
)
def test_the_narrowest_setting_counts_and_arxiv_never_gets_less_than_three(
    host: str, seconds: float
) -> None:
    settings = {"arxiv.org": 0.1, "rss.arxiv.org": 10, "crossref.org": 2, "api.crossref.org": 0.5}
    assert call_interval_s(host, Politeness(host_intervals_s=settings)) == seconds


def test_all_hosts_of_arxiv_are_one_household() -> None:
    limits = Politeness().rate_limits
    for host in ("Export.arXiv.org.", "oaipmh.arxiv.org", "arxiv.org"):
        assert rate_limit_key(host, limits) == "arxiv.org"
    assert rate_limit_key("huggingface.co", limits) == "huggingface.co"
    assert rate_limit_key("notarxiv.org", limits) == "notarxiv.org"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("Mon, 02 Mar 2026 12:01:30 GMT", 90.0),
        ("Mon, 02 Mar 2026 12:01:30", 90.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("Mon, 99 Mar 2026 12:01:30 GMT", None),
        ("9" * 400, None),
        ("Mon, 01 Jan 0001 00:00:00 +2300", 0.0),
        ("Mon, 02 Mar 99999999999999999999 12:00:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert parse_retry_after(header, NOW) == seconds


@settings(deadline=None)
@given(st.text())
def test_no_header_makes_it_stumble(header: str) -> None:
    wait = parse_retry_after(header, NOW)
    assert wait is None or wait >= 0


def test_each_failure_doubles_the_wait_up_to_a_minute_and_chance_adds_half() -> None:
    assert [backoff_s(n, lambda: 0.0) for n in (1, 2, 3, 6, 60)] == [2, 4, 8, 60, 60]
    assert backoff_s(1, lambda: 1.0) == 3


@pytest.mark.parametrize(
    ("manners", "comment"),
    [
        (Politeness(), ""),
        (Politeness(contact="me@example.org"), " (mailto:me@example.org)"),
        (Politeness(contact="https://me.example.org/"), " (+https://me.example.org/)"),
        (Politeness(site="https://p.example.org/"), " (+https://p.example.org/)"),
    ],
)
def test_who_calls_says_what_is_known(manners: Politeness, comment: str) -> None:
    assert manners.user_agent == "paper-digest/0.1.0" + comment
