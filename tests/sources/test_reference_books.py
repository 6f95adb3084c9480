"""Chapters that bear the DOI of their book, in RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.sources import csl, ris

Read = Callable[..., Batch]

DOI = "10.5555/book.1"


def read_ris(*works: tuple[str, str, str]) -> Batch:
    text = "".join(
        f"TY  - {kind}\nTI  - {title}\nDO  - {doi}\nER  -\n" for kind, title, doi in works
    )
    return ris.parse(text.encode(), Request("a.ris"))


def read_csl(*works: tuple[str, str, str]) -> Batch:
    kinds = {
        "CHAP": "chapter",
        "CPAPER": "paper-conference",
        "BOOK": "book",
        "JOUR": "article-journal",
    }
    items = [
        {"id": str(n), "type": kinds[kind], "title": title, "URL": f"https://doi.org/{doi}"}
        for n, (kind, title, doi) in enumerate(works)
    ]
    return csl.parse(json.dumps(items).encode(), Request("a.json"))


@pytest.mark.parametrize("read", [read_ris, read_csl])
@pytest.mark.parametrize("other", ["BOOK", "CHAP", "CPAPER"])
def test_a_books_doi_names_none_of_its_chapters(read: Read, other: str) -> None:
    batch = read(
        ("CHAP", "Folding", DOI), (other, "Boats of paper", DOI), ("CHAP", "Alone", "10.5555/x")
    )
    folding, second, alone = batch.papers
    assert folding.id.startswith("title:")
    assert not folding.doi
    assert bool(second.doi) == (other == "BOOK")
    assert alone.id == "doi:10.5555/x"
    assert [DOI in problem.what for problem in batch.problems] == [True]


@pytest.mark.parametrize("read", [read_ris, read_csl])
def test_one_chapter_twice_keeps_its_doi(read: Read) -> None:
    batch = read(("CHAP", "Folding", DOI), ("CHAP", "Folding", DOI))
    assert {paper.doi for paper in batch.papers} == {DOI}
    assert not batch.problems
