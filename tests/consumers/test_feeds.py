"""Feeds as the W3C's feed validator sees them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from other_programs import run

pytestmark = pytest.mark.site


def test_the_feed_validator_finds_no_error(site: Path) -> None:
    folder = os.environ.get("FEED_VALIDATOR", "")
    if not folder:
        pytest.skip(
            "no registry serves feedvalidator: set FEED_VALIDATOR to a checkout of github.com/w3c/feedvalidator"
        )
    pytest.importorskip("html5lib", reason="the feed validator needs html5lib")
    feeds = [site / "feeds/all.atom", *sorted(site.glob("feeds/topics/*.atom"))[:5]]
    for feed in feeds:
        # Level A are errors. Level AA has two warnings: papers of one day have one time, since no hour
        # is known; and a hostile title looks like HTML.
        answer = run(sys.executable, "src/demo.py", feed.as_uri(), "A", folder=Path(folder))
        assert "No errors or warnings" in answer.stdout, answer.stdout + answer.stderr
