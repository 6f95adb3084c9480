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


UNASKED = [
    "1706.03763", "1706.03763v2", "hep-th/9901001", "math.AG/0309136v1", "PMID: 12345678", "PMC1234567",
    "https://pubmed.ncbi.nlm.nih.gov/12345678/", "https://ieeexplore.ieee.org/document/123456",
]  # fmt: skip


@pytest.mark.parametrize("name", UNASKED)
@pytest.mark.parametrize(
    "line", ["Boats, 2017, {}", "see {} for boats", '"Boats, again",{}', "of arXiv:1706.03771 and {}", "| {} | Boats |"]
)  # fmt: skip
def test_what_is_meant_as_a_paper_in_a_sentence_is_named_if_it_is_not_asked_for(
    line: str, name: str
) -> None:
    batch = ids.parse(f"1706.00001\n{line.format(name)}\n".encode(), Request("a.md"))
    assert name not in batch.paper_names
    assert [(p.line, f"“{name}” was not asked for" == p.what) for p in batch.problems] == [
        (2, True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Boats cost 2021.1234 or 1234.56789012, since v1.2345 of 12.5",
        "[1706.00001](https://arxiv.org/abs/1706.00001), with [code](https://github.com/a/b)",
        "and/or 12/2017",
        "https://arxiv.org/abs/hep-th/9901001 is old",
    ],
)
def test_other_numbers_and_addresses_are_passed_over(line: str) -> None:
    assert not ids.parse(f"1706.00001\n{line}\n".encode(), Request("a.md")).problems


def test_dois_are_taken_from_a_sentence_and_two_in_a_row_are_two() -> None:
    sici = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
    text = (
        f"On boats (10.5555/a), and 10.5555/b.\n10.5555/c;10.5555/d\n10.5555/e,10.5555/f\n{sici}\n"
    )
    names = ids.parse(text.encode(), Request("a.md")).paper_names
    assert names == (*(f"10.5555/{letter}" for letter in "abcdef"), sici)
