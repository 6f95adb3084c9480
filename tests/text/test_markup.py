"""HTML and JATS in titles and abstracts: tags go, and what they say of the text stays readable."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Request
from paper_digest.sources import bibtex, crossref, csl, datacite, ris
from paper_digest.text.markup import strip_html, strip_paragraphs
from paper_digest.text.tex.convert import to_unicode

TAGGED = "Ice of H<sub>2</sub>O at 10<sup>5</sup> Pa"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("x<sup>2</sup>", "x$^2$"),
        ("CO<sub>2</sub> &amp; H<inf>2</inf>", "CO$_2$ & H$_2$"),
        ("<jats:sup>12</jats:sup>C", "$^{12}$C"),
        ("x<sub><i>n</i></sub>", "x$_n$"),
        ("x<sub>i<sub>j</sub></sub>", "x_(i$_j$)"),
        ("&lt;sup&gt;3&lt;/sup&gt;He", "$^3$He"),
        ("Parcels<sup>®</sup>", "Parcels®"),
        ("a <b> c <III>", "a <b> c <III>"),
    ],
)
def test_scripts_are_tex(markup: str, text: str) -> None:
    assert strip_html(markup) == text


def test_every_source_keeps_scripts_readable() -> None:
    """No registry and no manager may turn ten to the fifth into a hundred and five."""
    work = {"message-type": "work", "message": {"DOI": "10.5555/a", "title": [TAGGED]}}
    record = {"data": {"attributes": {"doi": "10.5555/a", "titles": [{"title": TAGGED}]}}}
    item = {"id": "a", "type": "article", "title": TAGGED}
    batches = (
        crossref.parse(json.dumps(work).encode(), Request("x")),
        datacite.parse(json.dumps(record).encode(), Request("x")),
        csl.parse(json.dumps([item]).encode(), Request("x")),
        ris.parse(f"TY  - JOUR\nTI  - {TAGGED}\nER  -\n".encode(), Request("x")),
        bibtex.parse(f"@misc{{a, title={{{TAGGED}}}}}".encode(), Request("x")),
    )
    for batch in batches:
        assert to_unicode(batch.papers[0].title) == "Ice of H₂O at 10⁵ Pa"


def test_abstracts_keep_their_paragraphs_and_lose_their_heading() -> None:
    jats = (
        "<jats:title>Abstract</jats:title><jats:p>One <jats:italic>kite</jats:italic>.</jats:p>"
        "<jats:p>Two CO<jats:sub>2</jats:sub>.</jats:p>"
    )
    assert strip_paragraphs(jats) == "One kite.\n\nTwo CO$_2$."
    assert strip_paragraphs("a < b\nand &amp; c") == "a < b\nand & c"


@given(st.text(alphabet="ab <>&;/p\n", max_size=80))
def test_letters_are_never_lost_with_a_tag(text: str) -> None:
    words = "".join(text.replace("<a>", "").replace("</a>", "").replace("<a/>", "").split())
    assert strip_html(text).count("b") >= words.replace("<b", "").replace("</b", "").count("b")
