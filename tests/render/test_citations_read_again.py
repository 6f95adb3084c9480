"""What our citations say, read again from each format: data and programs keep their archive and their address."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.render.citation import biblatex_entry, bibtex_entry, csl_item, ris_record
from paper_digest.sources.registry import registry

BIBTEX = r"""
@dataset{kites, title={Ten Thousand Kites}, author={Doe, Ada}, publisher={Zenodo}, doi={10.5281/zenodo.1}, year=2020}
@software{glue, title={Glue}, author={Doe, Ada}, url={https://github.com/ada/glue}, year=2020}
@dataset{looms, title={Looms}, author={Doe, Ada}, url={https://huggingface.co/datasets/ada/looms}, year=2021}
"""
FORMS: dict[str, tuple[str, Callable[[Paper], str]]] = {
    "BibTeX": ("bibtex", bibtex_entry),
    "biblatex": ("bibtex", biblatex_entry),
    "RIS": ("ris", ris_record),
    "CSL-JSON": ("csl", lambda paper: json.dumps([csl_item(paper)])),
}
FIELDS = (
    "id",
    "title",
    "authors",
    "published",
    "doi",
    "venue",
    "journal_ref",
    "work_type",
    "links",
)


def read(source: str, text: str) -> tuple[Paper, ...]:
    batch = registry().by_name[source].parse(text.encode(), Request(f"x.{source}"))
    assert not batch.problems
    return batch.papers


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_lost_on_the_way(form: str) -> None:
    """A program was cited without any address: its only one leads to its code."""
    source, write = FORMS[form]
    for paper in read("bibtex", BIBTEX):
        [again] = read(source, write(paper))
        assert [getattr(again, f) for f in FIELDS] == [getattr(paper, f) for f in FIELDS]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("bibtex", "@dataset{a, title={Kites}, publisher={Zenodo}, year=2020}"),
        ("ris", "TY  - DATA\nTI  - Kites\nPB  - Zenodo\nPY  - 2020\nER  - \n"),
        ("csl", '[{"id": "a", "type": "dataset", "title": "Kites", "publisher": "Zenodo", "issued": {"date-parts": [[2020]]}}]'),
        ("zotero", '[{"key": "A", "data": {"itemType": "dataset", "title": "Kites", "repository": "Zenodo", "date": "2020"}}]'),
    ],
)  # fmt: skip
def test_the_archive_that_holds_data_is_read_from_each_format(source: str, text: str) -> None:
    """It was in Zotero's own form alone."""
    [paper] = read(source, text)
    assert (paper.venue, paper.work_type) == ("Zenodo", "dataset")
    assert "Zenodo" in bibtex_entry(paper)
