"""Volumes and issues as sources number them: what is written as a reference is read back in its parts."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation.bibtex import bibtex_entry
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.journal_ref import parse_journal_ref
from paper_digest.render.citation.ris import ris_record
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.sources.registry import registry

VENUES = st.sampled_from(
    ["Kite Studies", "Kites, Series B", "Kites 2.0", "Proceedings of the 3rd Conference on Kites"]
)
VOLUMES = st.sampled_from(
    ["", "12", "12 Suppl 1", "12 Suppl", "Suppl", "12 Pt 1", "54-A", "12 Spec No"]
)
ISSUES = st.sampled_from(["", "3", "3 Pt 1", "3-4", "Suppl 1", "1/2", "Spec No 2"])
PAGES = st.sampled_from(["", "45-67", "S45-S67", "e7", "1-2, 5", "1-2, 5-9, 12"])


@pytest.mark.parametrize(
    ("volume", "issue", "numbers"),
    [
        ("Volume 12", "Issue 3", "12(3)"),
        ("Vol. 12", "No. 3", "12(3)"),
        ("vol.XII", "Nr 3", "XII(3)"),
        ("12 ( Pt 1)", "3 (Suppl)", "12 Pt 1(3 Suppl)"),
        ("12", "3, Part 1", "12(3 Part 1)"),
        ("Volumes", "Notes 3", "Volumes(Notes 3)"),
        ("", "3", ""),
    ],
)
def test_a_number_is_written_without_the_word_for_what_it_is(
    volume: str, issue: str, numbers: str
) -> None:
    written = printed_reference("Kites", volume, issue, "1-9", "2021")
    assert written == f"Kites {numbers}".strip() + ", 1-9, 2021"


@given(
    VENUES, VOLUMES, ISSUES, PAGES, st.sampled_from("-\N{EN DASH}"), st.sampled_from(["2021", ""])
)
@example("Kites", "12 Suppl 1", "3 Pt 1", "S45-S67", "-", "2021")
@example("Kites", "12", "3", "1-2, 5", "\N{EN DASH}", "2021")
def test_a_reference_is_read_back_in_the_parts_it_was_made_of(
    venue: str, volume: str, issue: str, pages: str, dash: str, year: str
) -> None:
    """Readers of files write a dash between pages, those of registries a hyphen."""
    pages = pages if year else pages.partition(",")[0]
    printed = pages.replace("-", dash)
    read = parse_journal_ref(printed_reference(venue, volume, issue, printed, year), venue)
    issue = issue if volume else ""
    assert (read.container, read.volume, read.issue) == (venue, volume, issue)
    assert (read.pages, read.year, read.unread) == (pages, year, "")


def test_a_reference_of_another_form_is_not_taken_for_one_of_ours() -> None:
    """A venue may be the beginning of a journal's name, and a year in brackets is no issue."""
    assert parse_journal_ref("Kites Letters 12, 45, 2021", "Kites").volume != "Letters 12"
    assert parse_journal_ref("Kite Studies 12 (2021) 45-67", "Kite Studies").issue == ""
    assert parse_journal_ref("Kite Studies 12, 3, 456, 2021", "Kite Studies").pages != "3, 456"


def exported(paper: Paper) -> dict[str, Paper]:
    """Write a paper in each format and read it back."""
    texts = {
        "bibtex": bibtex_entry(paper),
        "csl": json.dumps([csl_item(paper)]),
        "ris": ris_record(paper),
    }
    return {
        name: registry().source(name).parse(text.encode(), Request("a")).papers[0]
        for name, text in texts.items()
    }


def test_supplements_of_pubmed_survive_each_format() -> None:
    lines = "PMID- 7\nTI  - Kites.\nJT  - Kite studies\nVI  - 12 ( Pt 1)\nIP  - 3 Suppl 2\nPG  - S45-67\nDP  - 2021"
    [paper] = registry().source("pubmed").parse(lines.encode(), Request("a.nbib")).papers
    facts = citation_facts(paper)
    assert (facts.kind, facts.volume, facts.issue, facts.pages) == ("journal", "12 Pt 1", "3 Suppl 2", "S45-S67")  # fmt: skip
    for name, read in exported(paper).items():
        assert (read.venue, read.journal_ref.replace("\N{EN DASH}", "-")) == (
            "Kite studies",
            "Kite studies 12 Pt 1(3 Suppl 2), S45-S67, 2021",
        ), name


@pytest.mark.parametrize("body", ["Barnes and Noble, Inc.", "Kites, GmbH", "Kite Works, L.L.C."])
def test_a_firm_is_one_name_in_each_format(body: str) -> None:
    paper = Paper(id="doi:10.5555/x", title="Kites", published="2021", authors=(Author(body),))
    assert csl_item(paper)["author"] == [{"literal": body}]
    for name, read in exported(paper).items():
        assert [author.name for author in read.authors] == [body], name
