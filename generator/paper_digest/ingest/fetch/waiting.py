"""Waiting aloud: a run that waits for a server says for which, why, and for how long yet."""

from __future__ import annotations

from collections.abc import Callable

#: Seconds of a wait after which it is said again.
SECONDS_BETWEEN_WORDS = 60.0


def wait_aloud(
    wait_s: float,
    why: str,
    sleep: Callable[[float], None],
    show_wait: Callable[[str], None] | None,
) -> None:
    """Sleep for ``wait_s`` seconds.

    Args:
        wait_s: how long.
        why: whose answer is waited for, and what was wrong with the one before.
        sleep: what sleeps.
        show_wait: is told at once, and each minute again; ``None`` where nobody listens.
    """
    while show_wait and wait_s > 0:
        show_wait(f"{why}; asked again in {wait_s:.0f} s")
        sleep(min(wait_s, SECONDS_BETWEEN_WORDS))
        wait_s -= SECONDS_BETWEEN_WORDS
    if wait_s > 0:
        sleep(wait_s)
