"""Edit archives at random, as operators do, build in between, and compare with a first build at the end.

Usage: python tests/tools/random_edits.py [COUNT [SEED [STEPS]]]     (10 archives of 40 steps by default)

Whatever was done, the site has the bytes that empty caches give, and each id of each record a page. Ends with 1
where that is not so, and says what was done.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from random_edits import EditedArchive


def main(count: int = 10, seed: int = 1, steps: int = 40) -> int:
    """Return the exit code: 0 if all sites are as first builds have them."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    bad = 0
    for number in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as folder:
            archive = EditedArchive(Path(folder, "project"), number)
            for _ in range(steps):
                archive.edit()
                if archive.chance.random() < 0.5:
                    archive.build()
            faults = archive.faults()
        if faults:
            bad += 1
            click.echo("\n".join((f"archive {number}:", *archive.steps, *faults)))
    click.echo(f"{count} archives, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
