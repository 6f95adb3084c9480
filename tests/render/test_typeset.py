"""Titles and abstracts set as spans."""

from __future__ import annotations

import html

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.render import typeset
from paper_digest.text.tex import convert as latex


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


@given(
    st.text("abz", min_size=1),
    st.sampled_from(["b", "$x$", "5"]),
    st.sampled_from(["a", "$y$", "GeV"]),
)
def test_a_tie_is_a_space_at_which_no_line_ends(word: str, before: str, behind: str) -> None:
    source = f"{word} {before}~{behind} {word}"
    shown = BeautifulSoup(typeset.title(source).html, "html.parser").get_text()
    assert shown == source.replace("$", "").replace("~", "\u00a0")
    assert latex.to_unicode(source) == shown.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "source", ["some ~10 looms", "(~3)", "3~4 looms", "with ~ 30", "~$5$ more"]
)
def test_a_tilde_before_a_number_may_say_about(source: str) -> None:
    shown = BeautifulSoup(typeset.title(source).html, "html.parser").get_text()
    assert shown == source.replace("$", "")
