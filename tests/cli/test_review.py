"""Pairs of records before a person: side by side, in a file, as JSON; and merges undone."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.cli.main import cli
from paper_digest.cli.pair_table import pair_rows
from paper_digest.ingest.review import ReviewPair
from paper_digest.ingest.review_file import read_verdicts
from paper_digest.model.errors import DigestError
from paper_digest.model.paper import Author, Paper
from paper_digest.store.files import Store

PREPRINT = """\
@article{kites2023, title = {Kites Over a Made-up Harbour at Dawn}, author = {Doe, Ada and Roe, Bo},
  year = 2023, eprint = {2303.00001}, archiveprefix = {arXiv}}
"""
PRINTED = """\
@article{doe2026, title = {Kites Over a Made-up Harbour at Dawn}, author = {Doe, Ada and Roe, Bo},
  year = 2026, doi = {10.1234/kites.2026}, journal = {Journal of Invented Results}, volume = 7}
"""
UNRELATED = """\
@book{poe, title = {Seventeen Recipes for a Lamp without Oil}, author = {Poe, Cy}, year = 1999,
  eprint = {2303.00001}, archiveprefix = {arXiv}}
"""
ARXIV, DOI = "arxiv:2303.00001", "doi:10.1234/kites.2026"


def digest(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--root", str(root)], catch_exceptions=False)


def ingest(root: Path, name: str, text: str) -> str:
    (root / name).write_text(text)
    return digest(root, "ingest", "bibtex", str(root / name)).output


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """An archive of two records that may be one paper."""
    ingest(tmp_path, "a.bib", PREPRINT)
    ingest(tmp_path, "b.bib", PRINTED)
    return tmp_path


def ids(root: Path) -> dict[str, tuple[str, ...]]:
    return {paper.id: paper.aliases for paper in Store(root / "archive").read_all()}


@pytest.mark.parametrize("words", [(), ("--json",), ("--write", "pairs.txt")])
def test_a_record_that_cannot_be_read_is_named(two: Path, words: tuple[str, ...]) -> None:
    """Of it nobody knows whether it is another's paper: that there is nothing to decide would be a guess."""
    store = Store(two / "archive")
    path = store.path(DOI)
    path.write_text(path.read_text("utf-8").replace("title:", "title"), "utf-8")
    shown = digest(two, "review", *(str(two / w) if w.endswith(".txt") else w for w in words))
    assert shown.exit_code == 1
    assert f"{path.name}:" in shown.output
    assert "left out of the pairs" in shown.output


def test_a_run_names_the_pairs_it_did_not_unite(tmp_path: Path) -> None:
    ingest(tmp_path, "a.bib", PREPRINT)
    output = ingest(tmp_path, "b.bib", PRINTED)
    assert f"{ARXIV} and {DOI} may be one paper" in output
    assert "1 pair of records was not united though much speaks for it: digest review" in output


def test_a_pair_is_shown_side_by_side_with_what_differs_marked(two: Path) -> None:
    output = digest(two, "review").output
    rows = {line.split()[0]: line for line in output.splitlines() if line.strip()}
    assert "= Kites Over" in rows["title"]
    assert "≠ 2023" in rows["published"]
    assert rows["doi"].split()[1:] == ["│", "10.1234/kites.2026"]
    assert "their years are two or three apart" in output
    for verdict in ("same", "different", "later"):
        assert f"digest review --{verdict} {ARXIV} {DOI}" in output
    assert "1 pair to decide" in output


def test_pairs_as_json_hold_both_records(two: Path) -> None:
    [pair] = json.loads(digest(two, "review", "--json").output)["pairs"]
    assert (pair["one"]["id"], pair["two"]["id"]) == (ARXIV, DOI)
    assert pair["why"].startswith("their titles are the same")


@pytest.mark.parametrize("verdict", ["same", "different", "later"])
def test_pairs_are_decided_in_a_file(two: Path, verdict: str) -> None:
    file = two / "pairs.txt"
    assert f"digest review --read {file}" in digest(two, "review", "--write", str(file)).output
    text = file.read_text()
    assert f"\nlater {ARXIV} {DOI}\n#   id" in text
    file.write_text(text.replace("\nlater ", f"\n{verdict} "))
    assert digest(two, "review", "--read", str(file)).exit_code == 0
    assert ids(two) == ({ARXIV: (DOI,)} if verdict == "same" else {ARXIV: (), DOI: ()})
    assert ("nothing to decide" in digest(two, "review").output) == (verdict != "later")


def test_a_wrong_line_of_the_file_is_named_and_stops_no_other(two: Path) -> None:
    file = two / "pairs.txt"
    file.write_text(
        f"maybe {ARXIV} {DOI}\nsame {ARXIV}\nsame doi:10.1000/a doi:10.1000/b\nsame {ARXIV} {DOI}\n"
    )
    result = digest(two, "review", "--read", str(file))
    assert result.exit_code == 1
    assert f"{file}:1" in result.output
    assert f"{file}:2" in result.output
    assert (
        "doi:10.1000/a: is not in the archive, so doi:10.1000/a and doi:10.1000/b stay"
        in result.output
    )
    assert ids(two) == {ARXIV: (DOI,)}


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_a_verdict_of_the_file_that_cannot_be_kept_is_wrong(two: Path, verdict: str) -> None:
    """Whoever runs it in a script, quietly or for its JSON, learns that a line did nothing."""
    file = two / "pairs.txt"
    file.write_text(f"{verdict} doi:10.1000/a doi:10.1000/b\n{verdict} {ARXIV} {DOI}\n")
    for more in ((), ("--quiet",), ("--json",)):
        result = digest(two, "review", "--read", str(file), *more)
        assert result.exit_code == 1
        assert "doi:10.1000/a: is not in the archive" in result.stderr
    [problem] = json.loads(result.stdout)["problems"]
    assert problem["cure"] == "copy the id from `digest review`"
    assert ids(two) == ({ARXIV: (DOI,)} if verdict == "same" else {ARXIV: (), DOI: ()})


def test_two_former_ids_are_no_strangers(two: Path) -> None:
    """They stand in records of others, or both in one, which `digest unmerge` takes asunder."""
    third = Paper(id="arxiv:2303.00009", title="Lamps", aliases=("doi:10.1234/a", "doi:10.1234/b"))
    Store(two / "archive").write([third])
    digest(two, "same", ARXIV, DOI)
    with pytest.raises(DigestError, match=f"{third.id} holds doi:10.1234/a and doi") as refused:
        digest(two, "different", "doi:10.1234/a", "doi:10.1234/b")
    assert refused.value.problem.cure == f"digest unmerge {third.id} doi:10.1234/b"
    assert "stay two papers" in digest(two, "different", DOI, "doi:10.1234/a").stdout
    assert ids(two) == {ARXIV: (DOI,), third.id: third.aliases}
    with pytest.raises(DigestError, match=r"doi:10\.1234/c: is not in the archive"):
        digest(two, "different", DOI, "doi:10.1234/c")


def test_one_id_of_two_papers_is_listed_with_both_sides(tmp_path: Path) -> None:
    ingest(tmp_path, "a.bib", PREPRINT)
    output = ingest(tmp_path, "c.bib", UNRELATED)
    # The cure can be typed as it stands.
    command = output.split("if they are one paper: digest ")[1].split("\n")[0].split()
    listed = digest(tmp_path, "review").output
    assert f"one id of two papers: {ARXIV}" in listed
    assert "Seventeen" in listed
    assert "Kites" in listed
    assert "holds both" in digest(tmp_path, *command).output
    assert "nothing to decide" in digest(tmp_path, "review").output
    assert "of two papers" not in ingest(tmp_path, "d.bib", UNRELATED)


def test_a_merge_is_undone_by_source_and_stays_undone(tmp_path: Path) -> None:
    work = {"DOI": "10.1234/kites.2026", "title": ["Kites Over a Made-up Harbour at Dawn"],
            "author": [{"given": "Ada", "family": "Doe"}, {"given": "Bo", "family": "Roe"}],
            "issued": {"date-parts": [[2023]]}, "container-title": ["Journal of Invented Results"],
            "relation": {"has-preprint": [{"id-type": "arxiv", "id": "2303.00001"}]}}  # fmt: skip
    answer = {"message-type": "work", "message": work}

    def ingest_both() -> None:
        ingest(tmp_path, "a.bib", PREPRINT)
        (tmp_path / "work.json").write_text(json.dumps(answer))
        digest(tmp_path, "ingest", "crossref", str(tmp_path / "work.json"))

    ingest_both()
    store = Store(tmp_path / "archive")
    [united] = store.read_all()
    assert (united.id, united.aliases, united.venue) == (
        ARXIV,
        (DOI,),
        "Journal of Invented Results",
    )
    assert "of its own again, with what Crossref said" in digest(tmp_path, "unmerge", DOI).output
    preprint, printed = sorted(store.read_all(), key=lambda p: p.id)
    assert (preprint.id, preprint.aliases, preprint.venue, preprint.doi) == (ARXIV, (), "", "")
    assert (printed.id, printed.venue) == (DOI, "Journal of Invented Results")
    assert (
        {c.source for c in preprint.claims} == {"bibtex"} == {s.source for s in preprint.sightings}
    )
    assert (
        {c.source for c in printed.claims} == {"crossref"} == {s.source for s in printed.sightings}
    )
    ingest_both()
    assert ids(tmp_path) == {ARXIV: (), DOI: ()}
    # A dump of the archive as it was brings the union back to neither.
    (tmp_path / "dump.jsonl").write_bytes(msgspec.json.encode(united) + b"\n")
    assert digest(tmp_path, "ingest", "jsonl", str(tmp_path / "dump.jsonl")).exit_code == 0
    assert ids(tmp_path) == {ARXIV: (), DOI: ()}
    assert store.get(ARXIV).venue == ""  # type: ignore[union-attr]  # it is there, as the line above shows


def test_what_one_source_said_of_both_in_two_entries_is_told_apart(two: Path) -> None:
    digest(two, "review", "--same", ARXIV, DOI)
    output = digest(two, "unmerge", ARXIV, DOI).output
    assert f"{DOI} has a record of its own again, with what BibTeX said" in output
    assert ids(two) == {ARXIV: (), DOI: ()}
    ingest(two, "a.bib", PREPRINT)
    ingest(two, "b.bib", PRINTED)
    assert ids(two) == {ARXIV: (), DOI: ()}
    ingest(two, "both.bib", PREPRINT + PRINTED)
    assert ids(two) == {ARXIV: (), DOI: ()}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("arxiv:9999.00001",), "is not in the archive"),
        ((ARXIV,), "it has no former id"),
        ((ARXIV, "doi:10.1000/other"), "was not merged with"),
    ],
)
def test_there_is_nothing_to_undo(two: Path, words: tuple[str, ...], why: str) -> None:
    result = CliRunner().invoke(cli, ["unmerge", *words, "--root", str(two)])
    assert why in str(result.exception)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60
)
PAPERS = st.builds(
    Paper,
    id=st.just("title:0000000000000001"),
    title=st.lists(WORDS, max_size=12).map(" ".join),
    authors=st.lists(WORDS.map(Author), max_size=12).map(tuple),
)


@given(PAPERS, PAPERS, st.integers(0, 300))
def test_no_word_is_lost_side_by_side_and_no_row_is_too_wide(
    one: Paper, two: Paper, width: int
) -> None:
    rows = list(pair_rows(ReviewPair(one, two, "because"), width))
    assert all(len(row) <= max(width, 11 + 5 + 2 * 24) for row in rows[:-1])
    shown = "".join("".join(rows).split())
    for word in f"{one.title} {two.title}".split():
        assert word[:20] in shown


@given(st.text())
def test_any_text_is_read_or_named(text: str) -> None:
    verdicts, problems = read_verdicts(text, "pairs.txt")
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(verdicts) + len(problems) <= len(lines)


def test_explain_says_what_a_person_decided_and_what_agreed_in_two_entries(tmp_path: Path) -> None:
    by_hand, by_rule = tmp_path / "hand", tmp_path / "rule"
    for root, printed in (
        (by_hand, PRINTED),
        (by_rule, PRINTED.replace("year = 2026", "year = 2023")),
    ):
        root.mkdir()
        (root / "archive.yml").write_text("title: Kites\n")
        ingest(root, "a.bib", PREPRINT)
        ingest(root, "b.bib", printed)
    digest(by_hand, "review", "--same", ARXIV, DOI)
    assert "one paper, because a person decided so" in digest(by_hand, "explain", ARXIV).output
    assert ids(by_rule) == {ARXIV: (DOI,)}
    reason = "one paper, because their titles are the same, their authors agree, their years agree"
    assert reason in digest(by_rule, "explain", DOI).output


def test_explain_names_the_registry_the_doi_and_the_rule(tmp_path: Path) -> None:
    def because(doi: str, venue: str, **more: object) -> str:
        root = tmp_path / venue
        root.mkdir()
        work = {"DOI": doi, "title": ["Kites Over a Made-up Harbour at Dawn"],
                "author": [{"given": "Ada", "family": "Doe"}, {"given": "Bo", "family": "Roe"}],
                "issued": {"date-parts": [[2023]]}, "container-title": [venue], **more}  # fmt: skip
        ingest(root, "a.bib", PREPRINT.replace("year =", "doi = {10.1234/stated}, year ="))
        (root / "w.json").write_text(json.dumps({"message-type": "work", "message": work}))
        digest(root, "ingest", "crossref", str(root / "w.json"))
        (root / "archive.yml").write_text("title: Kites\n")
        output = digest(root, "explain", ARXIV).output
        return output.split("one paper, because ")[1].split("\n")[0]

    assert because("10.1234/stated", "A") == "BibTeX and Crossref state the DOI 10.1234/stated"
    relation = {"is-version-of": [{"id-type": "arxiv", "id": "2303.00001"}]}
    stated = because("10.1234/other", "B", relation=relation)
    assert stated == "a registry states that it is arxiv:2303.00001 too"
