"""The twenty papers as Zotero takes them in: from the page's head, RIS, BibTeX and CSL-JSON.

``zotero_server.sh`` starts the server that these tests ask; its address is in ``ZOTERO_SERVER``.
What Zotero does with a page's head is tested without it in ``tests/render/test_zotero_rules.py``.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from paper_digest.render import citation
from paper_digest.render.citation import MAX_AUTHORS_CITED
from twenty_papers import KindOfPaper, citation_key

#: What Zotero makes of a kind that a format has no word for.
HEAD_TYPES = {"document": "journalArticle"}
RIS_TYPES = {"preprint": "report", "document": "journalArticle"}
BIBTEX_TYPES = {"preprint": "document"}
CSL_TYPES = {"document": "preprint"}


@pytest.fixture(scope="module")
def server() -> str:
    """Return the address of the server; skips where there is none."""
    address = os.environ.get("ZOTERO_SERVER", "")
    if not address:
        pytest.skip(
            "no registry serves Zotero's translators: see tests/consumers/zotero_server.sh, and set ZOTERO_SERVER"
        )
    return address.rstrip("/")


def _imported(server: str, text: str) -> dict[str, Any]:
    """Return the item that Zotero makes of one citation; notes are items of their own, and left out."""
    answer = httpx.post(
        f"{server}/import",
        content=text.encode(),
        headers={"Content-Type": "text/plain"},
        timeout=60,
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    [item] = [item for item in answer.json() if item["itemType"] != "note"]
    return dict(item)


def _check(one: KindOfPaper, item: dict[str, Any], types: dict[str, str]) -> None:
    assert item["itemType"] == types.get(one.item_type, one.item_type), one.kind
    named = MAX_AUTHORS_CITED if types is HEAD_TYPES else len(one.paper.authors)
    assert len(item["creators"]) == min(named, len(one.paper.authors)), one.kind
    first = item["creators"][0]
    name = unicodedata.normalize("NFC", first.get("lastName") or first["name"])
    expected = one.family_names[0].removeprefix("The ")
    assert name.removeprefix("The ") == expected, one.kind
    if one.paper.published:
        assert one.paper.published[:4] in item["date"], one.kind
    assert one.paper.doi in item.get("DOI", ""), one.kind


@pytest.mark.site
def test_zotero_reads_the_head_of_a_page(
    papers: list[KindOfPaper],
    server: str,
    site: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
) -> None:
    with serve(site) as address:
        for one in papers:
            page = f"{address}papers/{one.paper.slug}/"
            answer = httpx.post(
                f"{server}/web", content=page, headers={"Content-Type": "text/plain"}, timeout=60
            )
            assert answer.status_code == httpx.codes.OK, answer.text
            [item] = answer.json()
            _check(one, item, HEAD_TYPES)


def test_zotero_reads_ris(papers: list[KindOfPaper], server: str) -> None:
    for one in papers:
        _check(one, _imported(server, citation.ris_record(one.paper)), RIS_TYPES)


def test_zotero_reads_bibtex_of_both_kinds(papers: list[KindOfPaper], server: str) -> None:
    for one in papers:
        key = citation_key(one)
        item = _imported(server, citation.biblatex_entry(one.paper, key))
        _check(one, item, BIBTEX_TYPES)
        entry = citation.bibtex_entry(one.paper, key)
        # The form for pdfLaTeX is ASCII: other scripts are named by their numbers.
        if "[U+" not in entry:
            _check(one, _imported(server, entry), BIBTEX_TYPES)


def test_zotero_reads_csl(papers: list[KindOfPaper], server: str) -> None:
    for one in papers:
        item = citation.csl_item(one.paper, citation_key(one), with_abstract=True)
        read = _imported(server, json.dumps([item]))
        # CSL has particles of their own, which Zotero puts with the given names.
        if not item["author"][0].get("non-dropping-particle"):
            _check(one, read, CSL_TYPES)
        assert read.get("abstractNote", "").split() == str(item.get("abstract", "")).split(), (
            one.kind
        )
