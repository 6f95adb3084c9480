"""The laws of merging: nothing lost, nothing doubled, order without effect."""

from __future__ import annotations

from functools import partial
from itertools import permutations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.identity import merge
from paper_digest.identity.claim_cells import POORER_QUALITY
from paper_digest.identity.claims import attribute_fields, claims_table
from paper_digest.model.paper import CLAIMED_FIELDS, Author, Digest, Link, Paper, Sighting
from paper_digest.sources.registry import registry
from paper_strategies import days, records, sources

ONE = st.just("arxiv:2503.00010")
stamped = st.builds(attribute_fields, records(ONE), sources, st.just("") | days)

merge_papers = partial(merge.merge_papers, ranking=registry().ranking)


@given(stamped)
def test_a_record_merged_with_itself_is_itself(a: Paper) -> None:
    assert merge_papers(a, a) is a
    assert merge_papers(a, msgspec.structs.replace(a)) is a


@given(stamped, stamped)
def test_merging_again_changes_nothing(a: Paper, b: Paper) -> None:
    once = merge_papers(a, b)
    assert merge_papers(once, b) is once
    assert merge_papers(once, a) is once


three_dated = st.tuples(records(ONE), records(ONE), records(ONE)).flatmap(
    lambda papers: st.tuples(
        *(
            st.builds(attribute_fields, st.just(paper), sources, st.just(f"2025-03-0{n}"))
            for n, paper in enumerate(papers, 1)
        )
    )
)


@given(three_dated)
def test_the_order_of_arrival_has_no_effect(papers: tuple[Paper, ...]) -> None:
    results = {
        msgspec.json.encode(merge_papers(merge_papers(x, y), z)) for x, y, z in permutations(papers)
    } | {
        msgspec.json.encode(merge_papers(x, merge_papers(y, z))) for x, y, z in permutations(papers)
    }
    assert len(results) == 1


@given(three_dated)
def test_every_value_that_was_stated_can_be_reached(papers: tuple[Paper, ...]) -> None:
    one, two, three = papers
    cells = claims_table(merge_papers(merge_papers(three, one), two))
    for paper in papers:
        for key, (stated, *_) in claims_table(paper).items():
            if key[0] != "announced":
                assert stated.value in {v.value for v in cells[key]}


@given(three_dated)
def test_the_latest_statement_of_a_source_is_its_statement(papers: tuple[Paper, ...]) -> None:
    one, two, three = papers
    source = three.claims[0].source
    cells = claims_table(merge_papers(merge_papers(three, one), two))
    ranking = registry().ranking
    for key, (stated, *_) in claims_table(three).items():
        if key[0] != "announced" and stated.quality > POORER_QUALITY:
            assert cells[key][0].value == stated.value
    if source in ranking.whole and claims_table(three):
        current = {
            key[0] for key, cell in cells.items() if key[1] == source and not cell[0].superseded
        }
        assert current == {key[0] for key in claims_table(three)}


@given(stamped, stamped)
def test_no_field_that_a_source_may_leave_out_becomes_unknown(a: Paper, b: Paper) -> None:
    merged = merge_papers(a, b)
    if a.claims[0].source == b.claims[0].source in registry().ranking.whole:
        return
    for field in CLAIMED_FIELDS:
        if getattr(a, field) or getattr(b, field):
            assert getattr(merged, field)


def test_arxiv_is_believed_over_hugging_face_and_the_loser_is_kept() -> None:
    hf = attribute_fields(
        Paper(id="arxiv:2503.00010", title="A 10sim100 times"), "huggingface", "2025-03-03"
    )
    arxiv = attribute_fields(
        Paper(id="arxiv:2503.00010", title=r"A $10\sim100$ times"), "arxiv", "2025-03-02"
    )
    merged = merge_papers(hf, arxiv)
    assert merged.title == r"A $10\sim100$ times"
    [loser] = [c for c in merged.claims if c.source == "huggingface"]
    assert loser.differs == {"title": "A 10sim100 times"}


def test_a_whole_abstract_is_believed_over_a_truncated_one_of_a_better_source() -> None:
    cut = Paper(id="arxiv:2503.00010", abstract="We show that...", truncated=True)
    whole = Paper(id="arxiv:2503.00010", abstract="We show that it holds.")
    merged = merge_papers(
        attribute_fields(cut, "arxiv", "2025-03-03"), attribute_fields(whole, "text", "")
    )
    assert (merged.abstract, merged.truncated) == (whole.abstract, False)


def test_a_printed_date_is_believed_over_an_inferred_one() -> None:
    printed = attribute_fields(
        Paper(id="title:0123456789abcdef", published="2025-11-08"), "text", "2026-04-17"
    )
    worked_out = attribute_fields(
        Paper(id="title:0123456789abcdef", published="2024-11-08", inferred=True),
        "text",
        "2026-11-20",
    )
    for merged in (merge_papers(printed, worked_out), merge_papers(worked_out, printed)):
        assert (merged.published, merged.inferred) == ("2025-11-08", False)


def test_the_first_announcement_counts() -> None:
    early = attribute_fields(
        Paper(id="arxiv:2503.00010", announced="2025-03-03"), "huggingface", "2025-03-03"
    )
    late = attribute_fields(
        Paper(id="arxiv:2503.00010", announced="2025-03-10"), "huggingface", "2025-03-10"
    )
    assert (
        merge_papers(early, late).announced == merge_papers(late, early).announced == "2025-03-03"
    )


def test_a_persons_digest_is_believed_over_a_models() -> None:
    person = Digest("Ours.", by="Ann")
    model = Digest("Theirs.", by="some-model", model=True)
    merged = merge_papers(
        attribute_fields(Paper(id="arxiv:2503.00010", digest=model), "huggingface", "2025-03-03"),
        attribute_fields(Paper(id="arxiv:2503.00010", digest=person), "text", ""),
    )
    assert merged.digest == person


def test_united_records_keep_the_better_id_and_remember_the_other() -> None:
    saved = attribute_fields(
        Paper(id="title:0123456789abcdef", author_count=13), "text", "2025-11-20"
    )
    arxiv = attribute_fields(
        Paper(id="arxiv:2503.00010", authors=(Author("Ada"),)), "arxiv", "2025-03-03"
    )
    merged = merge_papers(saved, arxiv)
    assert merged.id == "arxiv:2503.00010"
    assert merged.aliases == ("title:0123456789abcdef",)
    assert merged.author_count == 13


def test_one_sighting_per_page_with_its_latest_figures() -> None:
    def seen(upvotes: int, as_of: str) -> Paper:
        sighting = Sighting(
            "huggingface", "2025-03-03", seen="2025-03-03", upvotes=upvotes, as_of=as_of
        )
        return attribute_fields(
            Paper(id="arxiv:2503.00010", sightings=(sighting,)), "huggingface", as_of
        )

    merged = merge_papers(seen(9, "2025-03-10"), seen(4, "2025-03-03"))
    assert [s.upvotes for s in merged.sightings] == [9]


def test_a_count_of_none_is_not_an_unknown_one() -> None:
    def seen(stars: int | None) -> Paper:
        link = Link("code", "https://a.example/x", stars=stars)
        return Paper(id="arxiv:2503.00010", links=(link,))

    for merged in (merge_papers(seen(0), seen(None)), merge_papers(seen(None), seen(0))):
        assert merged.links[0].stars == 0
