"""Twenty papers of different kinds, carried in each format through programs that read citations.

What such a program shows of a paper must be the paper: its title, its kind, and the family name of
its first author. A difference that is the program's own doing is listed beside it, with the reason.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from other_programs import node, node_package, program, run
from paper_digest.render import typeset
from twenty_papers import KindOfPaper, citation_files, citation_key

#: What CSL calls the kinds of papers, by what Zotero calls them.
CSL_TYPES = {
    "preprint": "article",
    "document": "article",
    "journalArticle": "article-journal",
    "conferencePaper": "paper-conference",
}
#: ``@misc`` has no type of its own in CSL, and RIS none for a preprint that Zotero and bibutils read.
MISC_TYPES = {**CSL_TYPES, "preprint": "document", "document": "document"}
RIS_TYPES = {**MISC_TYPES, "preprint": "report"}

#: BibTeX for pdfLaTeX is ASCII: letters that no font of its has are named by their numbers.
ASCII_ONLY = re.compile(r"\[[uU]\+[0-9A-F]{4,5}\]")


@pytest.fixture
def files(papers: list[KindOfPaper], tmp_path: Path) -> Path:
    """Write the twenty in each format, and return the folder."""
    for name, text in citation_files(papers).items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def letters(text: str) -> str:
    r"""Return the letters of a text: what styles may change (case, quotes, formulas' marks) left out.

    So is the thorn: pandoc does not know the TeX of it (``\TH``), which is in every TeX.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold().replace("þ", "")
    return "".join(c for c in decomposed if c.isalpha())


def family_name(name: dict[str, str]) -> str:
    """Return the family name, particles included, or the whole name of a group."""
    particle = name.get("non-dropping-particle", "") or name.get("dropping-particle", "")
    return f"{particle} {name.get('family') or name.get('literal', '')}".strip()


def check(one: KindOfPaper, item: dict[str, Any], types: dict[str, str]) -> None:
    """Hold what a program understood of a paper against the paper."""
    title, expected = str(item["title"]), typeset.plain_title(one.paper.title, one.paper.id)
    names = [family_name(name) for name in item["author"]]
    if not (ASCII_ONLY.search(title) or ASCII_ONLY.search(names[0])):
        # Mathematics is the program's own business, if only the words around it are right.
        if not re.search(r"[$\\Ωκ]", one.paper.title):
            assert letters(re.sub(r"<[^>]*>", "", title)) == letters(expected), one.kind
        assert letters(names[0]).endswith(letters(one.family_names[0])), one.kind
    assert len(names) == len(one.paper.authors), one.kind
    # pandoc gives @misc no type.
    assert (item.get("type") or "document") == types[one.item_type], one.kind
    if one.paper.published:
        assert item["issued"]["date-parts"][0][0] == int(one.paper.published[:4]), one.kind


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("bibtex.bib", MISC_TYPES),
        ("biblatex.bib", MISC_TYPES),
        ("papers.ris", RIS_TYPES),
        ("papers.json", CSL_TYPES),
    ],
)
def test_citation_js_reads_every_format(
    papers: list[KindOfPaper], files: Path, name: str, types: dict[str, str]
) -> None:
    node_package("@citation-js/core")
    items = node("citation_js.mjs", str(files / name))
    assert len(items) == len(papers)
    for one, item in zip(papers, items, strict=True):
        check(one, item, types)


@pytest.mark.parametrize(
    ("name", "form", "types"),
    [
        ("bibtex.bib", "bibtex", MISC_TYPES),
        ("biblatex.bib", "biblatex", MISC_TYPES),
        ("papers.json", "csljson", CSL_TYPES),
    ],
)
def test_pandoc_reads_bibtex_and_csl(
    papers: list[KindOfPaper], files: Path, name: str, form: str, types: dict[str, str]
) -> None:
    pandoc = program("pandoc", "pandoc")
    answer = run(pandoc, "--from", form, "--to", "csljson", str(files / name))
    assert (answer.returncode, answer.stderr) == (0, "")
    items = {item["id"]: item for item in json.loads(answer.stdout)}
    for one in papers:
        check(one, items[citation_key(one)], types)


def test_pandoc_cites_every_paper_in_a_text(papers: list[KindOfPaper], files: Path) -> None:
    pandoc = program("pandoc", "pandoc")
    text = " ".join(f"[@{{{citation_key(one)}}}]" for one in papers)
    bibliography = str(files / "papers.json")
    answer = run(
        pandoc, "--citeproc", "--bibliography", bibliography, "--to", "plain", "--wrap=none", text=text
    )  # fmt: skip
    assert (answer.returncode, answer.stderr) == (0, "")
    for one in papers:
        # Styles write names in another order: any word of the first name will do.
        assert any(word in answer.stdout for word in one.family_names[0].split()), one.kind


@pytest.mark.parametrize(
    ("command", "name"), [("bib2xml", "bibtex.bib"), ("ris2xml", "papers.ris")]
)
def test_bibutils_read_every_paper(
    papers: list[KindOfPaper], files: Path, command: str, name: str
) -> None:
    answer = run(program(command, "bibutils"), str(files / name))
    assert answer.returncode == 0
    assert answer.stdout.count("<mods ") == len(papers)
    assert answer.stdout.count("<namePart") >= sum(len(one.family_names) for one in papers)


def test_bibtex_tidy_finds_nothing_to_complain_of(files: Path) -> None:
    tidy = node_package(".bin/bibtex-tidy")
    answer = run(tidy, "--no-modify", "--duplicates=key,doi", str(files / "bibtex.bib"))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "warn" not in answer.stdout.lower()
