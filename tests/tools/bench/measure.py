"""Takes one engine's figures: cold and warm answers, keys, and what is found."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from statistics import mean, median

from browser import Site
from known_items import Known
from playwright.sync_api import Error

SIZED_QUERIES = 40  # what a query costs in bytes differs more than anything else
COLD_QUERIES = 8
FEW = 2  # on the slower networks
WARM_QUERIES = 5
KEY_QUERIES = 4
#: Seconds after which a cold answer is given up, and after which no more keys or queries are tried.
PATIENCE = 90
LONGEST = 40
#: Seconds after which an engine will never answer a query, and queries asked at a time.
STUCK = 10
_AT_ONCE = 25

Figures = dict[str, float]

_COLD = f"([engine, text]) => cold(engine, '/' + engine, text, {PATIENCE * 1000})"
#: Engines that hold a key back, and how they are asked without that.
_UNPAUSED = {"sharded": _COLD.replace("(engine,", "('unpaused',")}


class NotFinishedError(Exception):
    """A cold answer took longer than ``PATIENCE``."""


def speed(engine: str, site: Site, queries: Sequence[Known], *, slow: bool) -> Iterator[Figures]:
    """Time cold, warm and half-typed queries; what a key takes is measured with all loaded.

    A ``slow`` engine is asked once, over 4G alone.
    """
    texts = [query.text for query in queries if query.kind == "title words"][:SIZED_QUERIES]
    # Material's own fetches the same for every query.
    yield _sizes(engine, site, texts[: 1 if engine == "material" else SIZED_QUERIES])
    plan = {"4G": COLD_QUERIES, "3G": FEW, "cable": FEW}
    for network, count in {"4G": 1}.items() if slow else plan.items():
        yield cold_times(engine, site, network, texts[:count])
    warm = [_warm(engine, site, text) for text in texts[: 1 if slow else WARM_QUERIES]]
    yield {"warm 4G, ms": median(warm)}
    yield _keys(site, _COLD, engine, texts, "key")
    if engine in _UNPAUSED:
        # On the page's own thread and with all loaded, nothing is waited for.
        yield _keys(site, _UNPAUSED[engine], engine, texts, "key, CPU")


def _keys(site: Site, how: str, engine: str, texts: Sequence[str], name: str) -> Figures:
    with site.page() as page:
        page.evaluate(how, [engine, "x"])
        asked = [texts[:KEY_QUERIES], LONGEST * 1000]
        keys = sorted(page.evaluate("([texts, limit]) => keys(texts, limit)", asked))
    keys = keys or [float("nan")]
    return {f"{name} p50, ms": keys[len(keys) // 2], f"{name} p95, ms": keys[len(keys) * 95 // 100]}


def cold_times(engine: str, site: Site, network: str, texts: Sequence[str]) -> Figures:
    """Ask each text of an engine that has nothing loaded; return the medians in milliseconds.

    Raises:
        NotFinishedError: an answer took longer than ``PATIENCE``.
    """
    times, typed = [], []
    for text in texts:
        with site.page(network) as page:
            answer = page.evaluate(_COLD, [engine, text])
        if not answer:
            raise NotFinishedError(f"no answer over {network} in {PATIENCE} s")
        times.append(answer["ms"])
        typed.append(answer["typed"])
    return {
        f"cold {network}, ms": median(times),
        f"cold {network} from the first key, ms": median(typed),
    }


def _sizes(engine: str, site: Site, texts: Sequence[str]) -> Figures:
    sizes, requests = [], []
    for text in texts:
        with site.page() as page:
            page.evaluate(_COLD, [engine, text])
        sent = site.sent()
        sizes.append(sent["bytes"] / 1000)
        requests.append(sent["requests"])
    sizes.sort()
    return {
        "cold, KB": median(sizes),
        "cold, KB p95": sizes[len(sizes) * 95 // 100],
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
    places = _places(engine, site, asked, titles)
    figures: Figures = {"queries asked": len(places)}
    for kind in dict.fromkeys(query.kind for query in queries):
        answered = zip(asked, places, strict=False)
        found = [place for query, place in answered if query.kind == kind] or [0]
        figures[f"{kind}, MRR@10"] = mean(1 / place if place else 0 for place in found)
        figures[f"{kind}, recall@10"] = mean(place > 0 for place in found)
        if kind == "full title":
            figures[f"{kind}, first"] = mean(place == 1 for place in found)
    return figures


def _places(engine: str, site: Site, queries: Sequence[Known], titles: dict[str, str]) -> list[int]:
    """Ask until all is asked or ``LONGEST`` has passed; one that an engine never answers ends it."""
    wanted = [{"text": query.text, "title": titles[query.slug]} for query in queries]
    places: list[int] = []
    end = time.monotonic() + LONGEST
    ask = "([queries, limit]) => places(queries, limit)"
    with site.page() as page:
        page.evaluate(_UNPAUSED.get(engine, _COLD), [engine, "x"])
        while len(places) < len(wanted) and time.monotonic() < end:
            some = wanted[len(places) : len(places) + _AT_ONCE]
            try:
                found = page.evaluate(ask, [some, STUCK * 1000])
            except Error:  # a query that took all the memory there is
                return [*places, 0]
            if found[-1:] == [-1]:
                return [*places, *found[:-1], 0]
            places += found
    return places
