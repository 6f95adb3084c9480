"""``digest topics``: papers and words that fall outside, what a change would move, and what it suggests."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import digest

SETTINGS = """title: A
topics:
  - {name: tea, title: Tea, words: [teapot, plate, saucer]}
  - {name: sail, title: Sailing, words: [sail boat, regatta]}
"""
SENTENCES = {
    "tea": "The teapot of copper kettle lids keeps heat.",
    "sail": "The regatta needs weather helm on a plate.",
    "none": "The granite quarry is cut by hand.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "archive.yml").write_text(SETTINGS)
    store = Store(tmp_path / "archive")
    with store.lock():
        store.write(
            Paper(
                id=f"arxiv:2501.{number:05}",
                title=f"On the {('teapot', 'regatta', 'quarry')[number % 3]}",
                abstract=f"{SENTENCES[kind]} {_noise(number)}",
                published="2025-01-01",
            )
            for number in range(45)
            for kind in [[*SENTENCES][number % 3]]
        )
    return tmp_path


def _noise(number: int) -> str:
    letters = random.Random(number).choices("bdfgklmnprtz", k=8)  # noqa: S311 - a repeatable draw
    return f"Much {''.join(letters)} {''.join(reversed(letters))}."


def review(root: Path, *words: str) -> dict[str, Any]:
    made = digest(root, "topics", "--json", *words)
    assert made.returncode == 0, made.stderr
    values: dict[str, Any] = json.loads(made.stdout)
    return values


def test_what_falls_outside_is_named_and_a_change_is_tried(root: Path) -> None:
    first = review(root)
    assert len(first["in_none"]) == 15
    assert [one["word"] for one in first["idle_words"]] == ["saucer", "sail boat"]
    assert [one["word"] for one in first["stray_words"]] == ["plate"]
    assert not first["has_build"]
    assert {group["phrase"] for group in first["new_topics"]} == {"granite quarry"}
    assert len(first["new_topics"][0]["slugs"]) == 15
    assert "copper kettle" in {one["phrase"] for one in first["phrases"]["tea"]}
    assert all(one["in_topic"] * 2 >= one["papers"] for one in first["phrases"]["tea"])

    assert digest(root, "build").returncode == 0
    built = review(root)
    assert (built["has_build"], built["moved"]) == (True, [])
    (root / "topics.yml").write_text(
        "- {name: stone, title: Stone, words: [quarry]}\n- {name: sail, hide: true}\n"
    )
    moved = review(root)["moved"]
    assert len(moved) == 30
    assert {tuple(one["gained"] + one["lost"]) for one in moved} == {("stone",), ("sail",)}
    # A dry run is no build: the second compares with the build, too.
    assert {tuple(one["gained"]) for one in review(root, "stone")["moved"]} == {("stone",)}


def test_what_it_prints_is_short_and_a_wrong_name_is_told(root: Path) -> None:
    said = digest(root, "topics").stdout.splitlines()
    assert said[0] == "15 of 45 papers are in no topic."
    assert sum(line.startswith("  2501.") for line in said) == 10
    assert "  ... and 5 more (--all, --json)" in said
    assert (
        sum(
            line.startswith("  2501.")
            for line in digest(root, "topics", "--all").stdout.splitlines()
        )
        == 15
    )
    wrong = digest(root, "topics", "taa")
    assert wrong.returncode == 2
    assert "tea" in wrong.stderr


@pytest.mark.parametrize("papers", [0, 1, 45])
def test_no_heading_stands_above_nothing(root: Path, papers: int) -> None:
    store = Store(root / "archive")
    store.delete([f"arxiv:2501.{number:05}" for number in range(papers, 45)])
    done = digest(root, "topics")
    assert done.returncode == 0, done.stderr
    lines = [*done.stdout.splitlines(), ""]
    for heading, below in pairwise(lines):
        assert not heading.endswith(":") or below.startswith("  "), done.stdout
