"""Lists of ids: names are taken from text and Markdown, and no paper is ever made of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.sources import arxiv, ids, text
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source
from paths import DATA

PLAIN = (DATA / "ids" / "plain.txt").read_bytes()


def read(words: str) -> Batch:
    return ids.parse(words.encode(), Request("list.txt"))


def test_a_plain_list_names_each_paper_once() -> None:
    batch = ids.parse(PLAIN, Request("plain.txt"))
    assert batch == Batch(
        paper_names=(
            "2511.01230",
            "arXiv:2511.01231v2",
            "https://arxiv.org/abs/2511.01232v1",
            "10.5555/boats.7",
            "hep-th/9901001",
        )
    )


def test_a_reading_list_in_markdown_gives_its_links_to_papers() -> None:
    batch = ids.parse((DATA / "ids" / "reading_list.md").read_bytes(), Request("list.md"))
    assert batch.paper_names == (
        "https://arxiv.org/abs/2511.01230",
        "arXiv:2511.01231",
        "doi:10.5555/kites.1",
        "https://openreview.net/forum?id=aB_1-c",
    )
    assert [(p.line, "names no paper" in p.what) for p in batch.problems] == [(10, True)]


@pytest.mark.parametrize("source", [arxiv.SOURCE, text.SOURCE])
def test_sources_of_saved_text_know_a_list_of_ids(source: Source) -> None:
    batch = source.parse(PLAIN, Request("plain.txt"))
    assert (batch.papers, len(batch.paper_names)) == ((), 5)


NAMES = st.sampled_from(["2511.0123", "arXiv:2511.01231v2", "hep-th/9901001", "10.5555/b.7", "P18-1001"])  # fmt: skip
LINES = st.tuples(
    st.sampled_from(["", "- ", "* ", "12. ", "  ", "- [x] "]),
    NAMES,
    st.sampled_from(["", "  # later", "\t# why (2019): arXiv:1", ",", "."]),
)


@given(st.lists(LINES, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_bullets_and_comments_change_nothing(
    lines: list[tuple[str, str, str]], ending: str
) -> None:
    batch = read(ending.join(map("".join, lines)))
    assert batch.paper_names == tuple(dict.fromkeys(name for _, name, _ in lines))
    assert not batch.problems
    assert not batch.papers


def test_a_line_that_names_no_paper_is_a_problem() -> None:
    batch = read("2511.01230\n2513.01230\n")
    assert batch.paper_names == ("2511.01230",)
    assert [(p.where, p.line) for p in batch.problems] == [("list.txt", 2)]


@given(st.text(max_size=80))
def test_every_name_is_one_that_a_source_knows(words: str) -> None:
    try:
        batch = read(words)
    except SourceError:
        return
    for name in batch.paper_names:
        registry().locate_record(name)
