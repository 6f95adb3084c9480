"""Chinese, Japanese and Korean: pairs of signs find whatever a plain search for the letters finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.search.build import build_index
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from search_documents import paper

#: Few signs, so that texts share pairs of them; with a Latin word between, as titles have.
SIGNS = "深層学習語の한국어"
runs = st.text(SIGNS, min_size=1, max_size=7)
texts = st.lists(runs, min_size=1, max_size=3).map(" CNN ".join)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8), runs)
def test_a_phrase_finds_every_text_that_holds_it(
    contents: list[tuple[str, str]], asked: str
) -> None:
    papers = [paper(f"p{n}", title, text) for n, (title, text) in enumerate(contents)]
    files: dict[str, bytes] = {}
    build_index(papers, {}, files.__setitem__)
    search = RankedSearch(IndexReader(files.__getitem__))
    holding = {one.slug for one in papers if asked in one.title or asked in one.text}
    for query in (f'"{asked}"', asked, f"{asked} "):
        answer = search.answer(query, 100, is_exhaustive=True)
        complete = {hit.slug for hit in answer.hits[: answer.total]}
        assert holding <= complete or not holding, query
    pairs = {asked[at : at + 2] for at in range(len(asked) - 1)} or {asked}
    for slug in {hit.slug for hit in search.answer(f'"{asked}"', 100, is_exhaustive=True).hits}:
        one = papers[int(slug[1:])]
        assert all(pair in one.title or pair in one.text for pair in pairs)
