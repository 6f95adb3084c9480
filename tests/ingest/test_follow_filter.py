"""Filters of a followed source: which papers pass, what is counted, and what no paper could pass."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest.follow_filter import FollowFilter, counting_filter, split_filters
from paper_digest.ingest.report import IngestReport
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Digest, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.sources.registry import registry
from paper_digest.store.runs import log

TOPICS = (
    Topic("earth", "Earth", words=("geology",)),
    Topic("quakes", "Earthquakes", words=("earthquake",), parent="earth"),
    Topic("boats", "Boats", words=("boat", "kayak")),
)


def filter_of(source: str = "huggingface", /, **filters: Any) -> FollowFilter:  # noqa: ANN401 - as in archive.yml
    return FollowFilter(registry().source(source), filters, TOPICS)


def paper(title: str = "On tea", **fields: Any) -> Paper:  # noqa: ANN401 - fields of a paper
    return Paper(id="arxiv:2511.01234", title=title, **fields)


UPVOTED = (Sighting("huggingface", "2025-11-20", upvotes=7),)


@pytest.mark.parametrize(
    ("filters", "passing", "failing"),
    [
        ({"words": ["kayaks", "fault slip"]}, paper("A kayak"), paper("A canoe")),
        ({"words": ["fault slip"]}, paper(abstract="Of fault slips."), paper(abstract="No fault. Slip.")),
        ({"words": ["tidal*"]}, paper(keywords=("tidally",)), paper(keywords=("tide",))),
        ({"words": ["harbour"]}, paper(digest=Digest("Harbours.", "A")), paper(digest=Digest("A.", "A"))),
        ({"not": ["survey"]}, paper("A kayak"), paper("Surveys of kayaks")),
        ({"words": ["kayak"], "not": ["survey"]}, paper("A kayak"), paper("A kayak survey")),
        ({"topics": ["boats"]}, paper("Kayak boats"), paper("Earthquakes")),
        ({"topics": ["earth"]}, paper("Earthquake after earthquake"), paper("Boats")),
        ({"min_upvotes": 7}, paper(sightings=UPVOTED), paper()),
        ({"topics": ["boats"], "words": ["tea"]}, paper("Tea on boats"), paper("Boats")),
    ],
    ids=str,
)  # fmt: skip
def test_what_passes(filters: dict[str, object], passing: Paper, failing: Paper) -> None:
    tested = filter_of(**filters)
    assert tested.accepts(passing)
    assert not tested.accepts(failing)


@pytest.mark.parametrize(
    ("filters", "categories", "passes"),
    [
        ({"categories": ["math.*"]}, ("cs.CL", "math.CO"), True),
        ({"categories": ["math.CO"], "cross_lists": False}, ("cs.CL", "math.CO"), False),
        ({"categories": ["math.CO"], "cross_lists": False}, ("math.CO", "cs.CL"), True),
        ({"categories": ["math.CO"]}, (), False),
    ],
)
def test_categories(
    filters: dict[str, object], categories: tuple[str, ...], *, passes: bool
) -> None:
    assert filter_of("arxiv", **filters).accepts(paper(categories=categories)) is passes


VALUES: dict[str, st.SearchStrategy[object]] = {
    "topics": st.lists(st.sampled_from(["earth", "quakes", "boats"]), min_size=1),
    "words": st.lists(st.sampled_from(["kayak", "tea", "fault slip"]), min_size=1),
    "not": st.lists(st.sampled_from(["survey", "tea"]), min_size=1),
    "min_upvotes": st.integers(0, 9),
}
PAPERS = st.builds(
    paper,
    st.sampled_from(["A kayak survey", "Tea", "Earthquakes", "Fault slip and tea", "Boats"]),
    sightings=st.sampled_from([(), UPVOTED]),
)


@given(PAPERS, st.fixed_dictionaries({}, optional=VALUES))
def test_every_filter_narrows_and_every_value_widens(one: Paper, filters: dict[str, Any]) -> None:
    """All filters together are each of them alone; a list is any of its values, and ``not`` none."""
    whole = filter_of(**filters).accepts(one)
    assert whole == all(filter_of(**{name: value}).accepts(one) for name, value in filters.items())
    for name, value in filters.items():
        if isinstance(value, list):
            each = [filter_of(**{name: [v]}).accepts(one) for v in value]
            assert filter_of(**{name: value}).accepts(one) == (all if name == "not" else any)(each)


@pytest.mark.parametrize(
    ("source", "filters", "words"),
    [
        ("huggingface", {"topics": ["boat"]}, "did you mean boats"),
        ("huggingface", {"topics": []}, "holds nothing"),
        ("huggingface", {"words": ["a"]}, "cannot be searched for"),
        ("huggingface", {"min_upvotes": "many"}, "min_upvotes: 10"),
        ("huggingface", {"min_upvotes": True}, "min_upvotes: 10"),
        ("arxiv", {"cross_lists": "no"}, "cross_lists: false"),
        ("huggingface", {"categories": ["cs.CL"]}, "never names"),
        ("arxiv", {"min_upvotes": 3}, "does not count"),
    ],
)
def test_a_filter_that_is_wrong_or_lets_nothing_pass_is_named(
    source: str, filters: dict[str, object], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        filter_of(source, **filters)


def test_categories_ask_where_a_source_has_them_and_filter_with_cross_lists() -> None:
    arxiv, acl = registry().source("arxiv"), registry().source("bibtex")
    given = {"categories": ["cs.CL"], "words": ["tea"]}
    assert split_filters(arxiv, given) == ({"categories": ["cs.CL"]}, {"words": ["tea"]})
    primary = {"categories": ["cs.CL"], "cross_lists": False}
    assert split_filters(arxiv, primary) == ({"categories": ["cs.CL"]}, primary)
    assert split_filters(acl, given) == ({}, given)


def test_filters_change_no_days_that_an_entry_has_filled() -> None:
    plain = {"categories": ["cs.CL"]}
    assert log.query_key(
        {**plain, "words": ["tea"], "not": ["x"], "min_upvotes": 3}
    ) == log.query_key(plain)
    source = registry().source("huggingface")
    assert source.asks_by_day({"words": ["tea"]})


def test_what_is_known_or_gone_is_always_read() -> None:
    report = IngestReport()
    known = counting_filter(filter_of(words=["kayak"]), lambda _: True, report)
    assert known(paper("On tea"))
    unknown = counting_filter(filter_of(words=["kayak"]), lambda _: False, report)
    assert unknown(paper(""))
    assert report.left_out == []
    assert not unknown(paper("On tea", sightings=UPVOTED))
    assert not unknown(msgspec.structs.replace(paper("On tea"), id="arxiv:2511.00001"))
    assert (report.left_out, report.entries) == (["arxiv:2511.01234", "arxiv:2511.00001"], 2)
