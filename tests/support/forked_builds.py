"""Builds and other work in forks of one process that has loaded the program: a fifth of the time of a start."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import chdir, suppress
from pathlib import Path
from typing import NoReturn

import mkdocs.__main__ as mkdocs_command
from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from paper_digest.incremental import file_times, site_cache, sqlite

#: Seconds after which a build counts as hanging.
HANG_S = 120
HUNG, TRACEBACK = 250, 251


def load_program(project: Path) -> None:
    """Build a project in this process, so that forks have all modules and tables."""
    with chdir(project), suppress(SystemExit):
        mkdocs_command.cli(["build", "--quiet"])
    plugins = dict(MkDocsConfig()._schema)["plugins"]
    assert isinstance(plugins, Plugins)
    plugins.plugin_cache.clear()  # each build begins with plugins of its own, as a program does


def trust_times_at_once() -> None:
    """Have a file be trusted by its times as if it had been written long ago."""
    vars(file_times)["MTIME_RESOLUTION_NS"] = 0


def as_if_large() -> None:
    """Treat what is small as builds of large archives do: files moved one by one, caches not read whole."""
    site_cache.SMALL_SITE_FILES, site_cache.SWAP_IF_ONE_IN = 0, 1
    sqlite.MAX_VERIFIED_BYTES = 0


def build_here(project: Path) -> None:
    """Build a project strictly in this process; raises ``SystemExit`` where that does not end well."""
    os.chdir(project)
    mkdocs_command.cli(["build", "--strict"], standalone_mode=True)


def build(project: Path, said: Path, *, large: bool = False) -> int:
    """Build a project strictly in a fork; returns as ``forked`` does."""

    def work() -> None:
        if large:
            as_if_large()
        build_here(project)

    return forked(work, said)


def forked(work: Callable[[], None], said: Path, kill_after_s: float | None = None) -> int:
    """Do work in a fork, and what it starts with it.

    Args:
        work: the work.
        said: a file that gets what it says.
        kill_after_s: seconds after which it is killed; without, it hangs after ``HANG_S``.

    Returns:
        The exit code, ``HUNG`` or ``TRACEBACK``; ``-SIGKILL`` where it was to be killed.
    """
    child = os.fork()
    if not child:
        _work_in_fork(work, said)
    signal.signal(signal.SIGALRM, lambda *_: _kill_group(child))
    signal.setitimer(
        signal.ITIMER_REAL, max(0.001, kill_after_s) if kill_after_s is not None else HANG_S
    )
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.setitimer(signal.ITIMER_REAL, 0)
    while code == -signal.SIGKILL and _lives(child):
        time.sleep(0.01)  # what it had started may still have its locks for a moment
    return HUNG if code == -signal.SIGKILL and kill_after_s is None else code


def _kill_group(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # it has no group of its own yet, or ended this moment
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _lives(group: int) -> bool:
    """Tell whether a process of a group has not ended (proc(5))."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = path.read_text("utf-8").rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "XZ":
                return True
    return False


def _work_in_fork(work: Callable[[], None], said: Path) -> NoReturn:
    code = TRACEBACK
    try:
        os.setsid()
        output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout = sys.stderr = os.fdopen(1, "w", closefd=False)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else bool(end.code)
    except BaseException:  # noqa: BLE001 - the fault looked for
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)
