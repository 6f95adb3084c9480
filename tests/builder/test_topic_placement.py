"""Topics of a whole archive: an incremental build gives those of a first one, and moves few old papers."""

from __future__ import annotations

import random
import shutil
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest
from paper_digest.builder.open_records import open_records
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.model.paper import Paper
from paper_digest.search.reference_set import reference_size
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store

SETTINGS = """title: A
topics:
  - {name: tea, title: Tea, words: [teapot, kettle]}
  - {name: sail, title: Sailing, words: [sail boat, regatta]}
  - {name: stone, title: Stones, words: [granite]}
"""
WORDS = {
    "tea": [
        "leaves",
        "porcelain",
        "infusion",
        "camellia",
        "oolong",
        "sugar",
        "steaming",
        "teapot",
        "kettle",
    ],
    "sail": ["harbour", "rigging", "keel", "mast", "tide", "anchor", "spinnaker", "regatta"],
    "stone": ["meadow", "violin", "lantern", "orchard", "falcon", "pebble", "harvest", "granite"],
}
Topics = dict[str, tuple[str, ...]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "archive.yml").write_text(SETTINGS)
    return tmp_path


def made_up(number: int) -> Paper:
    chance = random.Random(number)  # noqa: S311 - a repeatable draw
    words = WORDS[chance.choice([*WORDS])]
    text = " ".join((*chance.choices(words, k=9), *chance.choices(WORDS["stone"], k=3)))
    return Paper(
        id=f"arxiv:2501.{number:05}",
        title=f"The {chance.choice(words)} and the {chance.choice(words)}",
        abstract=text,
        published=f"20{10 + number // 60:02}-01-01",
    )


def write_papers(root: Path, first: int, last: int) -> None:
    store = Store(root / "archive")
    with store.lock():
        store.write(map(made_up, range(first, last)))


def topics(root: Path) -> Topics:
    with open_records(root, load_config(root)) as records:
        assert not records.problems
        return {one.entry.slug: one.entry.topics for one in records.summaries}


def fresh(root: Path, copy: Path) -> Path:
    """Copy an archive without its caches."""
    return shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".cache"))


def test_an_incremental_build_gives_the_topics_of_a_first_one(root: Path, tmp_path: Path) -> None:
    sizes = (0, 4, 117, 118, 123, 124, 126, 139, 141)
    before: Topics = {}
    moved: dict[int, int] = {}
    for number, (first, last) in enumerate(pairwise(sizes)):
        write_papers(root, first, last)
        now = topics(root)
        assert now == topics(fresh(root, tmp_path / f"fresh{number}"))
        assert now == topics(root), "nothing changed"
        if reference_size(last) == reference_size(first):
            moved[last] = sum(now[slug] != its for slug, its in before.items())
        before = now
    assert any(before.values())
    assert moved
    assert not any(moved.values()), "new papers moved old ones within a step of the reference set"


def test_words_of_a_topic_that_change_move_papers_at_once(root: Path) -> None:
    write_papers(root, 0, 30)
    before = topics(root)
    (root / "topics.yml").write_text("- {name: stone, add_words: [falcon]}\n")
    assert topics(root) != before


def test_damaged_evidence_is_made_anew(root: Path) -> None:
    write_papers(root, 0, 60)
    before = topics(root)
    with sqlite3.connect(root / CACHE_FOLDER / "records.db") as database:
        database.execute("UPDATE topic_evidence SET evidence = x'00' WHERE path LIKE '%1.md'")
        database.execute("DELETE FROM topic_evidence WHERE path LIKE '%2.md'")
        database.execute("DELETE FROM texts")
    database.close()
    assert topics(root) == before


def test_topics_that_a_person_gave_stay(root: Path) -> None:
    write_papers(root, 0, 30)
    before = topics(root)
    slug = next(slug for slug, its in before.items() if its and its[0] != "tea")
    folder = root / "archive" / "overrides"
    folder.mkdir()
    (folder / "one.yml").write_text(f"- {{id: 'arxiv:{slug}', topics: [tea]}}\n")
    assert topics(root)[slug] == ("tea",)
    (folder / "one.yml").unlink()
    assert topics(root) == before


def test_what_a_person_decided_of_one_paper_moves_no_other(root: Path, tmp_path: Path) -> None:
    write_papers(root, 0, 60)
    before = topics(root)
    slugs = sorted(before)[:8]
    folder = root / "archive" / "overrides"
    folder.mkdir()
    decisions = [f"- {{id: 'arxiv:{one}', fix: {{title: oolong tea}}}}\n" for one in slugs[:4]]
    decisions += [f"- {{id: 'arxiv:{one}', topics: [sail]}}\n" for one in slugs[4:]]
    (folder / "some.yml").write_text("".join(decisions))
    now = topics(root)
    assert now == topics(fresh(root, tmp_path / "fresh"))
    assert {slug for slug, its in now.items() if its != before[slug]} <= {*slugs}
    assert now != before
