"""Related papers: neighbours by shared words, with the words as the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from paper_digest.search.cache import update_forward_index
from paper_digest.search.document import Document
from paper_digest.search.forward_index import build_forward_index
from paper_digest.search.reference_set import reference_size
from paper_digest.search.related import (
    neighbour_hashes,
    original_spelling,
    related_papers,
)
from search_documents import PAPERS, drawn, paper

FILLER = drawn(60, seed=4)


def test_the_nearest_share_rare_words() -> None:
    pair = [
        paper("a", "Flamingos counting sheep", "Flamingos counted woolly sheep at dawn."),
        paper("b", "Do flamingos count?", "A flamingo can count sheep; woolly ones are harder."),
        paper("c", "Unrelated", "Nothing of that kind."),
    ]
    found = dict(related_papers(build_forward_index([*pair, *FILLER])))
    assert found["a"][0].slug == "b"
    assert found["b"][0].slug == "a"
    assert set(found["a"][0].shared_words) <= {"flamingo", "sheep", "woolly"}
    assert "a" not in [one.slug for one in found["c"]]


def test_every_paper_has_its_own_entry_and_is_never_its_own_neighbour() -> None:
    found = dict(related_papers(build_forward_index(PAPERS), max_papers=4))
    assert set(found) == {one.slug for one in PAPERS}
    for slug, near in found.items():
        slugs = [one.slug for one in near]
        assert slug not in slugs
        assert len(slugs) == len(set(slugs)) <= 4


def test_words_without_a_subject_and_one_word_alone_make_no_relations() -> None:
    same = [paper(f"p{n}", f"Neither Title{n}", "Nor rather every.") for n in range(2)]
    one = [paper(f"q{n}", f"Walrus{n}", "A trombone.") for n in range(2)]
    found = dict(related_papers(build_forward_index([*same, *one, *FILLER])))
    assert [found[slug] for slug in ("p0", "p1", "q0", "q1")] == [(), (), (), ()]


def test_authors_alone_make_no_relations() -> None:
    same = [paper(f"p{n}", f"Title{n}", f"text{n}", authors=("Rare Name",)) for n in range(3)]
    found = dict(related_papers(build_forward_index([*same, *FILLER])))
    assert [found[one.slug] for one in same] == [(), (), ()]


@pytest.mark.parametrize("documents", [[], [paper("one", "Alone")]])
def test_few_papers_have_no_relations(documents: list) -> None:  # type: ignore[type-arg]
    assert all(near == () for _, near in related_papers(build_forward_index(documents)))


def test_words_are_shown_as_the_paper_spells_them() -> None:
    words = ("flamingo", "low", "kovar", "unknown")
    assert original_spelling(words, "Low-rank Flamingos by Kovář") == (
        "Flamingos",
        "Low",
        "Kovář",
        "unknown",
    )


def test_new_papers_change_nothing_of_old_ones_until_the_stage_grows() -> None:
    old = _trios(reference_size(130))
    new = [
        msgspec.structs.replace(one, slug=f"new-{n}", bare_id=f"new-{n}", date=f"2026-01-{n + 10}")
        for n, one in enumerate(old[:4])
    ]
    alone, more = build_forward_index(old), build_forward_index([*new, *old])
    assert dict(related_papers(alone)).items() <= dict(related_papers(more)).items()
    assert neighbour_hashes(alone).items() <= neighbour_hashes(more).items()
    assert dict(related_papers(more))["new-2"][0].slug == "new-1"


def test_the_stage_grows_by_steps_of_an_eighth() -> None:
    sizes = [0, 7, 100, 1_049, 99_999, 112_000]
    assert [reference_size(n) for n in sizes] == [0, 7, 100, 1_000, 90_000, 112_000]
    assert all(reference_size(n) <= n < reference_size(n) * 1.15 for n in range(100, 30_000))


def test_neighbours_do_not_depend_on_the_way_a_collection_came_about(tmp_path: Path) -> None:
    file, whole = tmp_path / "words.bin", _trios(150)
    for documents in (whole[:90], [*whole[5:95], *whole[:3]], whole[:140]):
        held = {one.slug: one for one in documents}
        marks = {slug: msgspec.msgpack.encode(one) for slug, one in held.items()}
        grown, reused, _ = update_forward_index(marks, held.__getitem__, file)
    assert reused == 93
    found = dict(related_papers(build_forward_index(whole[:140])))
    assert any(found.values())
    assert dict(related_papers(grown)) == found
    wanted = {one.slug for one in whole[130:140]}
    some = dict(related_papers(grown, wanted_slugs=wanted))
    assert some.keys() == wanted
    assert some.items() <= found.items()


def test_what_is_learned_from_the_reference_set_is_learned_once() -> None:
    texts: dict[bytes, bytes] = {}
    learned: list[bytes] = []

    def cached(key: bytes, make: Callable[[], bytes]) -> bytes:
        if key not in texts:
            learned.append(key)
            texts[key] = make()
        return texts[key]

    whole = sorted(_trios(reference_size(140)), key=lambda one: (one.date, one.slug))
    for documents in (whole[:125], whole[:130], whole[:139], whole, [*whole[1:], *whole[:1]]):
        index = build_forward_index(documents)
        assert dict(related_papers(index, cached=cached)) == dict(related_papers(index))
    assert len(learned) == 2  # of the first 125 papers, and of all 140
    changed = [msgspec.structs.replace(whole[0], title="Another ology"), *whole[1:]]
    index = build_forward_index(changed)
    assert dict(related_papers(index, cached=cached)) == dict(related_papers(index))
    assert len(learned) == 3


def _trios(count: int) -> list[Document]:
    """Draw papers of which each three share two words that no other has."""
    words = [f"{a}{b}ology {a}{b}graphy" for a in "bcdfghklmn" for b in "aeiouy"]
    return [
        msgspec.structs.replace(one, title=f"{one.title} {words[number // 3]}")
        for number, one in enumerate(drawn(count, seed=7))
    ]
