"""An id that a file gives and nobody can read is named: the paper would stand under its title without a word."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.sources import bibtex, csl, ris, zotero

FORMATS = ["bibtex", "csl", "ris", "zotero"]


def with_doi(form: str, doi: str) -> Batch:
    """Read an entry of a format whose field for a DOI holds a text."""
    if form == "bibtex":
        text = f"@article{{key, title = {{On Boats}}, year = 2021, doi = {{{doi}}}}}"
        return bibtex.parse(text.encode(), Request("a.bib"))
    if form == "ris":
        text = f"TY  - JOUR\nTI  - On Boats\nPY  - 2021\nDO  - {doi}\nER  - \n"
        return ris.parse(text.encode(), Request("a.ris"))
    if form == "csl":
        item = {"type": "article-journal", "title": "On Boats", "DOI": doi}
        return csl.parse(json.dumps([item]).encode(), Request("a.json"))
    data = {"key": "ABCD2345", "itemType": "journalArticle", "title": "On Boats", "DOI": doi}
    return zotero.parse(json.dumps([{"key": "ABCD2345", "data": data}]).encode(), Request("a.json"))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("doi", ["10.1234", "1234/abc", "https://example.org/17", "10.12/a"])
def test_what_stands_for_a_doi_and_is_none_is_named(form: str, doi: str) -> None:
    batch = with_doi(form, doi)
    assert [f"DOI “{doi}” is none" in problem.what for problem in batch.problems] == [True]
    assert batch.papers[0].id.startswith("title:")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("doi", "paper_id"),
    [
        ("", "title:"),
        ("n/a", "title:"),
        ("10.1234/abc", "doi:10.1234/abc"),
        ("https://doi.org/10.1234/abc?a=b#c", "doi:10.1234/abc"),
        ("10.48550/arXiv.2511.01234", "arxiv:2511.01234"),
        ("10.18653/v1/2020.acl-main.12", "doi:10.18653/v1/2020.acl-main.12"),
    ],
)
def test_a_doi_that_is_one_and_a_word_are_no_problem(form: str, doi: str, paper_id: str) -> None:
    batch = with_doi(form, doi)
    assert not batch.problems
    assert batch.papers[0].id.startswith(paper_id)


@pytest.mark.parametrize("named", ["archiveprefix = {arXiv}", "eprinttype = {arxiv}"])
def test_what_stands_for_an_id_of_arxiv_and_is_none_is_named(named: str) -> None:
    for eprint, is_unread in (("2513.01234", True), ("12345", True), ("2511.01234v2", False)):
        text = f"@misc{{key, title = {{On Boats}}, eprint = {{{eprint}}}, {named}}}"
        problems = bibtex.parse(text.encode(), Request("a.bib")).problems
        assert [f"“{eprint}” is none" in p.what for p in problems] == [True] * is_unread
    text = "@misc{key, title = {On Boats}, eprint = {12345}, eprinttype = {hal}}"
    assert not bibtex.parse(text.encode(), Request("a.bib")).problems
