"""The Markdown pages need neither our plugin nor our theme: they are plain Markdown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from paper_digest.site.mkdocs_settings import MARKDOWN_EXTENSIONS
from paths import THEME
from site_builds import project_of
from temporary_project import digest

pytestmark = pytest.mark.site


@pytest.mark.parametrize("theme", ["ours", "mkdocs"])
def test_plain_mkdocs_builds_the_pages_without_our_plugin(theme: str, tmp_path: Path) -> None:
    place = project_of(tmp_path / "plain", "1[67]*/*.md")
    assert digest(place, "build").returncode == 0
    config = yaml.safe_load((place / "mkdocs.yml").read_text("utf-8"))
    config["plugins"] = ["search"]
    config["markdown_extensions"] = list(MARKDOWN_EXTENSIONS)
    config["exclude_docs"] = "/notes/"
    config["theme"] = (
        "mkdocs" if theme == "mkdocs" else config["theme"] | {"custom_dir": str(THEME)}
    )
    (place / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict"]
    made = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    page = (place / "site" / "papers" / "1706.03762" / "index.html").read_text("utf-8")
    soup = BeautifulSoup(page, "html.parser")
    heading = soup.find("h1")
    assert heading is not None
    assert "Attention Is All You Need" in heading.get_text()
    assert "Ashish Vaswani" in soup.get_text()
    assert soup.find("a", href="https://arxiv.org/pdf/1706.03762")
