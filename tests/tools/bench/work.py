"""Counts the work of builds of 2,000 made-up papers and of an ingest, and fails where it is more than it should be.

Run by ``make bench-work``, and by CI for every push: seconds differ from machine to machine, counts
of calls, files and bytes do not. A change that needs more work for a good reason raises the limit
in ``work_limits.json`` in the same commit, with ``--update``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
from bench_archive import ROOT, fill, project, write_dump

PAPERS, NEW = 2_000, 50
HERE = Path(__file__).parent
LIMITS = HERE / "work_limits.json"
#: What a count may be above the one last written down: versions of Python and of packages differ.
SLACK = 1.1

Figures = dict[str, int]


def measured(place: Path) -> Iterator[tuple[str, Figures]]:
    """Build cold, then with nothing new, then with the new papers of one day, then one override."""
    project(place)
    fill(place, 0, PAPERS, made_up=True)
    settle()
    yield "cold", build(place)
    yield "nothing new", build(place)
    write_dump(place / "new.jsonl", 0, 1, "", made_up=True)
    ingest(place)
    write_dump(place / "new.jsonl", PAPERS, NEW, "2026-11-20", made_up=True)
    yield f"ingest of {NEW} papers", ingest(place)
    settle()
    yield f"{NEW} new papers", build(place)
    override(place)
    settle()
    yield "one override", build(place)


def settle() -> None:
    """Wait until what was just written is trusted by its times: two seconds."""
    time.sleep(2.1)


def override(place: Path) -> None:
    """Correct the title of the archive's first paper."""
    record = min((place / "archive" / "papers").glob("*/*.md"))
    paper_id = next(
        line for line in record.read_text("utf-8").split("\n") if line.startswith("id: ")
    )
    fixes = place / "archive" / "overrides"
    fixes.mkdir(exist_ok=True)
    (fixes / "bench.yml").write_text(f"- {paper_id}\n  fix: {{title: A better title}}\n", "utf-8")


def build(place: Path) -> Figures:
    """Build in a process of its own; returns what it counted."""
    return _count(place, "mkdocs", "--quiet", "build")


def ingest(place: Path) -> Figures:
    """Ingest the dump of papers likewise."""
    return _count(place, "paper_digest", "ingest", "jsonl", "new.jsonl", "--quiet")


def _count(place: Path, *words: str) -> Figures:
    counted = place / "work.json"
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    words = (sys.executable, str(HERE / "counted_work.py"), str(counted), *words)
    subprocess.run(words, cwd=place, env=env, check=True)
    figures: Figures = json.loads(counted.read_text("utf-8"))
    return figures


def main() -> None:
    """Count, print a table, and end with 1 where a count is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the limits anew")
    options = parser.parse_args()
    limits = json.loads(LIMITS.read_text("utf-8")) if LIMITS.exists() else {}
    (ROOT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="work-", dir=ROOT / ".cache") as folder:
        table = dict(measured(Path(folder) / "project"))
    exceeded = 0
    for build_name, figures in table.items():
        click.echo(f"\n{build_name}")
        for name, count in figures.items():
            known = limits.get(build_name, {}).get(name)
            is_over = known is not None and count > known * SLACK
            exceeded += is_over
            share = f"{count / known:6.2f} of the known" if known else ""
            click.echo(f"  {name:16} {count:14,} {share}{'  TOO MUCH' if is_over else ''}")
    if options.update:
        LIMITS.write_text(json.dumps(table, indent=2) + "\n", "utf-8")
    elif exceeded:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
