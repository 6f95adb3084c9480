"""What a visit to a page costs a reader on a slow network and processor: python tests/tools/bench/pages.py SITE...

Of each built site: home, its longest list, a paper of middling weight, the heaviest one, and the search page.
The network is Lighthouse's slow 4G (1.6 Mbit/s, 150 ms a request) and the processor four times slower than it is.
First paints are of visits in new profiles; then keys and buttons are pressed, and the slowest answer is the page's
INP, which is the definition of it below fifty interactions. Figures are medians; other work of the machine
lengthens them. Needs Chromium, node and openssl. Fails where a goal is missed.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from browser import Site, served
from playwright.sync_api import Page

VISITS = 5
_NETWORK = "slow 4G"
_SLOWER = 4  # times the processor takes what it takes here
#: Milliseconds after everything is loaded in which a late shift would still be seen.
CALM = 800
_QUERY = "attention"
_MAX_LCP_MS = {"search": 1_500}
_DEFAULT_MAX_LCP_MS, _MAX_INP_MS, _MAX_SHIFT = 1_000, 100, 0.02

#: Of events the browser tells nothing below 16 ms. A paint that follows none of ours is no interaction.
_WATCH = """
window.seen = { lcp: 0, shift: 0, inp: 0, slowest: "", long: 0 };
const watch = (type, each, more) => new PerformanceObserver((list) => list.getEntries().forEach(each))
  .observe({ type, buffered: true, ...more });
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => { seen.long = Math.max(seen.long, entry.duration); });
watch("event", (entry) => {
  if (!entry.interactionId || entry.duration <= seen.inp) return;
  seen.inp = entry.duration;
  seen.slowest = `${entry.name} on ${entry.target?.nodeName ?? "?"}.${entry.target?.className ?? ""}`;
}, { durationThreshold: 16 });
"""
_COLUMNS = (
    "Page", "HTML, KB", "gzip, KB", "Requests", "Cold, KB", "LCP, ms", "Layout shift", "Long task, ms", "INP, ms", "slowest",
)  # fmt: skip


class Visit(NamedTuple):
    """Requests, KB sent, first paint of the largest part, longest task and slowest answer in ms, sum of shifts."""

    requests: float
    kilobytes: float
    lcp: float
    shift: float
    longest_task: float
    inp: float
    slowest: str


def kinds(site: Path) -> dict[str, str]:
    """Choose the pages of a site: their addresses below its root, by kind."""
    papers = sorted((site / "papers").glob("*/index.html"), key=lambda p: p.stat().st_size)
    lists = max((site / "topics").glob("*/index.html"), key=lambda p: p.stat().st_size)
    chosen = {"list": lists, "paper": papers[len(papers) // 2], "heaviest paper": papers[-1]}
    return {
        "home": "",
        **{kind: f"{path.parent.relative_to(site)}/" for kind, path in chosen.items()},
        "search": f"search/?q={_QUERY}",
    }


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(100)


def _read_keys(page: Page) -> None:
    _press(page, "?")
    page.get_by_role("dialog", name="Keys").wait_for()
    _press(page, "Escape")
    page.get_by_role("dialog", name="Keys").wait_for(state="hidden")


def _ask_in_box(page: Page) -> None:
    _press(page, "/", *_QUERY)
    page.locator(".md-search-result__item").first.wait_for()
    _press(page, "Escape")


def _triage(page: Page) -> None:
    _press(page, "j", "j", "e", "s", "r", "k")
    _read_keys(page)
    page.locator("[data-action=star]:visible").first.click()


def _keep(page: Page) -> None:
    page.locator("[data-action=star]:visible").first.click()
    _press(page, "s", "r")
    _read_keys(page)


def _ask_again(page: Page) -> None:
    page.get_by_label("Search for").fill("")
    page.get_by_label("Search for").focus()
    _press(page, *"graph neural", "Enter")


_USES: dict[str, tuple[Callable[[Page], None], ...]] = {
    "home": (_triage, _ask_in_box),
    "list": (_triage, _ask_in_box),
    "paper": (_keep, _ask_in_box),
    "heaviest paper": (_keep, _ask_in_box),
    "search": (_triage, _ask_again),
}


def visit(site: Site, kind: str, address: str) -> Visit:
    """Open a page in a new profile, then use it as a reader does."""
    with site.page() as page:
        page.add_init_script(_WATCH)
        site.throttle(page, _NETWORK, _SLOWER)
        page.goto(f"{site.base}/{address}", wait_until="networkidle")
        page.wait_for_timeout(CALM)
        first = page.evaluate("({ ...seen })")
        sent = site.sent()
        for use in _USES[kind]:
            use(page)
        page.wait_for_timeout(CALM)
        last = page.evaluate("({ ...seen })")
    return Visit(
        sent["requests"], sent["bytes"] / 1000, first["lcp"], first["shift"], first["long"],
        last["inp"], last["slowest"],
    )  # fmt: skip


def _missed(kind: str, lcp: float, shift: float, inp: float) -> list[str]:
    goals = (
        ("LCP, ms", lcp, _MAX_LCP_MS.get(kind, _DEFAULT_MAX_LCP_MS)),
        ("Layout shift", shift, _MAX_SHIFT),
        ("INP, ms", inp, _MAX_INP_MS),
    )
    return [
        f"{kind}: {name} {value:g}, goal {goal:g}" for name, value, goal in goals if value > goal
    ]


def _row(site: Site, folder: Path, kind: str, address: str) -> tuple[str, list[str]]:
    html = (folder / address.partition("?")[0] / "index.html").read_bytes()
    runs = [visit(site, kind, address) for _ in range(VISITS)]
    requests, kilobytes, lcp, shift, longest_task, inp = (
        median(figures) for figures in list(zip(*runs, strict=True))[:-1]
    )
    packed = len(gzip.compress(html, 6)) / 1000
    row = (
        f"| {kind} | {len(html) / 1000:.1f} | {packed:.1f} | {requests:.0f} | {kilobytes:.1f} | {lcp:.0f} | "
        f"{shift:.3f} | {longest_task:.0f} | {inp:.0f} | {max(runs, key=lambda run: run.inp).slowest} |\n"
    )
    return row, _missed(kind, lcp, shift, inp)


def main() -> None:
    """Print a table of each site; exit with 1 where a goal is missed."""
    say = sys.stdout.write
    missed: list[str] = []
    for built in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as copy:
            folder = Path(shutil.copytree(built, f"{copy}/site"))
            say(f"\n{built}, slow 4G (1.6 Mbit/s, 150 ms), HTTP/2, gzip, processor / {_SLOWER}\n\n")
            say(f"| {' | '.join(_COLUMNS)} |\n|{' --- |' * len(_COLUMNS)}\n")
            with served(folder) as site:
                for kind, address in kinds(folder).items():
                    row, over = _row(site, folder, kind, address)
                    missed += over
                    say(row)
                    sys.stdout.flush()
    say("".join(f"missed: {one}\n" for one in missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
