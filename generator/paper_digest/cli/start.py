"""Starts the command line: Control-C ends the program without a traceback from its first moment on."""

from __future__ import annotations

import os
import signal
from types import FrameType

#: What a shell says of a program that Control-C ended (128 and the number of SIGINT).
EXIT_STOPPED = 130


def main() -> None:
    """Load the program and run it; until a command runs, Control-C just ends it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have it ignored
        signal.signal(signal.SIGINT, exit_at_once)
    from paper_digest.cli.main import main as run

    run()


def exit_at_once(_number: int, _frame: FrameType | None) -> None:
    """End the process: nothing is under way yet, or any more."""
    os._exit(EXIT_STOPPED)
