"""What the first visit to a page costs on a throttled network: python tests/bench/pages.py SITE...

Of each built site: home, its longest list, a paper of middling weight and the heaviest one. Needs
Chromium, node and openssl. Every figure is the median of some visits in new profiles.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from browser import Site, served

VISITS = 5
#: Milliseconds after everything is loaded in which a late shift would still be seen.
CALM = 800

_WATCH = """
window.seen = { lcp: 0, shift: 0 };
new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.lcp = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.shift += e.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
_HEAD = "| Page | HTML, KB | gzip, KB | Requests | Cold, KB | LCP, ms | Layout shift |"


def kinds(site: Path) -> dict[str, str]:
    """Choose the pages of a site: their addresses below its root, by kind."""
    papers = sorted((site / "papers").glob("*/index.html"), key=lambda p: p.stat().st_size)
    lists = max((site / "topics").glob("*/index.html"), key=lambda p: p.stat().st_size)
    chosen = {"list": lists, "paper": papers[len(papers) // 2], "heaviest paper": papers[-1]}
    return {"home": "", **{k: f"{p.parent.relative_to(site)}/" for k, p in chosen.items()}}


def visit(site: Site, address: str, network: str) -> tuple[float, float, float, float]:
    """Open a page in a new profile; returns requests, KB sent, LCP in ms, and layout shift."""
    with site.page() as page:
        page.add_init_script(_WATCH)
        site.throttle(page, network)
        page.goto(f"{site.base}/{address}", wait_until="networkidle")
        page.wait_for_timeout(CALM)
        seen = page.evaluate("seen")
        sent = site.sent()
    return sent["requests"], sent["bytes"] / 1000, seen["lcp"], seen["shift"]


def main() -> None:
    """Print a table of each site."""
    say = sys.stdout.write
    for built in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as copy:
            folder = Path(shutil.copytree(built, f"{copy}/site"))
            say(f"\n{built}, 4G (9 Mbit/s, 85 ms), HTTP/2, gzip\n\n{_HEAD}\n")
            say("|" + " --- |" * _HEAD[1:].count("|") + "\n")
            with served(folder) as site:
                for kind, address in kinds(folder).items():
                    html = (folder / address / "index.html").read_bytes()
                    runs = [visit(site, address, "4G") for _ in range(VISITS)]
                    requests, kilobytes, lcp, shift = map(median, zip(*runs, strict=True))
                    packed = len(gzip.compress(html, 6)) / 1000
                    say(
                        f"| {kind} | {len(html) / 1000:.1f} | {packed:.1f} | {requests:.0f} | "
                        f"{kilobytes:.1f} | {lcp:.0f} | {shift:.3f} |\n"
                    )


if __name__ == "__main__":
    main()
