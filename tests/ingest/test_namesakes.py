"""Papers of one title by the same people that are certainly two: each is held, and both are shown."""

from __future__ import annotations

import io
from itertools import permutations
from pathlib import Path

import pytest
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge_reason import merge_reason
from paper_digest.ingest.files import ingest_files
from paper_digest.ingest.report import IngestReport
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

AUTHOR_AND_YEAR = "author = {Ost, Pia}, year = 2021, title = {Overview of the Kite Folding Task}"
ONE = (
    "We report the first observation of large paper kites over northern waters during a whole summer "
    "season with several dedicated cameras."
)
OTHER = (
    "A separate campaign measured glue temperatures inside wooden laboratories using infrared sensors "
    "connected with copper wires every winter morning."
)
PAIRS = {
    "two places": (
        "booktitle = {Proceedings of KFT 2021}, pages = {1--12}",
        "journal = {Journal of Kites}, volume = 3, pages = {101--120}",
    ),
    "two volumes": (
        "journal = {Journal of Kites}, volume = 3, pages = {1--9}",
        "journal = {Journal of Kites}, volume = 4, pages = {30--39}",
    ),
    "two abstracts": (f"abstract = {{{ONE}}}", f"abstract = {{{OTHER}}}"),
    "data and the paper": ("@dataset", "journal = {Journal of Kites}, volume = 3, pages = {1--9}"),
    "data and a report": (f"@dataset, abstract = {{{ONE}}}", f"@techreport, abstract = {{{ONE}}}"),
    "data and a book": ("@dataset", "@book"),
    "a program and its data": ("@software", "@dataset"),
    "a thesis and its paper": ("@phdthesis", "journal = {Journal of Kites}, volume = 3"),
}


def ingest(root: Path, *files: tuple[str, str]) -> IngestReport:
    streams = [(name, io.BytesIO(text.encode())) for name, text in files]
    return ingest_files(Store(root), registry().by_name["bibtex"], streams)


def stored(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*.md")}


def entries(pair: tuple[str, str]) -> list[tuple[str, str]]:
    """Make a file of each: of fields of an article, behind the type where it is no article."""
    typed = [fields if fields.startswith("@") else f"@article, {fields}" for fields in pair]
    return [
        (f"{n}.bib", f"{kind}{{key{n}, {AUTHOR_AND_YEAR}, {fields}}}")
        for n, (kind, _, fields) in enumerate(one.partition(", ") for one in typed)
    ]


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_one_title_in_two_places_or_with_two_abstracts_is_two_papers(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    files = entries(pair)
    reports = [ingest(tmp_path / "a", file) for file in files]
    assert not reports[1].problems
    assert len(reports[1].undecided) == 1
    papers = list(Store(tmp_path / "a").read_all())
    assert len(papers) == 2
    assert papers[0].disputed_ids == papers[1].disputed_ids != ()
    once = stored(tmp_path / "a")
    again = [ingest(tmp_path / "a", file) for file in files]
    assert [report.changed | report.new for report in again] == [set(), set()]
    assert stored(tmp_path / "a") == once
    for file in reversed(files):
        ingest(tmp_path / "b", file)
    assert stored(tmp_path / "b") == once


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_third_that_fits_both_unites_them_never(
    tmp_path: Path, order: tuple[int, int, int]
) -> None:
    files = [*entries(PAIRS["two places"]), ("c.bib", f"@misc{{key3, {AUTHOR_AND_YEAR}}}")]
    for n in order:
        ingest(tmp_path, files[n])
    places = {paper.venue for paper in Store(tmp_path).read_all() if paper.venue}
    assert places == {"Proceedings of KFT 2021", "Journal of Kites"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("pair", ["data and a report", "data and a book", "a program and its data"])
def test_a_third_of_no_kind_unites_no_two_kinds(
    tmp_path: Path, pair: str, order: tuple[int, int, int]
) -> None:
    files = [*entries(PAIRS[pair]), ("c.bib", f"@misc{{key3, {AUTHOR_AND_YEAR}}}")]
    for n in order:
        ingest(tmp_path, files[n])
    papers = list(Store(tmp_path).read_all())
    assert all(not any("work_type" in claim.differs for claim in paper.claims) for paper in papers)
    assert len({paper.work_type for paper in papers if paper.work_type}) == 2


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_one_file_that_holds_both_is_two_papers_too(tmp_path: Path, pair: tuple[str, str]) -> None:
    text = "\n".join(entry for _, entry in entries(pair))
    ingest(tmp_path, ("a.bib", text))
    once = stored(tmp_path)
    assert len(once) == 2
    ingest(tmp_path, ("a.bib", text))
    assert stored(tmp_path) == once


def test_both_are_listed_for_review(tmp_path: Path) -> None:
    ingest(tmp_path, *entries(PAIRS["two places"]))
    index = PaperIndex(Store(tmp_path).read_all())
    ids = sorted(paper.id for paper in Store(tmp_path).read_all())
    assert list(index.undecided_pairs()) == [tuple(ids)]


def test_what_makes_entries_of_one_file_one_paper_is_said(tmp_path: Path) -> None:
    preprint = "@misc{pre, author = {Ost, Pia}, year = 2020, title = {Particles in the names of kites}, eprint = {2001.00026}}"
    printed = "@article{print, author = {Ost, P.}, year = 2021, title = {Particles in the Names of Kites}, doi = {10.5555/k.26}}"
    plain = (
        "@misc{plain, author = {Ost, Pia}, year = 2020, title = {Particles in the names of kites}}"
    )
    ingest(tmp_path, ("a.bib", f"{preprint}\n{printed}\n{plain}"))
    [paper] = Store(tmp_path).read_all()
    assert paper.id == "arxiv:2001.00026"
    reasons = {
        former: merge_reason(paper, former, {}, registry().ranking) for former in paper.aliases
    }
    assert len(reasons) == 2
    for reason in reasons.values():
        assert reason.startswith("their titles are the same, their authors agree, their years")
