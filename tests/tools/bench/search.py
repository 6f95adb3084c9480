"""Measures search beside Material's own and Pagefind: size, speed, memory, what is found.

Usage: python tests/bench/search.py [--engines sharded,material,pagefind] [--each 200] [--seed 20]
    [--corpus FILE] [--work FOLDER] [SIZE...]

Each engine gets the same papers and queries in the same run, so read the ratios: seconds differ
from machine to machine. What is known is told at once, one line each; a table ends each size. Sizes
above the corpus repeat it with changed ids, for cost only. An engine is left out at sizes where it
would take many minutes, and asked fewer queries where it is slow; both are said.
Pagefind's command is taken from the variable PAGEFIND or the PATH.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import paper_digest.search
from browser import served
from engines import build, read
from goals import GOALS
from known_items import Known, Maker
from measure import Figures, NotFinishedError, relevance, speed
from paper_digest.search.document import Document

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "arxiv_40k.jsonl.gz"
OURS = "sharded"
RELEVANT = 40_000  # papers the corpus holds; more are repetitions
LARGEST = {"material": 10_000, "pagefind": 10_000}  # beyond, a run takes many minutes
_TIMED = 10_000  # papers of which queries are made where they are only timed


def papers(corpus: Path, count: int) -> Iterator[Document]:
    """Draw papers from the corpus, always the same ones; repeat them where there are too few."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    random.Random(1).shuffle(records)  # noqa: S311 - a repeatable draw, nothing secret
    for number in range(count):
        again, place = divmod(number, len(records))
        yield _document(records[place], f"x{again}" if again else "")


def _document(record: dict[str, Any], suffix: str) -> Document:
    text = " ".join(record["abstract"].split())
    return Document(
        slug=record["id"].replace("/", "-") + suffix,
        bare_id=record["id"] + suffix,
        title=" ".join(record["title"].split()),
        text=text,
        authors=tuple(record["authors"]),
        date=record["published"],
        topics=(re.sub(r"\W", "-", record["primary_category"]).lower(),),
        has_code="github.com" in text,
        sources=("arxiv",),
    )


class Teller:
    """Says what is known, and when."""

    def __init__(self, size: int) -> None:
        """Speak of so many papers."""
        self._size, self._start = size, time.monotonic()

    def __call__(self, engine: str, figures: Figures | str) -> None:
        """Say one line of an engine."""
        if not isinstance(figures, str):
            figures = "; ".join(f"{name} {value:.4g}" for name, value in figures.items())
        spent = time.monotonic() - self._start
        sys.stdout.write(f"[{spent:4.0f} s] {self._size:,} papers, {engine}: {figures}\n")
        sys.stdout.flush()


def compare(folder: Path, size: int, engines: list[str], given: argparse.Namespace) -> None:
    """Build and measure every engine on so many papers, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    tell = Teller(size)
    source = folder / "documents.jsonl"
    with source.open("wb") as out:
        out.writelines(msgspec.json.encode(one) + b"\n" for one in papers(given.corpus, size))
    room = Path(paper_digest.search.__file__).parent
    (folder / "modules").mkdir(exist_ok=True)
    shutil.copy(
        room / "ranking.json", folder / "ranking.json"
    )  # two folders above the modules' own
    for module in room.joinpath("browser", "worker").glob("*.js"):
        shutil.copy(module, folder / "modules" / module.name)
    queries, titles = _asked(source, size, given)
    table: dict[str, Figures] = {}
    for engine in engines:
        if size > LARGEST.get(engine, size):
            tell(engine, "left out, for it would take many minutes")
            continue
        table[engine] = _built(engine, source, folder, size)
        tell(engine, table[engine])
        with served(folder) as site:
            try:
                for figures in speed(engine, site, queries, slow=_slow(engine, size)):
                    table[engine] |= figures
                    tell(engine, figures)
                if size <= RELEVANT:
                    found = relevance(engine, site, queries, titles)
                    table[engine] |= found
                    tell(engine, found)
            except NotFinishedError as stopped:
                tell(engine, str(stopped))
    _print(table, size)


def _slow(engine: str, size: int) -> bool:
    """Say whether one cold answer takes half a minute, so that one has to be enough."""
    return engine == "material" and size > 1_000


def _asked(
    source: Path, size: int, given: argparse.Namespace
) -> tuple[Sequence[Known], dict[str, str]]:
    documents = list(read(source))[: size if size <= RELEVANT else _TIMED]
    titles = {one.slug: one.title for one in documents}
    return Maker(documents, given.seed).make(given.each), titles


def _built(engine: str, source: Path, folder: Path, size: int) -> Figures:
    made = build(engine, source, folder / engine)
    figures = {
        "build, CPU s": made.cpu,
        "build, peak MB": made.memory,
        "bytes a paper": made.size / size,
        "index bytes a paper": made.index_size / size,
        "positions, bytes a paper": made.positions_size / size,
        "files": made.files,
    }
    if engine == OURS:
        cache = folder / "counts.msgpack"
        cache.unlink(missing_ok=True)
        build(engine, source, folder / engine, cache)
        figures["again unchanged, CPU s"] = build(engine, source, folder / engine, cache).cpu
    return figures


def _print(table: dict[str, Figures], size: int) -> None:
    others = [engine for engine in table if engine != OURS]
    goals = GOALS.get(size, {})
    say = sys.stdout.write
    say(f"\n{size:,} papers".ljust(43) + "goal".rjust(9) + OURS.rjust(10))
    say("".join(f"{engine:>10} (ratio)" for engine in others) + "\n")
    for name, value in table.get(OURS, next(iter(table.values()))).items():
        goal = f"{goals[name]:g}" if name in goals else ""
        say(f"{name:42}{goal:>9}{value:10.3f}")
        for engine in others:
            other = table[engine].get(name, float("nan"))
            say(f"{other:10.3f} {other / value if value else float('nan'):7.2f}")
        say("\n")
    say("\n")
    sys.stdout.flush()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--engines", default="sharded,material,pagefind")
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-search"))
    given = parser.parse_args()
    for size in given.sizes:
        compare((given.work / str(size)).resolve(), size, given.engines.split(","), given)


if __name__ == "__main__":
    main()
