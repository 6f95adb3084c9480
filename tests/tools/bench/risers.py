"""Measures what rose beside plainer rankings: which of them rank what is still above its former share a month later.

Run: python tests/tools/bench/risers.py arxiv_40k.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from paper_digest.catalog.risers import MIN_PAPERS, deviations
from paper_digest.catalog.topics import TopicClassifier, subject_phrases
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config

#: Months with fewer papers are left out; so many months are compared with; so many names are ranked.
MIN_PAPERS_PER_MONTH, MONTHS_BEFORE, MAX_RANKED = 100, 12, 5
#: How far above its former share a name has to stay.
MIN_LIFT = 1.25


def phrases_by_month(path: str) -> dict[str, list[set[str]]]:
    """Return the topics' phrases of each paper, by month, the oldest first."""
    with tempfile.TemporaryDirectory() as root:
        Path(root, "archive.yml").write_text("title: Bench\n", "utf-8")
        classifier = TopicClassifier(load_config(Path(root)).topics)
    months = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            paper = Paper(id="arxiv:2511.00001", title=row["title"], abstract=row["abstract"])
            phrases = set(subject_phrases(classifier.find_phrases(paper)))
            months[row["published"][:7]].append(phrases)
    return {m: months[m] for m in sorted(months) if len(months[m]) >= MIN_PAPERS_PER_MONTH}


def main() -> None:
    """Print, for each ranking, the share of its first names that stay above their former share."""
    months = list(phrases_by_month(sys.argv[1]).values())
    stayed, ranked = Counter[str](), Counter[str]()
    for place in range(3, len(months) - 1):
        earlier = months[max(0, place - MONTHS_BEFORE) : place]
        before = Counter(name for month in earlier for names in month for name in names)
        now, after = (
            Counter(name for names in month for name in names)
            for month in (months[place], months[place + 1])
        )
        total = sum(map(len, earlier))
        share = {name: before[name] / total for name in now}
        size = len(months[place])
        rankings = {
            "standard deviations": lambda n, s=share, c=now, k=size: deviations(c[n], s[n] * k),
            "ratio of frequencies": lambda n, s=share, c=now, t=total: c[n] / (s[n] * t + 0.5),
            "most frequent": lambda n, c=now: c[n],
        }
        for title, score in rankings.items():
            for name in sorted((n for n in now if now[n] >= MIN_PAPERS), key=score)[-MAX_RANKED:]:
                ranked[title] += 1
                is_above = after[name] / len(months[place + 1]) > MIN_LIFT * share[name]
                stayed[title] += is_above and after[name] > 1
    for title, count in ranked.items():
        line = f"{title:22}{stayed[title] / count:6.0%} of {count} stay above their former share"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
