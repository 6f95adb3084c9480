"""Writes ``tests/data/ranking_vectors.json``: queries at the made-up papers, and their answers.

Run it after a change of the ranking that is meant, and read the difference:
``PYTHONPATH=tests/support python tests/tools/write_ranking_vectors.py``.
"""

from __future__ import annotations

import json
from random import Random

from paper_digest.search.build import build_index
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paths import DATA
from search_documents import PAPERS, WORDS
from search_queries import drawn_queries

CHOSEN = """
low-rank kettles|lowrank soup|low rank|μP boat|k-NN|C++|深層学習|翻|author:dupont|kovar
author:"Zdenka Kovář" whistling|β-VAE|hep-th/9901001|arXiv:2503.02130v2|flamngo counted|lfamingo
flam|who counted fla|"quiet red engine"|to be or not to be|year:2025 zeros|topic:sound tunes
topic:"Lookup and memory" river|code:yes|undated|flamingo kettles|engine -herring
engine -"red engine"|river stable|River Stable violet|rivers|riverstable|river-stable|spyder
mountian valey|-river|year:..1991|year:2019..2010 river|source:arxiv whistling|the|a of the soup
author:"Dupont Emile"|author:"Dupont Kovar"|author:"É. Dupont"|author:"Kovar Z"|author:"K. Kovar"
author:"A. Lovelace" soup|author:"Ada Dupont" soup|whistling -author:"Zdenka Dupont"|author:"B. cedar"
whistling -author:"Z. Kovář"|author:"Ada Lovelac|author:"Lovelace" author:"Ada" boat|author:"A. B."|Dupont et al. 2025|kovar 2024|RIVER stable|zzqq river|zzqq|paper about whistling
harbor pebbles|harbour pebbles|mup2 boats|Zdenka Kovar|from the river
title:river|title:"river stable"|title:soup low|river -title:river|has:code|has:code zeros|has:nothing
river NEAR stable|stable NEAR river|NEAR river|river NEAR|river NEAR topic:lookup|violet river NEAR stable
"""


def main() -> None:
    """Answer every query and write the answers."""
    files: dict[str, bytes] = {}
    titles = {"lookup": "Lookup and memory", "sound": "Sound"}
    build_index(PAPERS, titles, files.__setitem__)
    search = RankedSearch(IndexReader(files.__getitem__))
    queries = [query for line in CHOSEN.split("\n") for query in line.split("|") if query]
    queries += drawn_queries(Random(21), WORDS, 40)  # noqa: S311 - a repeatable draw
    vectors = []
    for query in dict.fromkeys(queries):
        answer = search.answer(query)
        vectors.append(
            {
                "query": query,
                "hits": [[hit.slug, round(hit.score, 7)] for hit in answer.hits],
                "total": answer.total,
                "is_partial": answer.is_partial,
                "corrections": answer.corrections,
                "unknown": answer.unknown_words,
            }
        )
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    (DATA / "ranking_vectors.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
