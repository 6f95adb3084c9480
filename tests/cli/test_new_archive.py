"""A new archive: empty, with settings that are valid, and never over settings that are there."""

from __future__ import annotations

from pathlib import Path

from paper_digest.settings.config import load_config
from temporary_project import digest


def test_a_new_archive_has_valid_settings_and_the_default_topics(tmp_path: Path) -> None:
    made = digest(tmp_path, "init")
    assert (made.returncode, made.stderr) == (0, "")
    config = load_config(tmp_path)
    assert config.title == "My papers"
    assert "language-models" in {topic.name for topic in config.topics}
    assert config.follow == ()


def test_settings_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / "archive.yml").write_text("title: Boats\n", "utf-8")
    assert "was kept" in digest(tmp_path, "init").stdout
    assert (tmp_path / "archive.yml").read_text("utf-8") == "title: Boats\n"
