"""``archive.yml``: what is wrong in it is told with its line and the cure, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.errors import ConfigError
from paper_digest.settings.config import Config, load_config


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("title: A\ntopcs: []\n", 2, "unknown field `topcs`; these are known: title,"),
        ("title: A\ntopics:\n  - name: a\n    titel: b\n", 4, "unknown field `titel`"),
        ("title: A\nurl: https://a.example/b\n", 2, "write https://a.example/b/"),
        ("title: A\npage_size: 5\n", 2, "page_size is not between 10 and 500"),
        ("title: A\nfollow:\n  - categories: [cs.CL]\n", 3, "add source: NAME"),
        ("title: A\ndescription: b: c\n", 2, "is not YAML"),
        ("title: ' '\n", 1, "title is empty"),
    ],
)
def test_a_fault_is_told_with_line_and_cure(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    (tmp_path / "archive.yml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as fault:
        load_config(tmp_path)
    assert f"archive.yml:{line}: " in str(fault.value)
    assert told in str(fault.value)


def test_a_title_is_enough(tmp_path: Path) -> None:
    (tmp_path / "archive.yml").write_text("title: A\n", "utf-8")
    assert load_config(tmp_path) == Config("A")


def test_a_folder_without_settings_is_told_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="digest init"):
        load_config(tmp_path)
