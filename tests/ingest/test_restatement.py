"""The newer statement of a source wins, whatever its file is called; what says nothing new writes nothing."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from paper_digest.cli.explain import explain_paper
from paper_digest.ingest.files import ingest_files
from paper_digest.ingest.report import IngestReport
from paper_digest.model.paper import Paper
from paper_digest.settings.config import Config
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

FIRST = """@article{quill1, doi = {10.1234/kites}, title = {Kites in a Strom}, author = {Quill, Zo},
  year = 2018, journal = {Annals of Strings}, note = {to appear}}"""
MENDED = """@article{quill1, doi = {10.1234/kites}, title = {Kites in a Storm}, author = {Quill, Zoe},
  year = 2019, journal = {Annals of Kites}}"""


def read(
    store: Store,
    text: str,
    name: str,
    saved_on: str = "",
    today: str = "2026-03-02",
    source: str = "bibtex",
) -> IngestReport:
    streams = [(name, io.BytesIO(text.encode()))]
    return ingest_files(
        store, registry().source(source), streams, saved_on, date.fromisoformat(today)
    )


def only(store: Store) -> Paper:
    [paper] = store.read_all()
    return paper


def assert_mended(store: Store) -> None:
    paper = only(store)
    assert (paper.title, paper.authors[0].name, paper.published, paper.comment) == (
        "Kites in a Storm",
        "Zoe Quill",
        "2019",
        "",
    )
    assert "Annals of Kites" in (paper.venue, paper.journal_ref)
    told = "\n".join(explain_paper(store, Config("Notes"), paper.id))
    for before in ("Kites in a Strom", "Zo Quill", "2018", "Annals of Strings", "to appear"):
        assert before in told


def test_a_corrected_file_read_later_on_the_same_day_wins(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, FIRST, "a.bib")
    assert read(store, MENDED, "b.bib").changed
    assert_mended(store)
    assert not read(store, MENDED, "b.bib").changed


@pytest.mark.parametrize("days", [("2026-01-01", "2026-02-01"), ("", "2026-03-02")])
def test_the_later_date_wins_in_either_order(tmp_path: Path, days: tuple[str, str]) -> None:
    readings = [(FIRST, days[0] or "2026-03-01"), (MENDED, days[1])]
    stores = []
    for number, order in enumerate((readings, readings[::-1])):
        store = Store(tmp_path / str(number))
        for text, day in order:
            read(store, text, "list.bib", day)
        assert_mended(store)
        stores.append([path.read_bytes() for path in store.paths()])
    assert stores[0] == stores[1]


def test_the_same_bytes_read_on_another_day_write_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, MENDED, "a.bib")
    before = [path.read_bytes() for path in store.paths()]
    assert not read(store, MENDED, "a.bib", today="2026-03-03").changed
    assert [path.read_bytes() for path in store.paths()] == before


def test_two_entries_are_two_statements(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, FIRST, "a.bib")
    read(store, MENDED.replace("quill1", "quill2"), "b.bib")
    entries = {claim.entry for claim in only(store).claims if claim.agrees or claim.differs}
    assert entries == {"quill1", "quill2"}
    assert only(store).comment == "to appear"


def test_hugging_face_figures_that_did_not_change_write_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    entry = {
        "paper": {
            "id": "2503.00010",
            "title": "Boats",
            "upvotes": 3,
            "githubRepo": "https://github.com/example/boats",
            "githubStars": 7,
        },
        "publishedAt": "2025-03-01T00:00:00Z",
    }

    def ask(day: str) -> IngestReport:
        return read(store, json.dumps([entry]), "2025-03-03.json", day, "2026-01-01", "huggingface")

    assert ask("2025-03-03").new
    assert not ask("2025-03-04").changed
    entry["paper"]["upvotes"] = 4  # type: ignore[index]
    assert ask("2025-03-05").changed
    assert [s.upvotes for s in only(store).sightings] == [4]


ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2023.kit"><volume id="1" type="proceedings"><meta><booktitle>Proceedings of Kites</booktitle>
<month>May</month><year>2023</year></meta><paper id="4"><title>Kites that fold</title>{authors}
<url hash="x">2023.kit-1.4</url><bibkey>quill</bibkey></paper></volume></collection>"""
REVERSED = "<author><first>Quill</first><last>Zoe</last></author>"
REPAIRED = "<author><first>Zoe</first><last>Quill</last></author>"


def test_names_that_the_anthology_repaired_are_repaired(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, ANTHOLOGY.format(authors=REVERSED), "a.xml", source="acl")
    assert only(store).authors[0].name == "Quill Zoe"
    assert read(store, ANTHOLOGY.format(authors=REPAIRED), "b.xml", source="acl").changed
    assert [(a.name, a.family) for a in only(store).authors] == [("Zoe Quill", "Quill")]


def snapshot(version: int, title: str) -> str:
    """Write a line of arXiv's bulk metadata."""
    versions = [
        {"version": f"v{n}", "created": f"Mon, {n + 1} Mar 2024 10:00:00 GMT"}
        for n in range(1, version + 1)
    ]
    return json.dumps({
        "id": "2403.00017", "submitter": "Zoe Quill", "authors": "Zoe Quill", "title": title,
        "comments": None, "journal-ref": None, "doi": None, "report-no": None,
        "categories": "cs.RO", "license": None, "abstract": "  We fold kites.\n",
        "versions": versions, "update_date": f"2024-03-{version + 1:02}",
        "authors_parsed": [["Quill", "Zoe", ""]],
    }) + "\n"  # fmt: skip


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
@pytest.mark.parametrize("saved_on", ["", "2026-01-01"])
def test_the_newer_version_at_arxiv_wins_in_either_order(
    tmp_path: Path, order: tuple[int, int], saved_on: str
) -> None:
    """Whenever they were read: arXiv itself says how new its metadata are."""
    store = Store(tmp_path)
    titles = {1: "Zany kites", 2: "Kites that fold"}
    for version in order:
        read(
            store, snapshot(version, titles[version]), f"{version}.jsonl", saved_on, source="arxiv"
        )
    assert only(store).title == titles[2]
    assert [v.number for v in only(store).versions] == [1, 2]


def test_a_format_without_a_field_removes_none(tmp_path: Path) -> None:
    """ArXiv's feeds have no journal references, its snapshots do."""
    store = Store(tmp_path)
    full = json.loads(snapshot(1, "Kites"))
    full["journal-ref"] = "J. Kites 4 (2024) 1-9"
    read(store, json.dumps(full) + "\n", "a.jsonl", source="arxiv")
    read(store, snapshot(2, "Kites"), "b.jsonl", source="arxiv")
    assert only(store).journal_ref == "J. Kites 4 (2024) 1-9"


def edit(store: Store, old: str, new: str) -> None:
    """Change the one record as a person does in an editor."""
    [path] = store.paths()
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("today", ["2026-03-02", "2026-03-09"])
def test_a_title_mended_in_the_record_stays_and_the_run_says_so(tmp_path: Path, today: str) -> None:
    store = Store(tmp_path)
    read(store, FIRST, "a.bib")
    edit(store, "Kites in a Strom", "Kites in a Storm")
    report = read(store, FIRST, "a.bib", today=today)
    assert only(store).title == "Kites in a Storm"
    [problem] = report.problems
    assert "its title stays as it was written, against BibTeX" in problem.what
    assert "archive/overrides" in problem.cure
    told = "\n".join(explain_paper(store, Config("Notes"), only(store).id))
    assert "Kites in a Strom" in told
    for day in (today, "2026-04-01"):
        again = read(store, FIRST, "a.bib", today=day)
        assert (again.problems, again.changed) == ([], set())
    read(store, MENDED.replace("Kites in a Storm", "Another"), "a.bib", today="2026-05-01")
    assert only(store).title == "Kites in a Storm"
    assert only(store).published == "2019", "what was not edited follows its source"


def test_what_was_taken_out_by_hand_comes_back_and_the_run_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, FIRST, "a.bib")
    edit(store, 'comment: "to appear"\n', "")
    [problem] = read(store, FIRST, "a.bib", today="2026-03-09").problems
    assert "gives comment again" in problem.what


def test_ends_of_lines_are_no_edit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    read(store, FIRST, "a.bib")
    [path] = store.paths()
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not store.was_edited(only(store).id)
    assert read(store, MENDED, "a.bib", today="2026-03-09").problems == []
