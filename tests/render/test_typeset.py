"""Titles and abstracts set as spans."""

from __future__ import annotations

import html

import pytest
from paper_digest.render import typeset


def test_a_link_in_a_sentence_keeps_the_blanks_around_it() -> None:
    [span] = typeset.paragraphs("12 pages, see https://loom.example/notes for more.")
    assert 'see <a href="https://loom.example/notes">' in span.html
    assert "</a> for more." in span.html


def test_a_title_has_no_blanks_at_its_ends() -> None:
    assert typeset.title("  Looms \n that count ").html == "Looms that count"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Navier--Stokes flows, pages 3--7", "Navier\u2013Stokes flows, pages 3\u20137"),
        ("Looms -- and knots --- count", "Looms \u2013 and knots — count"),
        ("Looms---and knots", "Looms—and knots"),
        (
            "Run it with --fast, then i-- and a --> b <!-- c",
            "Run it with --fast, then i-- and a --> b <!-- c",
        ),
    ],
)
def test_dashes_are_set_as_tex_means_them(source: str, shown: str) -> None:
    assert html.unescape(typeset.title(source).html) == shown
    assert html.unescape(typeset.paragraphs(source)[0].html) == shown


def test_an_address_keeps_its_hyphens() -> None:
    [span] = typeset.paragraphs("See https://loom.example/a--b -- or not.")
    assert 'href="https://loom.example/a--b"' in span.html
    assert "\u2013 or not" in span.html


def test_a_display_over_lines_stays_in_its_paragraph() -> None:
    text = "Then\n  \\begin{align} x &= y, \\\\\n  u &= v \\\\% a remark\n\\end{align}\nholds; 50%\nof it."
    shown = typeset.paragraphs(text)
    assert len(shown) == 2
    assert '<math display="block"' in shown[1].html
    assert "remark" not in shown[1].html
    assert shown[1].html.endswith("holds; 50% of it.")
    assert "$$\\begin{align} x &= y, \\\\ u &= v \\\\ \\end{align}$$" in shown[1].markdown


def test_a_display_that_cannot_be_set_stands_as_its_source() -> None:
    [shown] = typeset.paragraphs(r"so \[ \unknown{x} = \frac{1}{2} \] holds")
    assert r"\unknown" in html.unescape(shown.html)
    assert r"\frac{1}{2}" in html.unescape(shown.html)
