"""`files:` of an entry of `follow:`: an entry that names files never asks a service in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.ingest.project_files import split_file_options
from paper_digest.model.errors import ConfigError
from temporary_project import digest, new_project


def test_folders_without_files_are_named_where_nothing_else_is_asked_for(tmp_path: Path) -> None:
    for name in ("empty", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "a.bib").touch()
    for named in ("empty", ["empty"], ["empty", "empty/"]):
        with pytest.raises(ConfigError, match="names empty folders alone: empty"):
            split_file_options({"files": named, "date": "2025-11-20"}, "bibtex", tmp_path)
    for named, count in ((["empty", "full"], 1), (["none.bib"], 1), ("full", 1)):
        files, _, options = split_file_options({"files": named}, "bibtex", tmp_path)
        assert (len(files), options) == (count, {})
    asked = {"urls": ["https://example.org/papers.bib"]}
    assert split_file_options({"files": "empty", **asked}, "bibtex", tmp_path) == ([], "", asked)


@pytest.mark.parametrize("source", ["huggingface", "arxiv", "bibtex", "pubmed"])
def test_check_and_ingest_name_the_folder_and_ask_nobody(tmp_path: Path, source: str) -> None:
    root = new_project(tmp_path / "project")
    (root / "saved").mkdir()
    (root / "archive.yml").write_text(
        f"title: Boats\nwatch: 0\nfollow: [{{source: {source}, files: [saved]}}]\n"
    )
    for command in ("check", "ingest"):
        ran = digest(root, command)
        assert ran.returncode == 1
        assert "option “files” names empty folders alone: saved" in ran.stderr
        assert ran.stderr.count("problem: ") == 1, ran.stderr
