"""What search is to reach, by archive size and by the name of the figure."""

from __future__ import annotations

_ALWAYS = {"cold 4G, ms": 450, "warm 4G, ms": 80}

GOALS: dict[int, dict[str, float]] = {
    1_000: _ALWAYS | {
        "cold, KB": 45, "key, CPU p95, ms": 2,
        "title words, MRR@10": 0.99, "full title, first": 1, "phrase, recall@10": 0.97,
        "typo + two, recall@10": 0.995, "typo alone, recall@10": 0.95,
        "hyphen, recall@10": 0.99, "joined, recall@10": 0.99, "spaced, recall@10": 0.99,
        "author + word, recall@10": 0.99,
        "build, CPU s": 0.5, "build, peak MB": 60, "bytes a paper": 350, "files": 120,
    },
    10_000: _ALWAYS | {
        "cold, KB": 50, "key, CPU p95, ms": 3,
        "title words, MRR@10": 0.99, "full title, first": 1, "phrase, recall@10": 0.96,
        "typo + two, recall@10": 0.995, "typo alone, recall@10": 0.95,
        "hyphen, recall@10": 0.985, "joined, recall@10": 0.985, "spaced, recall@10": 0.985,
        "author + word, recall@10": 0.985,
        "build, CPU s": 4, "build, peak MB": 100, "bytes a paper": 320, "files": 1_200,
    },
    40_000: _ALWAYS | {
        "cold, KB": 50, "key, CPU p95, ms": 6,
        "title words, MRR@10": 0.98, "full title, first": 0.998, "phrase, recall@10": 0.90,
        "typo + two, recall@10": 0.99, "typo alone, recall@10": 0.90,
        "hyphen, recall@10": 0.98, "joined, recall@10": 0.98, "spaced, recall@10": 0.98,
        "author + word, recall@10": 0.96,
        "build, CPU s": 18, "build, peak MB": 200, "bytes a paper": 300, "files": 3_000,
    },
    100_000: _ALWAYS | {
        "cold, KB": 60, "key, CPU p95, ms": 10,
        "build, CPU s": 50, "build, peak MB": 400, "bytes a paper": 300, "files": 6_000,
    },
}  # fmt: skip
