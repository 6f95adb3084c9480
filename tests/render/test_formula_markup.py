"""A mark stays beside its formula, and headings and links are named with their formulas."""

from __future__ import annotations

import re

import pytest
from paper_digest.render import span as prose
from paper_digest.render import typeset


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("see $x$, then", '<span class="pd-nowrap">F,</span>'),
        ("($x$) holds", '<span class="pd-nowrap">(F)</span>'),
        ("an $x$-loom", '<span class="pd-nowrap">F-</span>'),
        ("($x$ and $y$).", '<span class="pd-nowrap">(F</span> and <span class="pd-nowrap">F).</span>'),
        ("see $x$ and", " F "),
    ],
)  # fmt: skip
def test_marks_stay_beside_their_formula(words: str, kept: str) -> None:
    html = re.sub("<math.*?</math>", "F", typeset.title(words).html)
    assert kept in html
    assert html.count("pd-nowrap") == kept.count("pd-nowrap")


def test_a_display_stands_alone() -> None:
    assert "pd-nowrap" not in typeset.title("see $$x$$, then").html


def test_a_heading_and_a_link_are_named_with_their_formulas() -> None:
    title = typeset.title("Weave in $O(n^2)$")
    name = 'aria-label="O(n²)"'
    assert name in prose.heading(1, title, "top").html
    assert prose.heading(1, prose.page_link(title, "a.md"), "top").html.count(name) == 1
    assert name in prose.link(title, "https://a.example/").html
    assert "aria-label" not in prose.paragraph(title).html
