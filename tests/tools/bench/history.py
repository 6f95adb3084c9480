"""Keeps the figures of timed runs in ``BENCHMARKS.md``: a table, and a chart of what a day costs.

Machines differ: compare rows of one machine, and trust ratios more than seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bench_archive import ROOT

FILE = ROOT / "BENCHMARKS.md"
COLUMNS = ("cold, CPU s", "nothing new, CPU s", "50 new papers, CPU s", "one override, CPU s", "peak memory, MB", "KB a paper")  # fmt: skip
#: Rows in the chart, the newest: half a year of weeks.
MAX_CHARTED = 26

_HEAD = """# Benchmarks

Written by the weekly workflow (`make bench` with `--record`): seconds of CPU of the whole process tree on GitHub's runners,
which differ from week to week. What CI holds with limits is the count of work (`make bench-work`).

"""
_TITLES = ("day", "papers", *COLUMNS)


def add_figures(papers: int, figures: dict[str, float]) -> None:
    """Add one run's figures, by the names of ``COLUMNS``, as the last row of the table."""
    day = datetime.now(UTC).date().isoformat()
    cells = [day, str(papers), *(f"{figures.get(name, 0):.2f}" for name in COLUMNS)]
    rows = [*_rows(), cells]
    FILE.write_text(_HEAD + _table(rows) + _chart(rows, papers), "utf-8")


def _rows() -> list[list[str]]:
    lines = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [row for row in cells if len(row) == len(_TITLES) and row[0][:2] == "20"]


def _table(rows: list[list[str]]) -> str:
    lines = [_TITLES, ["---"] * len(_TITLES), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _chart(rows: list[list[str]], papers: int) -> str:
    """Draw what the new papers of one day cost, run by run, in a form that GitHub shows."""
    place = _TITLES.index("50 new papers, CPU s")
    charted = [row for row in rows if row[1] == str(papers)][-MAX_CHARTED:]
    days = ", ".join(f'"{row[0]}"' for row in charted)
    values = ", ".join(row[place] for row in charted)
    return (
        f'\n```mermaid\nxychart-beta\n  title "50 new papers, {papers:,} papers, CPU s"\n'
        f"  x-axis [{days}]\n  bar [{values}]\n```\n"
    )
