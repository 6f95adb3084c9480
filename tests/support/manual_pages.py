"""The pages of the manual, and the command lines that they show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paths import ROOT

MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(path.name for path in MANUAL.glob("*.md"))


def console_lines(text: str) -> Iterator[str]:
    """Yield what is typed in the console blocks of a page, without its comments."""
    for block in re.findall(r"(?ms)^```console\n(.*?)^```", text):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield line[2:].partition("  #")[0].strip()
