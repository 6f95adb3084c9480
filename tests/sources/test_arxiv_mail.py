"""arXiv's daily mail: what each kind of entry says, and what happens to one that is cut."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.sources import arxiv, text
from paths import DATA

MAIL = (DATA / "arxiv" / "daily.txt").read_bytes()


def read(data: bytes) -> Batch:
    return arxiv.parse(data, Request("daily.txt"))


def test_a_new_entry_says_all_it_holds() -> None:
    batch = read(MAIL)
    assert not batch.problems
    paper = batch.papers[0]
    assert paper.id == "arxiv:2511.03001"
    assert paper.title == "Folding boats by the dozen, with a title that goes on over two lines"
    assert [a.name for a in paper.authors] == ["Ada Lane", "Jan Keller", "Mira van der Berg"]
    assert paper.categories == ("cs.RO", "cs.CL", "math.CO")
    assert paper.comment == "4 pages: two of them blank"
    assert paper.published == "2025-11-06"
    assert (paper.doi, paper.journal_ref) == ("10.5555/boats.12", "J. Small Boats 12 (2025) 1-4")
    assert paper.licence == "http://creativecommons.org/licenses/by/4.0/"
    assert paper.abstract == (
        "We fold boats by the dozen. Then we count\nthem: a dozen.\nA second paragraph ends here."
    )


def test_cross_lists_and_replacements_are_read_as_such() -> None:
    cross, replaced = read(MAIL).papers[1:]
    assert (cross.id, cross.published) == ("arxiv:2510.01002", "2025-10-01")
    assert cross.abstract == "We fly kites."
    assert (replaced.id, replaced.published, replaced.updated) == (
        "arxiv:2401.00003",
        "",
        "2025-11-06",
    )
    assert (replaced.abstract, replaced.comment) == ("", "mended")


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_either_line_ending_says_the_same(ending: bytes) -> None:
    assert read(MAIL.replace(b"\n", ending)).papers == read(MAIL).papers


def test_it_is_never_taken_for_a_page_of_abstracts() -> None:
    with pytest.raises(SourceError, match="daily mail") as caught:
        text.parse(MAIL, Request("daily.txt"))
    assert caught.value.cure == "run: digest ingest arxiv daily.txt"


@given(cut=st.integers(200, len(MAIL)))
def test_a_mail_that_is_cut_off_invents_nothing(cut: int) -> None:
    whole = {paper.id: paper for paper in read(MAIL).papers}
    try:
        batch = read(MAIL[:cut])
    except SourceError:
        return
    for paper in batch.papers:
        original = msgspec.structs.replace(whole[paper.id], sightings=paper.sightings)
        without_abstract = msgspec.structs.replace(original, abstract="")
        assert paper == (original if paper.abstract else without_abstract)
        assert paper == original or batch.problems
