"""Relations of registries, whatever they are called there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.sources.relations import same_paper_ids


@pytest.mark.parametrize("name", ["is-preprint-of", "IsPreprintOf", "HasVersion", "IsIdenticalTo"])
def test_crossrefs_and_datacites_names_mean_the_same(name: str) -> None:
    assert same_paper_ids([(name, "DOI", "10.1234/Y")], "10.1234/x") == ("doi:10.1234/y",)


@pytest.mark.parametrize("name", ["IsTranslationOf", "IsPartOf", "References", "IsSupplementTo"])
def test_other_works_are_not_the_paper(name: str) -> None:
    assert same_paper_ids([(name, "DOI", "10.1234/y")], "10.1234/x") == ()


@given(st.lists(st.tuples(*[st.none() | st.integers() | st.text()] * 3)))
def test_anything_else_is_passed_over(relations: list[tuple[object, object, object]]) -> None:
    assert same_paper_ids(relations, "10.1234/x") == ()


def test_so_many_are_read_and_no_more() -> None:
    endless = (("HasVersion", "DOI", f"10.5281/zenodo.{n}") for n in range(10**9))
    assert len(same_paper_ids(endless, "10.1234/x")) == 100
