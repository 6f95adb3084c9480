"""Takes one engine's figures: cold and warm answers, keys, and what is found."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import mean, median

from browser import Site
from known_items import Known
from playwright.sync_api import Page

COLD_QUERIES = 8
KEY_QUERIES = 4
PAUSE = 81  # ms between queries, so that none is held back as if it were typed
#: Seconds after which a cold answer is given up, and after which no more keys or queries are tried.
PATIENCE = 120
LONGEST = 300

Figures = dict[str, float]

_COLD = f"([engine, text]) => cold(engine, '/' + engine, text, {PATIENCE * 1000})"


class NotFinishedError(Exception):
    """A cold answer took longer than ``PATIENCE``."""


def speed(engine: str, site: Site, queries: Sequence[Known]) -> Figures:
    """Time cold, warm and half-typed queries; what a key takes is measured with all loaded."""
    texts = [query.text for query in queries if query.kind == "title words"][:COLD_QUERIES]
    texts = texts[: 2 if engine == "material" else None]  # it takes half a minute each time
    figures: Figures = {}
    for network, asked in (("4G", texts), ("3G", texts[:2]), ("cable", texts[:2])):
        figures |= _cold(engine, site, network, asked)
    warm = [_warm(engine, site, text) for text in texts[:3]]
    with site.page() as page:
        page.evaluate(_COLD, [engine, "x"])
        asked = [texts[:KEY_QUERIES], LONGEST * 1000]
        keys = sorted(page.evaluate("([texts, limit]) => keys(texts, limit)", asked))
    keys = keys or [float("nan")]
    return figures | {
        "warm 4G, ms": median(warm),
        "key p50, ms": keys[len(keys) // 2],
        "key p95, ms": keys[len(keys) * 95 // 100],
    }


def _cold(engine: str, site: Site, network: str, texts: Sequence[str]) -> Figures:
    times, typed, sizes, requests = [], [], [], []
    for text in texts:
        with site.page(network) as page:
            answer = page.evaluate(_COLD, [engine, text])
        if not answer:
            raise NotFinishedError(f"no answer over {network} in {PATIENCE} s")
        sent = site.sent()
        times.append(answer["ms"])
        typed.append(answer["typed"])
        sizes.append(sent["bytes"] / 1000)
        requests.append(sent["requests"])
    return {
        f"cold {network}, ms": median(times),
        f"cold {network} from the first key, ms": median(typed),
        "cold, KB": median(sizes),
        "cold, requests": median(requests),
    }


def _warm(engine: str, site: Site, text: str) -> float:
    with site.page("4G") as page:
        page.evaluate(_COLD, [engine, text])
        page.goto(f"{site.base}/ask.html")
        answer = page.evaluate(_COLD, [engine, text])
        return float(answer["ms"]) if answer else float("nan")


def relevance(engine: str, site: Site, queries: Sequence[Known], titles: dict[str, str]) -> Figures:
    """Ask known items, mixed, and give MRR@10 and recall@10 of each kind of query."""
    asked = list(queries)
    random.Random(2).shuffle(asked)  # noqa: S311 - the same order for every engine
    with site.page() as page:
        page.evaluate(_COLD, [engine, "x"])
        places = _places(page, asked, titles, PAUSE if engine == "sharded" else 0)
    figures: Figures = {"queries asked": len(places)}
    for kind in dict.fromkeys(query.kind for query in queries):
        answered = zip(asked, places, strict=False)
        found = [place for query, place in answered if query.kind == kind] or [0]
        figures[f"{kind}, MRR@10"] = mean(1 / place if place else 0 for place in found)
        figures[f"{kind}, recall@10"] = mean(place > 0 for place in found)
        if kind == "full title":
            figures[f"{kind}, first"] = mean(place == 1 for place in found)
    return figures


def _places(page: Page, queries: Sequence[Known], titles: dict[str, str], pause: int) -> list[int]:
    page.evaluate("ms => { window.pause = ms }", pause)
    wanted = [{"text": query.text, "title": titles[query.slug]} for query in queries]
    limit = LONGEST * 1000
    ask = "([queries, limit]) => places(queries, limit)"
    places: list[int] = page.evaluate(ask, [wanted, limit])
    return places
