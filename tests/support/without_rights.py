"""Runs ``digest`` as somebody who may not read what a folder's rights forbid, which root always may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Takes from root the right to read and write everything (capabilities(7)).
_NO_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def _prefix() -> tuple[str, ...] | None:
    if os.geteuid():
        return ()
    if not shutil.which("setpriv"):
        return None
    tried = subprocess.run([*_NO_OVERRIDE, "true"], capture_output=True, check=False)
    return None if tried.returncode else _NO_OVERRIDE


#: What a command begins with to heed rights; ``None`` where this machine has no way.
PREFIX = _prefix()


def digest_heeding_rights(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``digest`` on a project as somebody whom the rights of its files bind."""
    program = "from paper_digest.cli.main import main; main()"
    command = [*(PREFIX or ()), sys.executable, "-c", program, *words, "--root", str(project)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
