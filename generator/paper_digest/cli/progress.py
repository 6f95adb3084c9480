"""Shows what a long command is doing: each step on a terminal, a line a minute anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from paper_digest.cli.output import current_output, echo
from paper_digest.model.quoting import without_secrets

#: Seconds between two lines of a log.
SECONDS_BETWEEN_LINES = 60.0


class Progress:
    """Prints steps to standard error; a log gets one a minute, the first after a minute, or all with ``-v``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next_line_at = clock() + SECONDS_BETWEEN_LINES
        self._steps = 0

    def __call__(self, step: str) -> None:
        """Say which step begins, in a few words."""
        self._steps += 1
        step = without_secrets(step)
        output = current_output()
        if output.quiet:
            return
        if sys.stderr.isatty() or output.verbose:
            echo(step, err=True)
        elif self._clock() >= self._next_line_at:
            self._next_line_at = self._clock() + SECONDS_BETWEEN_LINES
            echo(f"step {self._steps:,}: {step}", err=True)
