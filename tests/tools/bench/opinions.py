"""Measures what the site computes as an opinion, each beside the plainest alternative in the same run.

Usage: python tests/tools/bench/opinions.py [--judgements FOLDER] [--archive FOLDER] [SECTION...]

The papers are the saved days and pages of ``shared/`` beside the checkout, ingested into
``--archive`` (by default ``.cache/bench-opinions``) in the first run. What nobody judged counts for nothing and is
counted; ``--unjudged`` lists it. SECTION is ``related``, ``topics``,
``contribution`` or ``map``; all by default.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contribution_opinion import measure_contributions
from map_opinion import measure_map
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from related_opinion import measure_related
from topic_opinion import measure_topics

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
#: Grades of pairs that the shared judgements lack, given without knowing who proposed them.
OWN_GRADES = Path(__file__).with_name("related_grades.jsonl")
#: Where sentences begin that say what a paper did, in abstracts of the corpus drawn by field.
CONTRIBUTION_GRADES = Path(__file__).with_name("contribution_grades.jsonl")


def main() -> None:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION")
    parser.add_argument("--judgements", type=Path, default=SHARED / "cases" / "quality")
    parser.add_argument("--archive", type=Path, default=ROOT / ".cache" / "bench-opinions")
    parser.add_argument("--unjudged", action="store_true")
    given = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"SKIPPED: no {SHARED}, where the papers and judgements are")
    sections = given.sections or ["related", "topics", "contribution", "map"]
    papers = _papers(given.archive) if {*sections} - {"map"} else []
    corpus = SHARED / "corpus" / "arxiv_40k.jsonl.gz"
    tables: list[str] = []
    if "related" in sections:
        judged = _read(given.judgements / "related.jsonl")
        more = {one["paper"]: one["grades"] for one in _read(OWN_GRADES)}
        judged = [{**one, "grades": more.get(one["paper"], {}) | one["grades"]} for one in judged]
        entries = [(paper, catalog_entry(paper, ())) for paper in papers]
        tables += measure_related(entries, judged, corpus, list_unjudged=given.unjudged)
    if "topics" in sections:
        tables += measure_topics(papers, _read(given.judgements / "topics.jsonl"), corpus)
    if "contribution" in sections:
        tables += measure_contributions(_read(CONTRIBUTION_GRADES), corpus)
    if "map" in sections:
        tables += measure_map(corpus)
    sys.stdout.write("\n".join(tables) + "\n")


def _papers(archive: Path) -> list[Paper]:
    if not (archive / "archive").exists():
        archive.mkdir(parents=True, exist_ok=True)
        (archive / "archive.yml").write_text("title: Bench\n")
        digest = str(Path(sys.executable).with_name("digest"))
        seeds = map(str, sorted((SHARED / "seeds").glob("*.txt")))
        for arguments in (
            ("huggingface", str(SHARED / "corpus" / "huggingface" / "days")),
            ("text", *seeds),
        ):
            subprocess.run(
                [digest, "ingest", *arguments, "--root", str(archive)],
                check=False,  # entries it cannot read are problems of their own
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    return list(Store(archive / "archive").read_all([]))


def _read(file: Path) -> list[dict[str, Any]]:
    lines: Iterable[str] = file.read_text().splitlines()
    return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
