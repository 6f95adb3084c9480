"""Files whose names are no UTF-8, as old disks have them: read where the name is only a name, else named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from paper_digest.store.files import Store
from site_builds import command, files, project_of
from temporary_project import digest

#: "Möwe" in Latin-1.
NAME = os.fsdecode(b"M\xf6we")
SHOWN = "M\ufffdwe"
ENTRY = "@article{a, title={Gulls}, author={Ada Example}, year={2020}, doi={10.1234/gulls}}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a project with a few papers; skips where a disk takes no such name."""
    project = project_of(tmp_path / "project", "1706/*.md")
    try:
        (project / f"{NAME}.bib").write_text(ENTRY, "utf-8")
    except OSError:
        pytest.skip("names of files are UTF-8 here")
    return project


@pytest.mark.parametrize("way", ["named", "in a folder", "followed"])
def test_papers_of_such_a_file_are_taken(place: Path, way: str) -> None:
    (place / "folder").mkdir()
    (place / f"{NAME}.bib").rename(place / "folder" / f"{NAME}.bib")
    if way == "followed":
        with (place / "archive.yml").open("a", encoding="utf-8") as settings:
            settings.write("follow: [{source: bibtex, files: [folder]}]\n")
    folder = str(place / "folder")
    given = {"named": ("bibtex", f"{folder}/{NAME}.bib"), "in a folder": ("bibtex", folder)}
    ran = digest(place, "ingest", *given.get(way, ()))
    assert (ran.returncode, ran.stderr) == (0, "")
    paper = Store(place / "archive").get("doi:10.1234/gulls")
    assert paper
    assert [one.page for one in paper.sightings] == [f"{SHOWN}.bib"]


@pytest.mark.parametrize(
    "words", [("ingest", "bibtex", "folder"), ("ingest",), ("check",), ("build",)]
)
def test_a_fault_of_such_a_file_is_named_in_words_and_in_json(
    place: Path, words: tuple[str, ...]
) -> None:
    (place / f"{NAME}.bib").write_text("@article{", "utf-8")
    (place / "docs" / "notes").mkdir(parents=True, exist_ok=True)
    (place / "docs" / "notes" / f"{NAME}.md").write_text("Whose?\n", "utf-8")
    (place / f"{NAME}2.bib").symlink_to("nowhere")
    with (place / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("follow: [{source: bibtex, files: [folder]}]\n")
    (place / "folder").mkdir()
    (place / "folder" / f"{NAME}.bib").symlink_to("nowhere")
    words = tuple(str(place / word) if word == "folder" else word for word in words)
    said = digest(place, *words)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    ran = digest(place, *words, "--json")
    assert "Traceback" not in ran.stderr
    assert any(
        SHOWN in problem["where"] + problem["what"]
        for problem in json.loads(ran.stdout)["problems"]
    )


@pytest.mark.site
def test_a_page_of_such_a_name_is_named_and_all_else_is_built(place: Path) -> None:
    (place / "docs").mkdir(exist_ok=True)
    for name in (f"{NAME}.md", f"{NAME}.png", f"{NAME}/page.md", "good.md"):
        (place / "docs" / name).parent.mkdir(exist_ok=True)
        (place / "docs" / name).write_text("# A page\n", "utf-8")
    build = command(place, "build")
    said, _ = build.communicate()
    assert "Traceback" not in said
    for name in (f"{SHOWN}.md", f"{SHOWN}.png", f"{SHOWN}/page.md"):
        assert f"docs/{name}: has a name that is not UTF-8" in said
    assert "good/index.html" in files(place / "site")
    assert "papers" in {path.partition("/")[0] for path in files(place / "site")}
    assert digest(place, "build").returncode == 0
