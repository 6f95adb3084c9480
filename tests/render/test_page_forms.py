"""A paper's page has its abstract once in the head; what a reader copies from its boxes is whole all the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape

import awkward_papers
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from hypothesis import given
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Paper
from paper_digest.render import citation
from paper_digest.render.citation.page_forms import PageForm, browser_commands, page_forms
from paper_digest.render.pages.paper import make_page
from paper_digest.text.scripts import has_rtl_letters
from paper_digest.text.tex import convert as latex
from paper_strategies import records
from paths import PACKAGE
from twenty_papers import twenty_papers

SCRIPT = PACKAGE / "site" / "theme" / "assets" / "javascripts" / "cite.js"
#: Reads citations, each with an abstract and its format, and prints them as the page completes them.
COMPLETE = f"""
import {{ withAbstract }} from {json.dumps(SCRIPT.as_uri())};
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cases = JSON.parse(Buffer.concat(chunks).toString());
console.log(JSON.stringify(cases.map((one) => withAbstract(...one))));
"""
#: What ends fields and entries, stands for something in a replacement or a pattern, or is no ASCII.
FRAGMENTS = ("50% of $x_1$ & #2", "$& $1 $$ $`", r"\alpha \{ } {", "naïve “so” é", "}\n", "ER  - ", "  abstract = {", "AB  - x", "~^\"'", "<b>&amp;</b>", "語 ∈ Ω", "plain words")  # fmt: skip


def _strained() -> list[Paper]:
    """Make a paper with each pair of the fragments in its abstract."""
    return [
        Paper(
            id=f"arxiv:2603.{number:05}",
            title="A plain paper on weaving",
            authors=(Author("Ada Weaver"),),
            published="2026-03-02",
            abstract=f"We count {first}, then {second}.",
        )
        for number, (first, second) in enumerate((a, b) for a in FRAGMENTS for b in FRAGMENTS)
    ]


def _whole(paper: Paper, form: PageForm) -> str:
    """Write a citation with its abstract, as a file has it."""
    limit = citation.MAX_AUTHORS_CITED
    if form.name == "RIS":
        return citation.ris_record(paper, "", limit, with_abstract=True).replace("\r\n", "\n")
    entry = citation.biblatex_entry(paper, "", limit, with_abstract=True)
    return entry if form.name == "BibLaTeX" else latex.to_latex_commands(entry)


def _abstract_in_head(paper: Paper) -> str:
    tag = re.search('name="citation_abstract" content="([^"]*)"', citation.head_html(paper, ""))
    return unescape(tag[1]) if tag else ""


def _completed(cases: list[tuple[str, str, str]]) -> list[str]:
    """Complete citations as the page does; each case has a citation, an abstract and a format."""
    if not (node := shutil.which("node")):
        pytest.skip("there is no Node to run the page's script")
    ran = subprocess.run(
        [node, "--input-type=module", "--eval", COMPLETE],
        input=json.dumps(cases).encode(),
        capture_output=True,
        check=True,
    )
    return list(json.loads(ran.stdout))


def test_what_the_page_completes_is_the_whole_citation() -> None:
    papers = [*_strained(), *awkward_papers.PAPERS, *(one.paper for one in twenty_papers())]
    forms = [(paper, form) for paper in papers for form in page_forms(paper, "")]
    completed = _completed(
        [(form.text, _abstract_in_head(paper), form.name) for paper, form in forms]
    )
    for (paper, form), text in zip(forms, completed, strict=True):
        assert text == _whole(paper, form), (paper.id, form.name)
    assert {form.lacks_abstract for _, form in forms if form.name == "BibTeX"} == {True, False}


@pytest.mark.parametrize("name", ["BibTeX", "BibLaTeX"])
def test_the_script_writes_every_sign_as_the_page_reckons_with(name: str) -> None:
    known = browser_commands(name)
    signs = {*map(chr, known), *map(chr, range(0x20, 0x2300))}
    expected = [known.get(ord(sign), sign) for sign in sorted(signs)]
    completed = _completed([("@misc{a,\n}\n", f"x{sign}x", name) for sign in sorted(signs)])
    assert completed == [f"@misc{{a,\n  abstract = {{x{text}x}},\n}}\n" for text in expected]


def test_signs_that_abstracts_have_most_bring_the_abstract_no_second_time() -> None:
    text = "The Schrödinger operator on L² has λ ≥ 1 — “a bound” — for all x∈Ω."
    paper = Paper(id="arxiv:2603.00001", title="On looms", abstract=text)
    assert all(form.lacks_abstract for form in page_forms(paper, ""))


@given(records())
def test_a_box_is_the_whole_citation_or_the_one_without_abstract(paper: Paper) -> None:
    for form in page_forms(paper, ""):
        whole = _whole(paper, form)
        if form.lacks_abstract:
            assert _abstract_in_head(paper)
            assert form.text != whole
            lines = iter(whole.splitlines())
            assert all(line in lines for line in form.text.splitlines()), (
                "no line is added or moved"
            )
        else:
            assert form.text == whole


def test_words_of_ours_stand_in_no_language_of_the_papers() -> None:
    names = tuple(Author(f"דנה כהן{letter}") for letter in "אבגדהוזח")
    paper = Paper(
        id="arxiv:2602.00112", title="אריגה ומספרים", authors=names, published="2026-02-01"
    )
    catalog = Catalog([catalog_entry(paper, ())], ())
    html = make_page(paper, catalog).html()
    cited = BeautifulSoup(html, "html.parser").select_one(".pd-cite-text")
    assert cited
    assert "lang" not in cited.attrs
    assert "dir" not in cited.attrs
    assert cited.get_text() == citation.plain_citation(paper)
    outside = [str(child) for child in cited.children if isinstance(child, NavigableString)]
    assert "and 2 others" in " ".join(outside)
    assert not any(has_rtl_letters(text) for text in outside)


@given(records())
def test_the_pieces_of_a_citation_are_the_citation(paper: Paper) -> None:
    pieces = citation.citation_pieces(paper)
    assert "".join(piece.text for piece in pieces) == citation.plain_citation(paper)
    assert citation.plain_citation(paper) == citation.plain_citation(paper).strip()


def test_letters_in_the_abstract_alone_bring_no_third_box() -> None:
    one = Paper(id="arxiv:2603.00001", title="Weaving", abstract="A naïve loom.")
    assert [form.name for form in page_forms(one, "")] == ["BibTeX", "RIS"]
    other = Paper(id="arxiv:2603.00001", title="Weaving in Lübeck", abstract="A naïve loom.")
    assert [form.name for form in page_forms(other, "")] == ["BibTeX", "BibLaTeX", "RIS"]


@given(records())
def test_the_page_of_any_paper_has_its_citations(paper: Paper) -> None:
    """A list's export reads them there, and longer lists read files that have every paper."""
    html = make_page(paper, Catalog([catalog_entry(paper, ())], ())).html()
    boxes = BeautifulSoup(html, "html.parser").select(".pd-cite details code")
    named = [code["class"] for code in boxes]
    assert [one for one in named if "biblatex" not in one[0]] == [
        ["language-bibtex"],
        ["language-ris"],
    ]
