"""No server sends the fetcher into the local network, to plain http, or on with a password."""

from __future__ import annotations

import pytest
from paper_digest.ingest.fetch.redirects import refusal_of_redirect


@pytest.mark.parametrize(
    ("start", "target", "named"),
    [
        ("https://a.org/", "https://127.0.0.1/", "local network"),
        ("https://a.org/", "https://localhost./", "local network"),
        ("https://a.org/", "https://[::1]/", "local network"),
        ("https://a.org/", "https://169.254.169.254/x", "local network"),
        ("https://a.org/", "https://10.0.0.1/", "local network"),
        ("https://a.org/", "http://a.org/", "https to http"),
        ("https://a.org/", "https://me:word@b.org/", "password"),
    ],
)
def test_a_bad_redirect_is_named(start: str, target: str, named: str) -> None:
    assert named in refusal_of_redirect(start, target)


@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("http://a.org/", "https://b.org/"),
        ("https://a.org/", "https://8.8.8.8/"),
        ("http://127.0.0.1:1/", "http://localhost:2/"),
    ],
)
def test_a_good_redirect_is_followed(start: str, target: str) -> None:
    assert refusal_of_redirect(start, target) == ""
