"""A paper that sources print differently, each with some of its ids or none, is one archive in every order."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.features import features
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.similarity import compare_records
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.sources.registry import registry
from stated_papers import ingest_stated

TITLE = "Paper kites over northern waters in summer"
TITLES = (TITLE, TITLE.upper(), f"{TITLE}.", f"{TITLE}: a study")
NAMES = (("Ada Lund", "Bo Quist"), ("A. Lund", "B. Quist"))
ABSTRACT = (
    "We fold kites of paper and of glue, and measure how long each of them stays above the water "
    "when winds are strong and the sea is rough in winter."
)
PLACE = ("Kite Studies", "Kite Studies 3, 1\N{EN DASH}9, 2021")
DOI = "10.5555/k.1"
#: The id that a source gives out itself; others give any, or none.
OWN_IDS = {"arxiv": "arxiv:2101.00001", "crossref": f"doi:{DOI}", "acl": "acl:2021.k-main.1"}


def printing(chance: random.Random, number: int) -> tuple[str, Paper]:
    """Let a source print the paper: in its form of the title, the names and the year, with what it knows."""
    source = chance.choice((*OWN_IDS, "bibtex", "ris", "csl", "dblp", "feed"))
    own_id = OWN_IDS.get(source)
    paper_id = own_id or chance.choice((*OWN_IDS.values(), "title:", "title:", "title:"))
    venue, journal_ref = ("", "") if source == "arxiv" else chance.choice((("", ""), PLACE))
    return source, Paper(
        id=paper_id,
        doi=DOI if paper_id.startswith("doi:") else "",
        title=chance.choice(TITLES),
        authors=tuple(map(Author, chance.choice(NAMES))),
        published=chance.choice(("2020", "2021", "2022", "")),
        venue=venue,
        journal_ref=journal_ref,
        abstract=chance.choice((ABSTRACT, "")),
        sightings=(Sighting(source, f"e{number}", entry=f"e{number}"),),
    )


def ingest(root: Path, printings: Sequence[tuple[str, Paper]]) -> dict[str, bytes]:
    # Under which ids of its title it was known in between does not matter.
    bare = {p.id: p.claims for p in ingest_stated(root, printings)}
    return {paper_id: repr(claims).encode() for paper_id, claims in bare.items()}


@pytest.mark.parametrize("seed", range(60))
def test_printings_of_one_paper_are_one_archive_in_every_order(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    printings = [printing(chance, number) for number in range(chance.choice((3, 3, 4)))]
    outcomes = []
    for order in permutations(printings):
        with tempfile.TemporaryDirectory() as place:
            outcomes.append(ingest(Path(place), order))
            assert ingest(Path(place), order) == outcomes[-1], order
    assert all(outcome == outcomes[0] for outcome in outcomes), printings


def test_what_unites_two_records_unites_them_still_when_more_is_known_of_either() -> None:
    chance = random.Random(7)  # noqa: S311 - cases, no secrets
    united = 0
    for _ in range(400):
        one, more, other = (
            attribute_fields(paper, source, "2026-03-01")
            for source, paper in (printing(chance, number) for number in range(3))
        )
        if compare_records(features(one), features(other)) != "same":
            continue
        both = merge_papers(one, more, registry().ranking)
        assert compare_records(features(both), features(other)) == "same", (one, more, other)
        assert compare_records(features(other), features(both)) == "same", (one, more, other)
        united += 1
    assert united > 100


def test_of_two_papers_that_it_may_be_it_is_the_one_whose_id_it_shares() -> None:
    names = tuple(map(Author, NAMES[0]))
    known = PaperIndex([
        Paper(id="acl:2021.k-main.1", doi=DOI, title=TITLE, authors=names, published="2021", venue="ACL"),
        Paper(id="title:0123456789abcdef", title=TITLE, authors=names, published="2021", venue="Kite Studies"),
    ])  # fmt: skip
    fits_both = Paper(id="arxiv:2101.00001", title=TITLE, authors=names, published="2021")
    assert known.duplicates_of(fits_both) == []
    with_doi = Paper(id="arxiv:2101.00001", doi=DOI, title=TITLE, authors=names, published="2021")
    assert known.duplicates_of(with_doi) == ["acl:2021.k-main.1"]


def test_an_id_of_arxiv_says_the_year_of_a_record_that_has_no_date() -> None:
    counted = features(
        Paper(id="title:0123456789abcdef", title=TITLE, author_count=2, published="2021")
    )
    for month, compared in (("2101", "same"), ("2001", "unsure"), ("1301", "different")):
        names = tuple(map(Author, NAMES[0]))
        undated = features(Paper(id=f"arxiv:{month}.00001", title=TITLE, authors=names))
        assert compare_records(undated, counted) == compared, month
