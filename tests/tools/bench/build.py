"""Measures builds of real records beside plain Material, Hugo and the floor; prints ratios.

Run by ``make bench``; ``BEFORE=COMMIT`` measures an earlier commit in turn, in a column of its own, and
``--record`` writes the figures down in ``BENCHMARKS.md``. CPU is user and system time of the whole process tree; all builders of one
size run one after the other, so that what else the machine does falls on all of them. Nothing is
deleted before all is measured: after many files went, some file systems make new ones at a tenth of
their speed for minutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
from bench_archive import CORPUS, ROOT, project
from bench_hugo import hugo_site, installed
from history import add_figures
from process_cost import Cost, run
from work import override

NEW = 50
NEW_PAPERS = "new.jsonl"
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
SearchIndexBuilder.index_groups = lambda self: iter(())
SearchIndexBuilder.related_papers = lambda self: {}
from mkdocs.__main__ import cli
cli(sys.argv[1:])
"""


def ours(place: Path, count: int, source: Path | None = None) -> Iterator[tuple[str, Cost]]:
    """Build the whole site: cold, nothing new, the new papers of one day, one override.

    New papers are ingested from a dump, and both commands count: so a day goes. The archive was filled
    by no ingest, so one that adds nothing goes before. What was written within the last two seconds is
    read once more, to be sure: hence the pauses.
    """
    build = [MKDOCS, "--quiet", "build"]
    yield "cold", run(build, place, source)
    time.sleep(2.1)
    run(build, place, source)
    yield "nothing new", run(build, place, source)
    ingest = [sys.executable, "-m", "paper_digest", "ingest", "jsonl", NEW_PAPERS]
    dumped(place, 0, 1)
    run(ingest, place, source)
    dumped(place, count, NEW, "2026-11-20")
    taken = run(ingest, place, source)
    time.sleep(2.1)
    built = run(build, place, source)
    sums = taken.cpu + built.cpu, taken.wall + built.wall
    yield f"{NEW} new papers", Cost(*sums, max(taken.peak, built.peak))
    override(place)
    time.sleep(2.1)
    yield "one override", run(build, place, source)


def filled(place: Path, first: int, count: int, day: str = "") -> None:
    """Fill an archive in a process of its own: a child's peak memory begins with its parent's."""
    _in_a_process(f"fill(Path({str(place)!r}), {first}, {count}, {day!r})")


def dumped(place: Path, first: int, count: int, day: str = "") -> None:
    """Write the dump of papers that is ingested, in such a process too."""
    _in_a_process(f"write_dump(Path({str(place / NEW_PAPERS)!r}), {first}, {count}, {day!r})")


def _in_a_process(code: str) -> None:
    words = [sys.executable, "-c", f"from bench_archive import *; {code}"]
    subprocess.run(words, cwd=Path(__file__).parent, check=True)


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


def checked_out(commit: str, place: Path) -> Path:
    """Check an earlier commit out beside this one; it runs in the same environment.

    Exits where the commit has no package of today's name: Python would run today's in its place,
    and both columns would be of one program.
    """
    git = ["git", "-C", str(ROOT)]
    subprocess.run([*git, "worktree", "add", "--quiet", "--detach", str(place), commit], check=True)
    if not (place / "generator" / "paper_digest").is_dir():
        raise SystemExit(f"{commit} has no package paper_digest in generator/: give a later commit")
    return place


def main() -> None:
    """Measure every size asked for, and print a table of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--most-plain", type=int, default=10_000, help="largest plain Material")
    parser.add_argument("--before", default="", help="an earlier commit, measured in turn")
    parser.add_argument("--alone", action="store_true", help="no other builders")
    parser.add_argument("--record", action="store_true", help="add the figures to BENCHMARKS.md")
    options = parser.parse_args()
    (ROOT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / ".cache") as place:
        before = checked_out(options.before, Path(place) / "before") if options.before else None
        for size in options.sizes:
            work = Path(place) / str(size)
            figures = measure(work, size, before)
            if options.record:
                add_figures(size, figures)
            if not options.alone:
                compare(work, plain=size <= options.most_plain)
    if before:
        subprocess.run(["git", "-C", str(ROOT), "worktree", "prune"], check=True)


def measure(work: Path, size: int, before: Path | None) -> dict[str, float]:
    """Measure one size, this commit and an earlier one in turn, and print a table."""
    sources = [None, *([before] if before else [])]
    places = [project(work / name) for name in ("whole", "earlier")[: len(sources)]]
    for place in places:
        filled(place, 0, size)
    kind = "real" if CORPUS.exists() else "made-up"
    click.echo(
        f"\n{size:,} {kind} papers (load {os.getloadavg()[0]:.1f}){'':9}now"
        + "   before" * bool(before)
    )
    figures: dict[str, float] = {}
    peak = [0.0 for _ in places]
    runs = [ours(place, size, source) for place, source in zip(places, sources, strict=True)]
    for steps in zip(*runs, strict=True):
        [name], costs = {name for name, _ in steps}, [cost for _, cost in steps]
        peak = [max(pair) for pair in zip(peak, (cost.peak for cost in costs), strict=True)]
        figures[f"{name}, CPU s"] = costs[0].cpu
        _print_row(f"{name}, CPU s", [cost.cpu for cost in costs], 2)
    _print_row("peak memory, MB", peak, 0)
    sizes = [weigh(place / "site") * 1000 / (size + NEW) for place in places]
    _print_row("KB a paper, all in", sizes, 1)
    return figures | {"peak memory, MB": peak[0], "KB a paper": sizes[0]}


def _print_row(name: str, values: list[float], digits: int) -> None:
    ratio = f"  x {values[0] / values[1]:.2f}" if len(values) > 1 and values[1] else ""
    click.echo(f"  {name:28}" + "".join(f"{value:9,.{digits}f}" for value in values) + ratio)


def compare(work: Path, *, plain: bool) -> None:
    """Measure other builders of the same pages; ``plain`` says whether plain Material is waited for."""
    costs: dict[str, Cost] = {}
    for name, cost in others(work / "whole", work, plain=plain):
        costs[name] = cost
        click.echo(f"  {name:28}{cost.cpu:9.2f} CPU s {cost.wall:8.2f} s")
    ours_cpu = costs["pages alone: ours, cold"].cpu
    for name, cost in costs.items():
        if not name.endswith("ours, cold"):
            other = name.removeprefix("pages alone: ")
            click.echo(f"  {'ours : ' + other:28}{ours_cpu / max(cost.cpu, 0.01):9.2f}")


if __name__ == "__main__":
    main()
