"""Names that people number stand in the order of their numbers, and accents and case take no name out of its place."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.render.pages import organisations
from paper_digest.store.curated_lists import load_lists
from paper_digest.text.name_order import name_order

WORDS = st.text(st.sampled_from("abzßÉøŁ -.α名ن"), max_size=4)
NUMBERS = st.integers(0, 10**9)


@given(WORDS, NUMBERS, NUMBERS, WORDS)
def test_numbers_count(before: str, one: int, other: int, after: str) -> None:
    keys = [name_order(f"{before}{number}{after}") for number in (one, other)]
    assert (keys[0] < keys[1]) == (one < other)


#: In order.
LETTERS = ["2nd Loom", "10th Loom", "Echo", "École", "ecology", "Oslo", "Østfold", "Otter"]
COUNTED = ["Week 1", "Week 02", "Week ٣", "Week 10", f"Week {'9' * 5000}", "Weekend"]


@given(st.data(), st.lists(st.text(), unique=True, max_size=6))
def test_any_names_have_one_order(data: st.DataObject, names: list[str]) -> None:
    other_way = data.draw(st.permutations(names))
    assert sorted(names, key=name_order) == sorted(other_way, key=name_order)


@given(st.permutations(LETTERS))
def test_letters_are_those_that_a_reader_looks_under(names: list[str]) -> None:
    assert sorted(names, key=name_order) == LETTERS


@given(st.permutations(COUNTED))
def test_zeros_before_digits_of_other_scripts_and_endless_numbers_count(names: list[str]) -> None:
    assert sorted(names, key=name_order) == COUNTED


#: What sorts by how characters are coded, after a name was lowered.
_CODED_ORDER = re.compile(r"key=lambda[^\n]*\.(?:casefold|lower)\(\)")


def test_pages_sort_names_in_no_other_order() -> None:
    program = Path(organisations.__file__).parents[2]
    paths = [p for part in ("catalog", "render", "store") for p in (program / part).rglob("*.py")]
    assert len(paths) > 100
    assert not [p.name for p in paths if _CODED_ORDER.search(p.read_text(encoding="utf-8"))]


def test_lists_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    titles = [f"Course {n}" for n in (1, 2, 9, 10, 11, 100)]
    for name, title in zip("fbadce", titles, strict=True):
        (tmp_path / "lists" / f"{name}.yml").write_text(f"title: {title}\npapers: []\n")
    problems: list[object] = []
    assert [one.title for one in load_lists(tmp_path, problems)] == titles  # type: ignore[arg-type]
