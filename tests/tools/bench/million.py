"""Measures the search index of very large archives: what it costs to build, to keep and to ask.

Usage: python tests/tools/bench/million.py [--papers 1000000] [--each 100] [--corpus FILE] [--work FOLDER]

Real records stand for themselves; beyond the corpus they are repeated with changed ids, for cost. A query is made of a
real record, and a copy counts as its original: recall is that of the first ten originals. Bytes and
requests are those of a cold query for ten titles, root and scripts included; times are Chromium's on a throttled
line, from the first key to ten titles. Takes about half a CPU minute for each 100,000 papers and 2 kB of memory a
paper; not part of any check. ``--again`` asks the index that an earlier run built.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import mean

import msgspec
from browser import served
from known_items import Known, Maker
from measure import COLD_QUERIES, cold_times
from paper_digest.search.base_segment import (
    BaseSegment,
    MemberPlaces,
    base_size,
    member_places,
    members_of,
)
from paper_digest.search.build import write_beside_base, write_new_base
from paper_digest.search.bundle import worker_scripts
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.ranking import RANKING
from paper_digest.search.segment_writer import Topics
from search import CORPUS, RELEVANT, papers

_NEW_PAPERS = 50
_HITS = RANKING.limits.hits
_KINDS = ("title words", "phrase", "typo alone", "typo + two")
_COPY = re.compile(r"x\d+$")
_NOBODY = Topics({}, {})


def places(base: BaseSegment, forward: ForwardIndex) -> MemberPlaces:
    """Find the papers that are not in the base, as a build does."""
    return member_places(base, members_of(forward), forward.document_order())


def build(corpus: Path, count: int, folder: Path) -> dict[str, float]:
    """Build the index of so many papers, then that of 50 more; return what it took."""
    started = time.process_time()
    forward = build_forward_index(papers(corpus, count))
    counted = time.process_time()
    names: set[str] = set()

    def write(name: str, content: bytes) -> None:
        names.add(name)
        (folder / name).write_bytes(content)

    base = write_new_base(forward, base_size(count), b"", _NOBODY, write)
    write_beside_base(base, forward, places(base, forward), _NOBODY, write)
    written = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    before = set(names)
    sizes = [(folder / name).stat().st_size for name in names]
    forward.add_documents(
        msgspec.structs.replace(one, slug=f"{one.slug}x0", bare_id=f"{one.bare_id}x0", date="2100-01-01")
        for one in islice(papers(corpus, _NEW_PAPERS), _NEW_PAPERS)
    )  # fmt: skip
    names.clear()
    grown = time.process_time()
    write_beside_base(base, forward, places(base, forward), _NOBODY, write)
    return {
        "counting, CPU s": counted - started,
        "writing, CPU s": written - counted,
        "peak MB": peak,
        "files": len(before),
        "bytes a paper": sum(sizes) / count,
        "+50: writing, CPU s": time.process_time() - grown,
        "+50: files written": len({*names - before, "root.bin"}),
        "+50: share of files": len({*names - before, "root.bin"}) / len(before),
    }


class _CountingReader:
    """Reads files of a folder and counts them and their bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes: dict[str, int] = {}

    def read(self, name: str) -> bytes:
        """Return a file."""
        content = (self._folder / name).read_bytes()
        self.sizes[name] = len(content)
        return content


def ask(folder: Path, queries: Sequence[Known], copies: int) -> dict[str, float]:
    """Ask each query of an index that nobody has asked yet, and that has each paper so many times."""
    scripts = worker_scripts()
    packed = {name: len(gzip.compress(script, 6)) for name, script in scripts.items()}
    later = next(name for name in packed if name.startswith("later-"))
    script_bytes = sum(packed.values()) - packed[later]
    sizes, requests = [], []
    places: dict[str, list[bool]] = {}
    for query in queries:
        reader = _CountingReader(folder)
        search = RankedSearch(IndexReader(reader.read))
        search.search(query.text)
        has_phrase = any(name.startswith(("p", "np")) for name in reader.sizes)
        sizes.append((sum(reader.sizes.values()) + packed[later] * has_phrase) / 1000)
        requests.append(len(reader.sizes) + len(scripts) - (not has_phrase))
        hits = search.search(query.text, _HITS * copies)
        originals = dict.fromkeys(_COPY.sub("", hit.slug) for hit in hits)
        found = query.slug in list(originals)[:_HITS]
        places.setdefault(query.kind, []).append(found)
    title = [place for place, query in enumerate(queries) if query.kind == "title words"]
    return {
        "cold, KB": mean(sizes[place] for place in title) + script_bytes / 1000,
        "of these scripts, KB": script_bytes / 1000,
        "cold, requests": mean(requests[place] for place in title),
        "cold, KB, all kinds": mean(sizes) + script_bytes / 1000,
    } | {f"{kind}, recall@10": mean(found) for kind, found in places.items()}


def time_answers(folder: Path, queries: Sequence[Known]) -> dict[str, float]:
    """Time cold answers over 4G in Chromium, each in a new profile."""
    for name, script in worker_scripts().items():
        (folder / name).write_bytes(script)
    texts = [query.text for query in queries if query.kind == "title words"][:COLD_QUERIES]
    with served(folder.parent) as site:
        return cold_times("sharded", site, "4G", texts)


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-million"))
    parser.add_argument("--again", action="store_true", help="ask what an earlier run built")
    parser.add_argument("--only-build", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    place = given.work.resolve() / str(given.papers)
    folder = place / "sharded"
    if given.only_build:
        sys.stdout.write(json.dumps(build(given.corpus, given.papers, folder)))
        return
    if not given.again:
        shutil.rmtree(place, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, *sys.argv, "--only-build"]
        built = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ.copy())
        _print(given.papers, json.loads(built.stdout))
    real = list(papers(given.corpus, min(RELEVANT, given.papers)))
    queries = [one for one in Maker(real, 20).make(given.each) if one.kind in _KINDS]
    _print(given.papers, ask(folder, queries, -(-given.papers // RELEVANT)))
    _print(given.papers, time_answers(folder, queries))


def _print(count: int, figures: dict[str, float]) -> None:
    for name, value in figures.items():
        sys.stdout.write(f"{count:,} papers | {name} | {value:,.4g}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
