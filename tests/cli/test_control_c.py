"""Control-C ends the program with exit code 130 and no traceback: while it loads, at a question, and at work."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from paper_digest.cli.start import EXIT_STOPPED

_STUCK_SECONDS = 60

#: Sends Control-C to its own process when a module is about to be loaded.
_STOP_AT_MODULE = """
import os, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["STOP_AT"]:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Finder())
"""

MODULES = (
    "paper_digest.cli.main",
    "click",
    "msgspec",
    "paper_digest.cli.archive",
    "paper_digest.cli.votes",
    "paper_digest.cli.check",
    "paper_digest.settings.config",
)


@pytest.mark.parametrize("module", MODULES)
def test_while_the_program_loads(tmp_path: Path, module: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(_STOP_AT_MODULE)
    places = [str(tmp_path), *(path for path in sys.path if path)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "STOP_AT": module}
    command = [sys.executable, "-m", "paper_digest", "check", "--root", str(tmp_path)]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == EXIT_STOPPED, ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("key", "code"), [(b"\x03", EXIT_STOPPED), (b"\x04", 1)], ids=["Control-C", "Control-D"]
)
def test_at_a_question(tmp_path: Path, key: bytes, code: int) -> None:
    """``digest new`` asks on a terminal; Control-D leaves the question unanswered, and is no interruption."""
    main, other = pty.openpty()
    command = [sys.executable, "-m", "paper_digest", "new", str(tmp_path / "archive")]
    with subprocess.Popen(
        command,
        stdin=other,
        stdout=other,
        stderr=other,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - a test without threads
    ) as process:
        os.close(other)
        said = _read_until(main, b":")
        stop = time.monotonic() + _STUCK_SECONDS
        # A key that comes between the question and Python's wait for the answer is heard with the next one.
        while process.poll() is None and time.monotonic() < stop:
            os.write(main, key)
            said += _read_until(main, b"", seconds=1)
        process.kill()
    os.close(main)
    assert process.returncode == code, said.decode()
    assert b"Traceback" not in said
    assert not (tmp_path / "archive").exists()


def _take_terminal() -> None:
    """Make standard input the terminal that sends Control-C to this process (tty_ioctl(4))."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_until(terminal: int, end: bytes, seconds: float = _STUCK_SECONDS) -> bytes:
    """Read what a program prints until it ends so, or prints no more."""
    said, stop = b"", time.monotonic() + seconds
    while time.monotonic() < stop and not (end and said.rstrip().endswith(end)):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                said += os.read(terminal, 1000)
            except OSError:  # the program has closed the terminal
                break
    return said
