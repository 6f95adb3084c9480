"""What a person decides about one of two united papers goes with it where they are taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from paper_digest.cli.main import cli
from paper_digest.ingest.propose import propose_paper
from paper_digest.model.errors import DigestError
from paper_digest.model.ids import slug
from paper_digest.store.files import Store
from paper_digest.store.overrides import load_overrides
from paper_digest.store.picks import load_picks
from paper_digest.store.proposals import Proposal, load_proposals
from temporary_project import new_project

KITES = """\
@article{kites, title = {Kites Over a Made-up Harbour at Dawn}, author = {Doe, Ada}, year = 2023,
  eprint = {2303.00001}, archiveprefix = {arXiv}}
"""
LAMPS = """\
TY  - JOUR
TI  - Lamps in a Made-up Street at Dusk
AU  - Doe, Ada
PY  - 2021
DO  - 10.1234/lamps
JO  - Lamp Days
ER  -
"""
PRESENT, FORMER = "arxiv:2303.00001", "doi:10.1234/lamps"
#: What a person may call either, and whose paper that is.
NAMES = {
    PRESENT: PRESENT,
    "2303.00001": PRESENT,
    FORMER: FORMER,
    "10.1234/lamps": FORMER,
    "https://doi.org/10.1234/LAMPS": FORMER,
    slug(FORMER): FORMER,
}
COMMANDS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "hide": lambda name: ("hide", name),
    "pin": lambda name: ("pin", name),
    "topics": lambda name: ("retag", name, "agents"),
    "fix": lambda name: ("fix", name, "venue=Harbour"),
}


def digest(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--root", str(root)], catch_exceptions=False)


@pytest.fixture
def united(tmp_path: Path) -> Path:
    root = new_project(tmp_path / "project")
    for source, name, text in (("bibtex", "a.bib", KITES), ("ris", "b.ris", LAMPS)):
        (root / name).write_text(text)
        assert digest(root, "ingest", source, str(root / name)).exit_code == 0
    assert digest(root, "same", PRESENT, FORMER).exit_code == 0
    return root


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", COMMANDS)
def test_a_decision_is_about_the_paper_that_was_named(united: Path, kind: str, name: str) -> None:
    assert digest(united, *COMMANDS[kind](name)).exit_code == 0
    said = digest(united, "unmerge", PRESENT, FORMER).output
    assert f"What is decided about {NAMES[name]} ({kind}) is about that paper alone now." in said
    assert said.count("is decided about") == 1
    assert {paper.id for paper in Store(united / "archive").read_all()} == {PRESENT, FORMER}
    [override] = load_overrides(united / "archive", None).values()
    assert override.id == NAMES[name]
    undo = ("--forget", "venue") if kind == "fix" else ("--undo",)
    command = "retag" if kind == "topics" else kind
    assert digest(united, command, NAMES[name], *undo).exit_code == 0
    assert load_overrides(united / "archive", None) == {}


@pytest.mark.parametrize("first", NAMES)
@pytest.mark.parametrize("second", NAMES)
def test_two_decisions_about_a_united_paper_are_one_entry(
    united: Path, first: str, second: str
) -> None:
    assert digest(united, "hide", first).exit_code == 0
    assert digest(united, "retag", second, "agents").exit_code == 0
    [override] = load_overrides(united / "archive", None).values()
    assert (override.id, override.hide, override.topics) == (NAMES[first], True, ("agents",))


def test_a_corrected_name_goes_with_the_paper_that_was_named(united: Path) -> None:
    assert digest(united, "correct-author", "Ada Doe", "Ada Roe", FORMER).exit_code == 0
    assert {*load_overrides(united / "archive", None)} == {FORMER}


@pytest.mark.parametrize("name", NAMES)
def test_a_pick_is_of_the_paper_that_was_named(united: Path, name: str) -> None:
    words = ("--because", "It is short.", "--by", "Ada", "--date", "2026-03-03")
    assert digest(united, "pick", name, *words).exit_code == 0
    for other in NAMES:
        with pytest.raises(DigestError, match="is the pick of 2026-03-03 on line 1 already"):
            digest(united, "pick", other, *words)
    assert [pick.paper for pick in load_picks(united / "archive", [])] == [NAMES[name]]


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_proposed_once_under_all_its_names(united: Path, name: str) -> None:
    propose_paper(united, name, Proposal("", issue=7))
    for other in NAMES:
        with pytest.raises(DigestError, match="is proposed already in issue 7"):
            propose_paper(united, other, Proposal("", issue=8))
        propose_paper(united, other, Proposal("", issue=7))
    proposals = load_proposals(united / "archive", [])
    assert [proposal.paper for proposal in proposals] == [NAMES[name]]


def test_where_nothing_is_decided_nothing_is_said_of_it(united: Path) -> None:
    assert "decided" not in digest(united, "unmerge", PRESENT).output
