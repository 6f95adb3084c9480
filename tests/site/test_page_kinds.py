"""A new kind of page is one new file: everything else learns of it by itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from paths import ROOT
from site_builds import change, differing, fast, files, project_of, reference
from temporary_project import digest

pytestmark = pytest.mark.site

SEMINARS = '''\
"""The page of seminars, and one of each paper's seminars: kinds that only this test knows."""

from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.render.pages.page_kind import PageKind, index_entry


def _page(path, title):
    return Page(path, {"title": title}, span.heading(1, span.text(title), "seminars"))


def _paper_groups(entry, inputs):
    path = f"seminars/of/{entry.slug}"
    make = lambda: (_page(f"{path}.md", inputs.records.paper(entry.slug).title),)
    yield OutputGroup(path, inputs.records.record_hash(entry.slug), make)


KIND = PageKind(
    ("seminars",),
    lambda inputs: (single_page_group(_page("seminars/index.md", "Seminars")),),
    _paper_groups,
    lambda catalog: (index_entry("seminars/index.md", catalog),),
)
'''


def test_one_file_is_a_whole_new_kind_of_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator" / "paper_digest", program / "paper_digest", ignore=caches)
    (program / "paper_digest" / "render" / "pages" / "seminars.py").write_text(SEMINARS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(program))
    project = project_of(tmp_path / "project", "1706/*.md")
    strict = "plugins:\n  - search"
    change(project, strict, f"validation: {{nav: {{omitted_files: warn}}}}\n{strict}", "mkdocs.yml")
    by_hand = files(project / "docs")

    site = fast(project)
    assert "Seminars" in (site / "seminars" / "index.html").read_text("utf-8")
    page = (site / "seminars" / "of" / "1706.03762" / "index.html").read_text("utf-8")
    assert "Attention Is All You Need" in page
    sitemap = (site / "sitemaps" / "lists.xml").read_text("utf-8")
    assert "<loc>https://papers.example.org/all/seminars/</loc><lastmod>" in sitemap

    # Through docs/: MkDocs counts no page as forgotten, git sees nothing new, and all goes again.
    assert differing(site, reference(project)) == []
    assert (project / "docs" / "seminars" / "index.md").exists()
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    untracked = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "docs"],
        cwd=project, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {f"docs/{name}" for name in by_hand} == set(untracked.stdout.split())
    cleaned = digest(project, "clean")
    assert cleaned.returncode == 0, cleaned.stderr
    assert files(project / "docs") == by_hand
    assert not (project / "site").exists()
