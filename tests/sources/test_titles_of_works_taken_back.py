"""What publishers write before the title of a work that they took back, and titles that only look so."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.sources.registry import registry
from paper_digest.sources.titles import split_withdrawal


@pytest.mark.parametrize(
    ("printed", "title", "reason"),
    [
        ("RETRACTED: Kites of paper", "Kites of paper", "Retraction"),
        ("RETRACTED ARTICLE: Kites", "Kites", "Retraction"),
        ("Retracted Chapter: Kites", "Kites", "Retraction"),
        ("[Retracted] Kites", "Kites", "Retraction"),
        ("WITHDRAWN: Kites", "Kites", "Withdrawal"),
        ("REMOVED: Kites", "Kites", "Removal"),
        # Hindawi calls its notices so, others begin a title so.
        ("Retracted: Kites", "Retracted: Kites", ""),
        ("Withdrawn: how kites are taken in", "Withdrawn: how kites are taken in", ""),
        ("RETRACTED: A HISTORY OF KITES", "RETRACTED: A HISTORY OF KITES", ""),
        ("Retraction notice to “Kites”", "Retraction notice to “Kites”", ""),
        ("RETRACTED:", "RETRACTED:", ""),
        ("Retracted articles: a survey", "Retracted articles: a survey", ""),
    ],
)
def test_a_word_before_a_title_says_that_a_work_was_taken_back(
    printed: str, title: str, reason: str
) -> None:
    assert split_withdrawal(printed) == (title, reason)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("bibtex", "@article{a, title={RETRACTED: Kites of paper}, year=2021}"),
        ("ris", "TY  - JOUR\nTI  - RETRACTED: Kites of paper\nPY  - 2021\nER  - \n"),
        (
            "csl",
            json.dumps([{"id": "a", "type": "article", "title": "RETRACTED: Kites of paper"}]),
        ),
        ("pubmed", "PMID- 1\nTI  - RETRACTED: Kites of paper.\n"),
    ],
)
def test_files_of_references_keep_the_title_and_say_that_the_work_was_taken_back(
    source: str, text: str
) -> None:
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    assert (paper.title, paper.withdrawn) == ("RETRACTED: Kites of paper", "Retraction")


@pytest.mark.parametrize("source", ["bibtex", "ris", "csl"])
def test_an_abstract_that_indexers_cut_is_said_to_be_cut(source: str) -> None:
    abstract = "We fly. (ABSTRACT TRUNCATED AT 250 WORDS)"
    text = {
        "bibtex": f"@article{{a, title={{Kites}}, abstract={{{abstract}}}}}",
        "ris": f"TY  - JOUR\nTI  - Kites\nAB  - {abstract}\nER  - \n",
        "csl": json.dumps([{"id": "a", "type": "article", "title": "Kites", "abstract": abstract}]),
    }[source]
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    assert paper.truncated
