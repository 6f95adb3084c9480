"""Ids stamped on papers that are not theirs: no order unites two papers, loses one, or decides what is held."""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from paper_digest.identity.matching import PaperIndex
from paper_digest.model.paper import Author, Paper, Sighting
from stated_papers import ingest_stated

PAPERS = (
    ("Paper kites over northern waters in summer", ("Ada Lund", "Bo Quist"), "2021"),
    ("Glue temperatures inside wooden laboratories", ("Carla Rem", "Dov Stein"), "2022"),
    ("Counting herring boats with cheap cameras", ("Finn Ude",), "2021"),
)
DOIS = tuple(f"10.5555/k.{n}" for n in range(len(PAPERS)))
ARXIV_IDS = tuple(f"arxiv:2{n + 1}05.0000{n}" for n in range(len(PAPERS)))


class Said(NamedTuple):
    """What a source says."""

    source: str
    paper: Paper


def said(source: str, number: int, arxiv_id: str = "", doi: str = "", entry: str = "") -> Said:
    """Let a source speak of one of the papers, with ids that may be another's."""
    title, authors, year = PAPERS[number]
    paper_id = arxiv_id or (f"doi:{doi}" if doi else "title:")
    return Said(
        source,
        Paper(
            id=paper_id,
            doi=doi,
            title=title,
            authors=tuple(map(Author, authors)),
            published=year,
            sightings=(Sighting(source, entry or paper_id, entry=entry),),
        ),
    )


def stored(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): p.read_text("utf-8") for p in root.rglob("*.md")}


def facts(files: dict[str, str]) -> dict[str, str]:
    """Leave out under which title's id a paper was known in between, whose address leads on."""
    facts_of = {}
    for name, text in files.items():
        bare = re.sub(r"# checksum: .*\n", "", re.sub(r'"title:[0-9a-f]+"(?:, )?', "", text))
        facts_of[name] = re.sub(r"aliases: \[\]\n", "", bare.replace(", ]", "]"))
    return facts_of


def in_every_order(statements: Sequence[Said]) -> Iterator[tuple[Path, Sequence[Said]]]:
    for order in permutations(statements):
        with tempfile.TemporaryDirectory() as place:
            yield Path(place), order


def any_statements(chance: random.Random) -> list[Said]:
    """Make up to four statements, each with the paper's own ids, another's, or none."""
    statements = []
    for n in range(chance.choice((2, 3, 4))):
        number = chance.randrange(len(PAPERS))
        wrong = chance.randrange(len(PAPERS))
        source = chance.choice(("bibtex", "csl", "ris", "dblp", "arxiv", "crossref"))
        doi = chance.choice((DOIS[number], DOIS[wrong], ""))
        arxiv_id = chance.choice((ARXIV_IDS[number], ARXIV_IDS[wrong], ""))
        if source == "crossref":
            statements.append(said(source, number, doi=DOIS[number]))
        elif source == "arxiv":
            statements.append(said(source, number, ARXIV_IDS[number], doi))
        else:
            statements.append(said(source, number, arxiv_id, doi, entry=f"e{n}"))
    return statements


@pytest.mark.parametrize("seed", range(60))
def test_no_order_makes_one_of_two_papers_or_loses_one(seed: int) -> None:
    statements = any_statements(random.Random(seed))  # noqa: S311 - cases, no secrets
    titles = {statement.paper.title for statement in statements}
    for root, order in in_every_order(statements):
        papers = ingest_stated(root, order)
        assert {paper.title for paper in papers} == titles, order
        for paper in papers:
            others = {str(c.differs.get("title", paper.title)) for c in paper.claims}
            assert others == {paper.title}, order
            arxiv_ids = [i for i in (paper.id, *paper.aliases) if i.startswith("arxiv:")]
            assert len(arxiv_ids) <= 1, order


@pytest.mark.parametrize("kind", ["doi", "arxiv"])
@pytest.mark.parametrize("owner", ["is known", "is not known"])
def test_one_id_on_two_papers_gives_one_archive_in_every_order(kind: str, owner: str) -> None:
    def stamped(number: int, entry: str, **more: str) -> Said:
        own = {"doi": DOIS[0]} if kind == "doi" else {"arxiv_id": ARXIV_IDS[0]}
        return said("bibtex", number, entry=entry, **own, **more)

    statements = [stamped(0, "right"), stamped(1, "wrong"), stamped(2, "wrong too")]
    if owner == "is known":
        ids = {"doi": DOIS[0]} if kind == "doi" else {"arxiv_id": ARXIV_IDS[0]}
        statements.append(said("crossref" if kind == "doi" else "arxiv", 0, **ids))
    else:
        statements.append(said("ris", 1, entry="without an id"))
    outcomes = []
    for root, order in in_every_order(statements):
        assert len(ingest_stated(root, order)) == 3, order
        once = stored(root)
        ingest_stated(root, order)
        assert stored(root) == once, order
        outcomes.append(facts(once))
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_record_that_loses_its_id_to_its_owner_is_held_under_its_other_one(
    tmp_path: Path,
) -> None:
    doi = DOIS[0]
    statements = [
        said("ris", 0, ARXIV_IDS[1], doi, entry="e0"),
        said("ris", 0, doi=doi, entry="e1"),
        said("arxiv", 1, ARXIV_IDS[1]),
    ]
    papers = {paper.id: paper.title for paper in ingest_stated(tmp_path, statements)}
    assert papers == {f"doi:{doi}": PAPERS[0][0], ARXIV_IDS[1]: PAPERS[1][0]}


def test_the_other_id_of_a_record_that_lost_one_may_be_anothers_too() -> None:
    statements = [
        said("csl", 1, ARXIV_IDS[1], DOIS[0], entry="e0"),
        said("crossref", 0, doi=DOIS[0]),
        said("bibtex", 2, ARXIV_IDS[1], DOIS[2], entry="e1"),
    ]
    for root, order in in_every_order(statements):
        papers = {paper.title: paper for paper in ingest_stated(root, order)}
        assert papers.keys() == {title for title, *_ in PAPERS}
        assert papers[PAPERS[0][0]].id == f"doi:{DOIS[0]}"
        assert papers[PAPERS[1][0]].doi == ""


def test_a_doi_unites_no_two_ids_of_arxiv(tmp_path: Path) -> None:
    statements = [
        said("csl", 0, ARXIV_IDS[0], DOIS[0], entry="e0"),
        said("dblp", 0, ARXIV_IDS[1], DOIS[0], entry="e1"),
        said("crossref", 0, doi=DOIS[0]),
    ]
    assert len(ingest_stated(tmp_path, statements)) == 3


@pytest.mark.parametrize("source", ["crossref", "datacite", "biorxiv"])
def test_who_registers_a_doi_keeps_it(source: str) -> None:
    for root, order in in_every_order(
        [said(source, 0, doi=DOIS[0]), said("bibtex", 1, doi=DOIS[0], entry="e")]
    ):
        papers = {paper.title: paper for paper in ingest_stated(root, order)}
        assert papers[PAPERS[0][0]].id == f"doi:{DOIS[0]}"
        assert papers[PAPERS[1][0]].id_kind == "title"


def test_a_doi_that_is_anothers_stays_what_its_source_states(tmp_path: Path) -> None:
    papers = ingest_stated(
        tmp_path,
        [
            said("bibtex", 1, doi=DOIS[0], entry="wrong"),
            said("crossref", 0, doi=DOIS[0]),
            said("dblp", 1, doi=DOIS[1], entry="right"),
        ],
    )
    [paper] = (paper for paper in papers if paper.title == PAPERS[1][0])
    assert (paper.id, paper.doi) == (f"doi:{DOIS[1]}", DOIS[1])
    assert {c.source: c.differs.get("doi") for c in paper.claims} == {
        "bibtex": DOIS[0],
        "dblp": None,
    }


@pytest.mark.parametrize("source", ["arxiv", "dblp", "bibtex"])
@pytest.mark.parametrize("registry_name", ["crossref", "datacite"])
def test_a_doi_stated_beside_an_id_is_believed_of_whom_it_was_given_to(
    source: str, registry_name: str
) -> None:
    statements = [
        said(source, 1, ARXIV_IDS[1], DOIS[0], entry="" if source == "arxiv" else "e"),
        said("arxiv", 0, ARXIV_IDS[0], DOIS[0]),
        said(registry_name, 0, doi=DOIS[0]),
    ]
    outcomes = []
    for root, order in in_every_order(statements):
        ingest_stated(root, order)
        once = stored(root)
        papers = {paper.title: paper for paper in ingest_stated(root, order)}
        assert stored(root) == once, order
        assert {title: (p.id, p.doi) for title, p in papers.items()} == {
            PAPERS[0][0]: (ARXIV_IDS[0], DOIS[0]),
            PAPERS[1][0]: (ARXIV_IDS[1], ""),
        }
        assert papers[PAPERS[1][0]].disputed_ids == (f"doi:{DOIS[0]}",)
        assert [c.differs["doi"] for c in papers[PAPERS[1][0]].claims] == [DOIS[0]]
        assert list(PaperIndex(papers.values()).clashes()) == [
            (f"doi:{DOIS[0]}", ARXIV_IDS[0], ARXIV_IDS[1])
        ]
        outcomes.append(facts(once))
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_doi_of_which_no_registry_spoke_stays_with_both_and_is_asked_about() -> None:
    statements = [
        said("arxiv", 0, ARXIV_IDS[0], DOIS[0]),
        said("bibtex", 1, doi=DOIS[0], entry="wrong"),
    ]
    for root, order in in_every_order(statements):
        papers = ingest_stated(root, order)
        assert [paper.doi for paper in papers] == [DOIS[0]] * 2
        assert list(PaperIndex(papers).undecided_pairs()) == [(ARXIV_IDS[0], f"doi:{DOIS[0]}")]


def test_a_title_in_another_script_costs_no_paper_its_doi() -> None:
    original = Paper(
        id=f"doi:{DOIS[0]}",
        doi=DOIS[0],
        title="Бумажные змеи над северными водами",
        authors=(Author("Лунд"), Author("Квист")),
        published="2021",
        sightings=(Sighting("crossref", f"doi:{DOIS[0]}"),),
    )
    statements = [said("arxiv", 0, ARXIV_IDS[0], DOIS[0]), Said("crossref", original)]
    for root, order in in_every_order(statements):
        papers = ingest_stated(root, order)
        assert [paper.doi for paper in papers] == [DOIS[0]] * 2
        assert list(PaperIndex(papers).undecided_pairs()) == [(ARXIV_IDS[0], f"doi:{DOIS[0]}")]
