"""Which of several statements of what kind of work a paper is is believed."""

from __future__ import annotations

from itertools import permutations

import pytest
from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.merge import merge_papers
from paper_digest.model.paper import Paper, Sighting
from paper_digest.model.work_types import WorkType
from paper_digest.sources.registry import registry

ID = "arxiv:2511.00001"


def stated(source: str, work_type: WorkType, venue: str = "", entry: str = "") -> Paper:
    sightings = (Sighting(source, "x", entry=entry),)
    paper = Paper(id=ID, title="Kites", work_type=work_type, venue=venue, sightings=sightings)
    return attribute_fields(paper, source, "2026-01-01")


def believed(*statements: Paper) -> WorkType:
    """Merge in every order, and return what is believed after each of them."""
    kinds = set[WorkType]()
    for order in permutations(statements):
        merged = order[0]
        for one in order[1:]:
            merged = merge_papers(merged, one, registry().ranking)
        kinds.add(merged.work_type)
    [kind] = kinds
    return kind


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        # A preprint that was printed is one no less; whoever names the print says more.
        ([("crossref", "preprint", ""), ("zotero", "journal-article", "Loom Acta")], "journal-article"),
        ([("editor", "preprint", ""), ("crossref", "journal-article", "Loom Acta")], "preprint"),
        ([("crossref", "report", ""), ("ris", "thesis", "")], "report"),
        # What the work is where the venue that is believed has it.
        ([("crossref", "journal-article", "Loom Acta"), ("dblp", "conference-paper", "LOOMS")], "journal-article"),
        ([("crossref", "", "Loom Acta"), ("dblp", "conference-paper", "LOOMS")], "conference-paper"),
        ([("bibtex", "journal-article", "Loom Acta"), ("acl", "conference-paper", "LOOMS"), ("csl", "thesis", "")], "conference-paper"),
        # Registries have no other word for papers in proceedings that are books.
        ([("crossref", "book-chapter", "Advances in Looms"), ("dblp", "conference-paper", "LOOMS (2)")], "conference-paper"),
        ([("crossref", "book-chapter", "Advances in Looms"), ("dblp", "journal-article", "Loom Acta")], "book-chapter"),
        ([("crossref", "journal-article", "Loom Acta"), ("csl", "book-chapter", "Looms"), ("dblp", "conference-paper", "LOOMS")], "journal-article"),
    ],
)  # fmt: skip
def test_the_kind_is_that_of_the_place_which_is_believed(
    statements: list[tuple[str, WorkType, str]], kind: WorkType
) -> None:
    assert believed(*(stated(source, said, venue) for source, said, venue in statements)) == kind


def test_a_registrys_two_works_are_a_preprint_and_its_print() -> None:
    preprint = stated("crossref", "preprint", entry="10.1101/2021.1")
    printed = stated("crossref", "journal-article", "Loom Acta", entry="10.5555/acta.1")
    assert believed(preprint, printed) == "journal-article"
    assert believed(preprint) == "preprint"
