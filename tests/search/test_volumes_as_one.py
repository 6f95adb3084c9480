"""Papers in several indexes are found as in one: what one index lacks is no word that another may leave away."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.volume_search import VolumeSearch
from search_documents import WORDS, drawn, paper
from search_queries import drawn_queries
from search_site import write_site

HOST = Path(__file__).parents[1] / "support" / "volumes_host.mjs"
#: Each word stands in one paper of one index; the first two are an edit away from each other.
RARE = ("flamingo", "flamingu", "zeppelin", "obsidian", "quixotic", "marzipan")


def _both(
    node: str, folder: Path, queries: list[str]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Ask one index and the volumes."""
    done = subprocess.run(
        [node, str(HOST), str(folder)],
        input=json.dumps(queries).encode(),
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [(one, other) for one, other in json.loads(done.stdout)]


def test_volumes_find_what_one_index_finds(node: str, tmp_path: Path) -> None:
    rare = [
        paper(f"30{place:02}.00001", f"{word} {WORDS[place]} {WORDS[-1 - place]}", date=f"20{place + 10}-01-01",
              authors=(f"Ada {word.title()}",) if place % 2 else ("Ben Weaver",))
        for place, word in enumerate(RARE)
    ]  # fmt: skip
    papers = [*drawn(240, seed=6), *rare]
    parts = {"current": papers[0::3], "2001": papers[1::3], "2002": papers[2::3]}
    for name, members in {"whole": papers, **parts}.items():
        write_site(tmp_path / name / "assets" / "search", members, lookup="Lookup")
    draw = Random(21)  # noqa: S311 - a repeatable draw
    queries = [f"{query} " for query in drawn_queries(draw, [*WORDS, *RARE * 4], 300)]
    for place, word in enumerate(RARE):
        beside, far = WORDS[place], WORDS[(place + 20) % len(WORDS)]
        queries += [
            f"{word} ", f"{word} {beside} ", f"{word} {far} ", f"author:{word} ", f"{word}-{beside} ",
            f"title:{word} {far} ", f"{word[:-1]}x {beside} ", f"{beside} -{word} ",
        ]  # fmt: skip
    python = VolumeSearch(
        {
            "" if name == "current" else name: RankedSearch(
                IndexReader.open(tmp_path / name / "assets" / "search")
            )
            for name in parts
        }
    )
    volume_of = {p.slug: "" if name == "current" else name for name in parts for p in parts[name]}
    compared = 0
    for query, (whole, volumes) in zip(queries, _both(node, tmp_path, queries), strict=True):
        assert volumes["unknown"] == whole["unknown"], query
        answer = python.answer(query, 2000)
        hits = [] if answer.is_partial else answer.hits[: answer.total]
        assert [hit.slug for hit in hits] == volumes["slugs"], query
        assert [hit.volume for hit in hits] == [volume_of[hit.slug] for hit in hits], query
        assert [*answer.unknown_words] == volumes["unknown"], query
        assert [[*pair] for pair in answer.corrections] == volumes["corrections"], query
        # What no index has as it was asked each index may take for something else.
        if whole["corrections"] or whole["isLoose"]:
            continue
        compared += bool(whole["slugs"])
        assert set(volumes["slugs"]) == set(whole["slugs"]), query
        assert volumes["inYears"] == whole["inYears"], query
    assert compared > 100
