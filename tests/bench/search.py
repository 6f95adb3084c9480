"""Measures search beside Material's own and Pagefind: size, speed, memory, what is found.

Usage: python tests/bench/search.py [--sizes 1000,10000] [--engines sharded,material,pagefind]
    [--each 200] [--seed 20] [--corpus FILE] [--work FOLDER]

Each engine gets the same papers and queries in the same run, so read the ratios: seconds differ
from machine to machine. Sizes above the corpus repeat it with changed ids, for cost only.
Pagefind's command is taken from the variable PAGEFIND or the PATH.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from browser import served
from engines import build, read
from known_items import Maker
from measure import Figures, NotFinishedError, relevance, speed

from generator.search.document import Document

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "arxiv_40k.jsonl.gz"
OURS = "sharded"
RELEVANT = 40_000  # papers the corpus holds; more are repetitions
LARGEST = {"material": 10_000, "pagefind": 10_000}  # beyond, a run takes too long


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


def compare(folder: Path, size: int, engines: list[str], given: argparse.Namespace) -> None:
    """Build and measure every engine on so many papers, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "documents.jsonl"
    with source.open("wb") as out:
        out.writelines(msgspec.json.encode(one) + b"\n" for one in papers(given.corpus, size))
    documents = list(read(source))
    titles = {one.slug: one.title for one in documents}
    queries = Maker(documents, given.seed).make(given.each)
    del documents
    table: dict[str, Figures] = {}
    for engine in engines:
        if size > LARGEST.get(engine, size):
            continue
        table[engine] = _built(engine, source, folder, size)
        with served(folder) as site:
            try:
                table[engine] |= speed(engine, site, queries)
                if size <= RELEVANT:
                    table[engine] |= relevance(engine, site, queries, titles)
            except NotFinishedError as stopped:
                sys.stdout.write(f"{engine}, {size:,} papers: {stopped}\n")
    _print(table, size)


def _built(engine: str, source: Path, folder: Path, size: int) -> Figures:
    made = build(engine, source, folder / engine)
    figures = {
        "build, CPU s": made.cpu,
        "build, peak MB": made.memory,
        "bytes a paper": made.size / size,
        "files": made.files,
    }
    if engine == OURS:
        cache = folder / "counts.sqlite"
        cache.unlink(missing_ok=True)
        build(engine, source, folder / engine, cache)
        figures["again unchanged, CPU s"] = build(engine, source, folder / engine, cache).cpu
    return figures


def _print(table: dict[str, Figures], size: int) -> None:
    others = [engine for engine in table if engine != OURS]
    say = sys.stdout.write
    say(f"\n{size:,} papers".ljust(43) + OURS.rjust(10))
    say("".join(f"{engine:>10} (ratio)" for engine in others) + "\n")
    for name, value in table.get(OURS, next(iter(table.values()))).items():
        say(f"{name:42}{value:10.3f}")
        for engine in others:
            other = table[engine].get(name, float("nan"))
            say(f"{other:10.3f} {other / value if value else float('nan'):7.2f}")
        say("\n")
    sys.stdout.flush()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--engines", default="sharded,material,pagefind")
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-search"))
    given = parser.parse_args()
    for size in map(int, given.sizes.split(",")):
        compare((given.work / str(size)).resolve(), size, given.engines.split(","), given)


if __name__ == "__main__":
    main()
