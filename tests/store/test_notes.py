"""Notes: which files are read, whose paper they are about, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.store.notes import NOTES_FOLDER, Notes


def test_a_note_is_found_by_the_present_id_and_by_former_ones(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "notes").mkdir(parents=True)
    (docs / "notes" / "2603.00001.md").write_text("Now.\n")
    (docs / "notes" / "title-00aa.md").write_text("Before.\n")
    notes = Notes(docs)
    assert [n.text for n in notes.for_paper(("arxiv:2603.00001", "title:00aa"))] == [
        "Now.",
        "Before.",
    ]
    assert [n.path for n in notes.for_paper(("arxiv:2603.09999", "title:00aa"))] == [
        "notes/title-00aa.md"
    ]
    assert notes.for_paper(("arxiv:2603.09999",)) == ()


def test_front_matter_and_empty_notes_are_left_out(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "notes").mkdir(parents=True)
    (docs / "notes" / "2603.00001.md").write_bytes(
        b"\xef\xbb\xbf---\ntags: [x]\n---\nText\n\n---\n\nmore\n"
    )
    (docs / "notes" / "2603.00002.md").write_text("\n")
    notes = Notes(docs)
    [note] = notes.for_paper(("arxiv:2603.00001",))
    assert note.text == "Text\n\n---\n\nmore"
    assert notes.for_paper(("arxiv:2603.00002",)) == ()
    assert notes.problems == []


def test_files_that_cannot_be_used_are_named_with_the_cure(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "notes" / "2603").mkdir(parents=True)
    (docs / "notes" / "2603" / "00001.md").write_text("Deep.")
    (docs / "notes" / "2603.00002.md").write_bytes(b"\xff\xfe")
    (docs / "notes" / "2603.00003.md").write_text("Whose?")
    notes = Notes(docs)
    assert [str(problem) for problem in notes.problems] == [
        "docs/notes/2603/00001.md: is not read; move it into docs/notes/",
        "docs/notes/2603.00002.md:1: is not UTF-8; save it as UTF-8",
    ]
    [astray] = notes.unmatched(["2603.00001"])
    assert str(astray).startswith(
        "docs/notes/2603.00003.md: is about no paper of the archive; give"
    )
    assert notes.unmatched(["2603.00003"]) == []


def test_search_reads_the_words_of_a_note_and_no_addresses(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "notes").mkdir(parents=True)
    (docs / "notes" / "2603.00001.md").write_text(
        "See [the talk](https://video.example/a) and <https://b.example> or https://c.example."
    )
    [note] = Notes(docs).for_paper(("arxiv:2603.00001",))
    assert note.search_text.split() == ["See", "[the", "talk", "and", "or"]


def test_an_archive_without_notes_has_none(tmp_path: Path) -> None:
    notes = Notes(tmp_path)
    assert (notes.for_paper(("arxiv:2603.00001",)), notes.problems, notes.unmatched([])) == (
        (),
        [],
        [],
    )


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", " \n", "\n\n"])
@pytest.mark.parametrize("fence", ["---", "..."])
@pytest.mark.parametrize("data", ["", "title: Looms\n", "title: Looms\ntags: [a]\n"])
def test_a_note_of_front_matter_alone_is_no_note(
    data: str, fence: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / NOTES_FOLDER / "2501.00001.md"
    path.parent.mkdir()
    path.write_bytes(f"---\n{data}{fence}{ending}".encode())
    assert Notes(tmp_path).for_paper(["arxiv:2501.00001"]) == ()
    path.write_bytes(f"---\n{data}{fence}\nWords.".encode())
    assert [note.text for note in Notes(tmp_path).for_paper(["arxiv:2501.00001"])] == ["Words."]


@pytest.mark.parametrize(
    "words",
    ["Slowly.", "Slowly:fast", "- one\n- two", "# A heading", "https://a.example", "*A* b: c: d"],
)
def test_words_between_two_rules_are_no_front_matter(words: str, tmp_path: Path) -> None:
    path = tmp_path / NOTES_FOLDER / "2501.00001.md"
    path.parent.mkdir()
    path.write_text(f"---\n{words}\n\n---\nMore.\n", "utf-8")
    [note] = Notes(tmp_path).for_paper(["arxiv:2501.00001"])
    assert note.text == f"---\n{words}\n\n---\nMore."
    assert note.first_line == 1


@pytest.mark.parametrize("data", ["a: b: c", "tags: [x", "title: {{ x }}\n\tb: 1"])
def test_front_matter_that_no_reader_takes_is_none_of_the_note(data: str, tmp_path: Path) -> None:
    path = tmp_path / NOTES_FOLDER / "2501.00001.md"
    path.parent.mkdir()
    path.write_text(f"---\n{data}\n---\nMore.\n", "utf-8")
    assert [note.text for note in Notes(tmp_path).for_paper(["arxiv:2501.00001"])] == ["More."]


def _misnamed(docs: Path, *names: str) -> list[str]:
    for name in names:
        (docs / NOTES_FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / NOTES_FOLDER / name).write_text("Slowly.\n", "utf-8")
    notes = Notes(docs)
    problems = [*notes.problems, *notes.unmatched(["2501.00001", "title-00aa"])]
    assert all(
        str(one).endswith("is not read as a note; give it a name that ends in .md")
        for one in problems
    )
    return [one.where.removeprefix("docs/notes/") for one in problems]


@pytest.mark.parametrize(
    "name",
    [
        *(f"2501.00001{end}" for end in (".MD", ".Md", ".markdown", ".mkd", ".mdown", ".mkdn")),
        *("9999.99999.MARKDOWN", "2501.00001.txt", "2501.00001.md.txt", "title-00aa", "2501.00001"),
    ],
)
def test_a_file_that_is_meant_as_a_note_is_named(name: str, tmp_path: Path) -> None:
    assert _misnamed(tmp_path, name) == [name]


def test_images_and_what_editors_leave_are_no_notes(tmp_path: Path) -> None:
    names = "2501.00001.png", "loom.txt", ".2501.00001.md.swp", "2501.00001/loom.png", "data.csv"
    assert _misnamed(tmp_path, *names) == []
