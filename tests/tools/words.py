"""Collect the texts that readers see into the catalogues: `make words`; then translate what is empty."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from message_extraction import write_catalogues

for code, missing in write_catalogues().items():
    print(f"{code}: {missing} without translation")  # noqa: T201 - a command
