"""A log gets a line a minute, however many steps there are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_digest.cli.progress import SECONDS_BETWEEN_LINES, Progress


@given(st.lists(st.floats(0, 200), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_of_a_log_are_a_minute_apart(
    capsys: pytest.CaptureFixture[str], pauses: list[float]
) -> None:
    now = 0.0
    progress = Progress(clock=lambda: now)
    printed = []
    for n, pause in enumerate(pauses, 1):
        now += pause
        progress(f"https://a.example/{n}")
        if line := capsys.readouterr().err:
            assert line == f"step {n}: https://a.example/{n}\n"
            printed.append(now)
    times = [0.0, *printed]
    assert all(b - a >= SECONDS_BETWEEN_LINES for a, b in pairwise(times))
    assert len(printed) >= min(1, sum(p >= SECONDS_BETWEEN_LINES for p in pauses))
