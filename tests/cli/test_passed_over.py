"""What an operator wrote and nothing takes up is named, and nothing else is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from paper_digest.catalog.entry import catalog_entry
from paper_digest.cli.passed_over import misnamed_files, missing_files, unused_names
from paper_digest.model.paper import Author, Paper
from paper_digest.settings.config import Config

READ = ("archive.yml", "topics.yml", "mkdocs.yml")
PASSED_OVER = [
    form
    for name in READ
    for stem in (name.removesuffix(".yml"),)
    for form in (f"{stem}.yaml", f"{stem}.YML", f"{stem.title()}.yml", f"{stem.upper()}.YAML")
]
OTHERS = ("topics.yml.bak", "my-topics.yml", "topics.txt", "zensical.yml", "archive", "a.yaml")


@pytest.mark.parametrize("has_own", [True, False])
def test_a_file_of_settings_by_another_name_is_named(tmp_path: Path, has_own: bool) -> None:  # noqa: FBT001 - pytest's own
    for name in (*PASSED_OVER, *OTHERS, *(READ if has_own else ())):
        (tmp_path / name).write_text("title: Looms\n", "utf-8")
    named = {problem.where for problem in misnamed_files(tmp_path)}
    assert named == {str(tmp_path / name) for name in PASSED_OVER}


def test_a_name_is_compared_as_pages_compare_it() -> None:
    """By letters and accents, however the accents are stored; capitals make another name."""
    decomposed = unicodedata.normalize("NFD", "Zoë Vang")
    papers = [
        catalog_entry(
            Paper(id="arxiv:2501.00001", authors=(Author("Ada Muñoz"), Author("J. Doe"))), ()
        ),
        catalog_entry(Paper(id="arxiv:2501.00002", authors=(Author(decomposed),)), ()),
    ]
    printed = ("Ada Muñoz", "Zoë Vang", "J. Doe")
    forms = {form: "Other" for p in printed for form in (p, unicodedata.normalize("NFD", p))}
    absent = {"J Doe": "J. Doe", "j. doe": "J. Doe", "Other": "Ada Muñoz"}
    config = Config("Looms", author_names=forms | absent, organisation_names={"Nowhere": "Here"})
    assert [steps for steps, _ in unused_names(config, papers)] == [
        *(("author_names", name) for name in absent),
        ("organisation_names", "Nowhere"),
    ]
    assert [*unused_names(Config("Looms"), papers)] == []


def test_each_file_that_cannot_be_read_is_named_with_its_entry(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.bib").symlink_to("nowhere")
    (tmp_path / "archive.yml").write_text(
        "title: x\nfollow:\n- source: a\n- source: bibtex\n", "utf-8"
    )
    follow = (
        {"source": "huggingface"},
        {"source": "bibtex", "files": ["a.bib", "gone.bib", "folder"]},
        {"source": "bibtex", "files": 5},
        {"source": "bibtex", "files": ["../outside.bib"]},
    )
    said = [*missing_files(tmp_path, Config("x", follow=follow))]
    assert [problem.what.split()[1] for problem in said] == ["gone.bib", "folder/b.bib"]
    assert {problem.where for problem in said} == {"archive.yml:4: source bibtex"}
