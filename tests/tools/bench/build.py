"""Measures builds of real records beside plain Material, Hugo and the floor; prints ratios.

Run by ``make bench``. CPU is user and system time of the whole process tree; all builders of one
size run one after the other, so that what else the machine does falls on all of them. Nothing is
deleted before all is measured: after many files went, some file systems make new ones at a tenth of
their speed for minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from bench_archive import ROOT, project
from bench_hugo import hugo_site, installed

NEW = 50
MKDOCS = str(Path(sys.executable).with_name("mkdocs"))
#: Whole builds that leave out search, feeds, API and the pages' Markdown, as the others do.
PAGES_ONLY = """
import sys
from paper_digest.builder.search_index import SearchIndexBuilder
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import exports
from paper_digest.render.pages.page import Page
Page.published = property(lambda _: "")
exports.file_groups = lambda *_: ()
exports.paper_file_group = lambda slug, *_: OutputGroup(f"api/papers/{slug}", b"", lambda: ())
SearchIndexBuilder.index_group = lambda self: OutputGroup("assets/search", b"", lambda: ())
SearchIndexBuilder.related_papers = lambda self: {}
from mkdocs.__main__ import cli
cli(sys.argv[1:])
"""


class Cost(NamedTuple):
    """What one run took: CPU seconds, seconds, peak memory of its processes together in MB."""

    cpu: float
    wall: float
    peak: float


def run(words: list[str], place: Path) -> Cost:
    """Run a command to its end."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    begin = time.perf_counter()
    started = subprocess.Popen(words, cwd=place, env=env, stdout=subprocess.DEVNULL)
    held: list[float] = []
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(started.pid, held, ended))
    watch.start()
    _, status, used = os.wait4(started.pid, 0)
    ended.set()
    watch.join()
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{' '.join(words)[:200]} failed in {place}")
    wall = time.perf_counter() - begin
    peak = max([used.ru_maxrss / 1024, *held])
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


def _watch(process: int, held: list[float], ended: threading.Event) -> None:
    """Note now and then the MB that a process and its forks hold; what they share counts once."""
    pause = 0.1
    while not ended.wait(pause):
        begin = time.perf_counter()
        with contextlib.suppress(OSError):
            forks = Path(f"/proc/{process}/task/{process}/children").read_text().split()
            held.append(sum(map(_share, (process, *forks))))
        pause = max(0.1, 100 * (time.perf_counter() - begin))  # asking much takes time from it


def _share(process: int | str) -> float:
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return next(int(line.split()[1]) / 1024 for line in rollup.split("\n") if "Pss:" in line)
    return 0


def ours(place: Path, count: int) -> Iterator[tuple[str, Cost]]:
    """Build the whole site: cold, with nothing new, with the new papers of one day."""
    build = [MKDOCS, "--quiet", "build"]
    yield "ours, cold", run(build, place)
    # What was written within the last two seconds is read once more, to be sure.
    time.sleep(2.1)
    run(build, place)
    yield "ours, nothing new", run(build, place)
    filled(place, count, NEW, "2026-11-20")
    yield f"ours, {NEW} new papers", run(build, place)


def filled(place: Path, first: int, count: int, day: str = "") -> None:
    """Fill an archive in a process of its own: a child's peak memory begins with its parent's."""
    code = f"from bench_archive import *; fill(Path({str(place)!r}), {first}, {count}, {day!r})"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, check=True)


def others(place: Path, work: Path, *, plain: bool) -> Iterator[tuple[str, Cost]]:
    """Build the pages alone, with each builder."""
    pages = project(work / "pages")
    shutil.copytree(place / "archive", pages / "archive")
    only = [sys.executable, "-c", PAGES_ONLY, "--quiet", "build"]
    yield "pages alone: ours, cold", run(only, pages)
    written = work / "written"
    floor = run([MKDOCS, "--quiet", "build"], empty(work / "empty"))
    copied = run([sys.executable, "-c", COPY, str(pages / "site"), str(written)], work)
    yield "pages alone: the floor", Cost(floor.cpu + copied.cpu, floor.wall + copied.wall, 0)
    run([str(Path(MKDOCS).with_name("digest")), "build"], pages)
    if plain:
        yield "pages alone: plain Material", run([MKDOCS, "--quiet", "build"], bare(pages, work))
    hugo = hugo_site(pages / "docs", work / "hugo")
    yield "pages alone: Hugo", run([installed(), "--quiet"], hugo)


#: Reads files, then writes them; only the writing is the floor, but reading is cheap beside it.
COPY = """
import os, sys
from pathlib import Path
source, target = map(Path, sys.argv[1:])
for path in source.rglob("*.html"):
    data, place = path.read_bytes(), target / path.relative_to(source)
    os.makedirs(place.parent, exist_ok=True)
    place.write_bytes(data)
"""

_PLAIN = """
site_name: Papers
theme: {{name: material, font: false}}
plugins: []
nav: [{nav}]
not_in_nav: "*"
validation: {{links: {{not_found: ignore}}}}
markdown_extensions: [attr_list, md_in_html, toc, tables, fenced_code]
"""


def empty(place: Path) -> Path:
    """Make a site of one page."""
    (place / "docs").mkdir(parents=True)
    (place / "docs" / "index.md").write_text("# Papers\n")
    (place / "mkdocs.yml").write_text(_PLAIN.format(nav="index.md"))
    return place


def bare(pages: Path, work: Path) -> Path:
    """Make the site that stock Material builds of the same Markdown."""
    place = work / "plain"
    shutil.copytree(pages / "docs", place / "docs", ignore=_no_pages)
    nav = "index.md, topics/index.md, dates/index.md, about.md"
    (place / "mkdocs.yml").write_text(_PLAIN.format(nav=nav))
    return place


def _no_pages(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not n.endswith(".md") and not Path(folder, n).is_dir()]


def weigh(site: Path) -> float:
    """Add up the bytes of a folder, in MB."""
    return sum(p.stat().st_size for p in site.rglob("*") if p.is_file()) / 1e6


def main() -> None:
    """Measure every size asked for, and print a table of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--most-plain", type=int, default=10_000, help="largest plain Material")
    options = parser.parse_args()
    (ROOT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / ".cache") as place:
        for size in options.sizes:
            measure(Path(place) / str(size), size, plain=size <= options.most_plain)


def measure(work: Path, size: int, *, plain: bool) -> None:
    """Measure one size and print its table; ``plain`` says whether plain Material is waited for."""
    place = project(work / "whole")
    filled(place, 0, size)
    click.echo(f"\n{size:,} papers (load {os.getloadavg()[0]:.1f})")
    found = dict(_printed(ours(place, size)))
    each = weigh(place / "site") * 1000 / (size + NEW)
    click.echo(f"  {each:.1f} KB per paper, all in")
    found |= _printed(others(place, work, plain=plain))
    base = found["pages alone: ours, cold"].cpu
    for name, cost in found.items():
        if name.startswith("pages") and "ours" not in name:
            click.echo(f"  ours : {name.partition(': ')[2]} = {base / cost.cpu:.2f}")


def _printed(found: Iterator[tuple[str, Cost]]) -> dict[str, Cost]:
    kept = {}
    for name, cost in found:
        kept[name] = cost
        memory = f"{cost.peak:6,.0f} MB" if cost.peak else ""
        click.echo(f"  {name:28} {cost.cpu:8.2f} CPU s {cost.wall:8.2f} s {memory}")
    return kept


if __name__ == "__main__":
    main()
