"""Live a year of an archive with all its faults, and print what happened.

Usage: python tests/tools/simulated_year.py [DAYS] [BUILD_EVERY]     (365 days take about ten minutes)
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from simulated_year import live


def main(days: int, build_every: int) -> int:
    """Return the exit code: 0 if no paper is missing and nothing unforeseen happened."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        year = live(Path(folder), days, build_every=build_every)
        missing, faults = year.missing(), year.check()
    for name, count in sorted(year.log.items()):
        click.echo(f"{count:6,}  {name}")
    for line, count in year.problems.most_common(15):
        click.echo(f"{count:6,}  said: {line}")
    click.echo(f"{len(year.world.all_ids()):6,}  papers announced, {len(missing):,} missing")
    click.echo(f"{len(year.edited):6,}  edits by hand, of which none may be lost")
    for line in (*faults, *year.surprises):
        click.echo(f"problem: {line}", err=True)
    click.echo(f"{days} days in {time.monotonic() - began:.0f} s")
    return bool(missing or faults or year.surprises)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    raise SystemExit(main(*(numbers + [365, 30][len(numbers) :])))
