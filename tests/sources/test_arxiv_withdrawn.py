"""Which comments say that a preprint is withdrawn, and which only speak of a withdrawal."""

from __future__ import annotations

import pytest
from paper_digest.sources.arxiv.withdrawn import withdrawal_reason

NOTICES = [
    "This paper has been withdrawn",
    "This paper has been withdrawn by the author due to a leak",
    "This article is withdrawn because boats sink",
    "The manuscript has been temporarily withdrawn",
    "arXiv admin note: this submission has been withdrawn by arXiv",
    "5 pages. This version is being withdrawn in favour of a longer one",
    "This paper has been withdrawn from arXiv",
    "Withdrawn",
    "Withdrawn.",
    "(withdrawn)",
    "Withdrawn due to a leak",
    "Paper withdrawn by the authors",
    "The authors are withdrawing this paper to mend the boat",
    "We found a leak. We have decided to withdraw this article",
    "We have withdrawn our paper; it leaked",
]
OTHERS = [
    "",
    "12 pages",
    "This paper has been withdrawn from the conference on boats",
    "Withdrawn from the proceedings, because nobody could sail there",
    "v2: two claims withdrawn, the rest unaffected",
    "An overhaul of the withdrawn paper on boats",
    "Accepted, then withdrawn from the journal",
    "We withdraw a claim made in version 1",
    "On withdrawn boats",
    "None of the claims are withdrawn",
    "This paper has not been withdrawn",
]


@pytest.mark.parametrize("comment", NOTICES)
def test_a_notice_is_its_own_reason(comment: str) -> None:
    assert withdrawal_reason(comment, "We fold boats.") == comment


@pytest.mark.parametrize("comment", OTHERS)
def test_other_words_are_none(comment: str) -> None:
    assert withdrawal_reason(comment, "We fold boats.") == ""


def test_an_old_notice_stands_at_the_head_of_the_abstract() -> None:
    notice = "This paper has been withdrawn by the author. It leaked."
    assert withdrawal_reason("3 pages", f"{notice}\n\nWe fold boats.") == notice
    assert withdrawal_reason("3 pages", f"We fold boats. {notice}") == ""
