"""The monitors of an archive: their queries checked, and answered by the engine of the search box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.settings.settings_file import CONFIG_FILE, place_problem
from paper_digest.sources.registry import registry

if TYPE_CHECKING:
    from paper_digest.search.index_reader import IndexReader

_decode = msgspec.msgpack.Decoder(tuple[MonitoredPapers, ...]).decode


def monitor_problems(config: Config, root: Path) -> Iterator[Problem]:
    """Name what is wrong with the queries of the monitors of the archive at ``root``."""
    if not config.monitors:
        return
    # Here and below: the engine loads numpy, and most builds need none of it.
    from paper_digest.search.query_faults import query_faults

    titles = {topic.name: topic.title for topic in config.topics}
    for number, monitor in enumerate(config.monitors):
        for what, cure in query_faults(monitor.query, titles, registry().by_name):
            where = f"{CONFIG_FILE}: monitors: {monitor.name}"
            problem = Problem(where, what, cure=cure)
            yield place_problem(problem, root, "monitors", number, "query")


def find_monitored(config: Config, open_index: Callable[[], IndexReader]) -> bytes:
    """Answer the queries of all monitors; returns what ``decode_monitored`` reads.

    A paper is found if it has all that is asked for, as in the search page ordered by date.
    """
    from paper_digest.search.ranked_search import RankedSearch

    index = open_index()
    search = RankedSearch(index)
    monitored = []
    for monitor in config.monitors:
        answer = search.answer(monitor.query, index.paper_count, order="date", is_exhaustive=True)
        slugs = tuple(hit.slug for hit in answer.hits)
        monitored.append(
            MonitoredPapers(
                monitor.name, monitor.shown_title, monitor.query, slugs, answer.corrections
            )
        )
    return msgspec.msgpack.encode(monitored)


def decode_monitored(
    packed: bytes, present_slugs: Mapping[str, object]
) -> tuple[MonitoredPapers, ...]:
    """Read what ``find_monitored`` returned; papers that are not on the site are left out."""
    return tuple(
        msgspec.structs.replace(one, slugs=tuple(s for s in one.slugs if s in present_slugs))
        for one in _decode(packed)
    )
