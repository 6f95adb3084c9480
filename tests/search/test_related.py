"""Related papers: neighbours by shared words, with the words as the reason."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import numpy as np
import pytest
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.cache import update_forward_index
from paper_digest.search.document import Document
from paper_digest.search.forward_index import build_forward_index
from paper_digest.search.neighbour_state import NeighbourState, outdated_papers, places_before
from paper_digest.search.reference_set import reference_size
from paper_digest.search.reference_space import learn_space, unpack_space
from paper_digest.search.related import (
    PaperComparison,
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


def test_what_is_learned_of_an_edited_paper_is_what_its_record_says() -> None:
    recorded = _trios(60)
    edited = [msgspec.structs.replace(one, title="Another ology") for one in recorded[:3]]
    shown, plain = [*edited, *recorded[3:]], build_forward_index(recorded)
    unedited = build_forward_index(recorded[:3])
    learned = learn_space(build_forward_index(shown), unedited)
    assert learned == learn_space(plain, build_forward_index([]))
    assert learned != learn_space(build_forward_index(shown), build_forward_index([]))


@pytest.mark.parametrize("seed", range(6))
def test_papers_that_are_not_outdated_have_the_neighbours_they_had(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw
    papers = {one.slug: one for one in _trios(130)}
    reference = build_forward_index([*papers.values()])
    space = unpack_space(learn_space(reference, build_forward_index([])))
    state, found = NeighbourState(b"", [], b"", b"", b""), dict[str, object]()
    spared = 0
    for _ in range(6):
        index = build_forward_index([*papers.values()])
        rows = [index.rows[place] for place in index.document_order()]
        slugs = [row.slug for row in rows]
        hashes = [hash_bytes(row.text_hash, row.date.encode()) for row in rows]
        places = places_before(state, slugs, hashes)
        comparison = PaperComparison(index, space, state.subject_rows(), places)
        outdated = outdated_papers(state, places, comparison.subjects, space.reference_count)
        every = dict(comparison.nearest(np.arange(len(slugs)), 5))
        spared += sum(~outdated)
        for slug, is_outdated in zip(slugs, outdated.tolist(), strict=True):
            assert is_outdated or every[slug] == found[slug]
        found = {**every}
        subjects = comparison.subjects.astype("<i2").tobytes()
        limits = comparison.limits.astype("<i4").tobytes()
        state = NeighbourState(b"", slugs, b"".join(hashes), subjects, limits)
        for slug in draw.sample(slugs[:125], 2):  # their places in the order stay
            words = papers[draw.choice(slugs)].title
            papers[slug] = msgspec.structs.replace(papers[slug], title=words)
        added = msgspec.structs.replace(papers[draw.choice(slugs)], slug=f"new-{len(papers)}")
        papers[added.slug] = msgspec.structs.replace(added, date="2030-01-01")
        if draw.random() < 0.5:
            papers.pop(draw.choice([slug for slug in slugs if slug in papers][-5:]))
    assert spared


def _trios(count: int) -> list[Document]:
    """Draw papers of which each three share two words that no other has."""
    words = [f"{a}{b}ology {a}{b}graphy" for a in "bcdfghklmn" for b in "aeiouy"]
    return [
        msgspec.structs.replace(one, title=f"{one.title} {words[number // 3]}")
        for number, one in enumerate(drawn(count, seed=7))
    ]
