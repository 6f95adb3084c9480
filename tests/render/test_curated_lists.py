"""Lists on their pages, at their papers, in files for programs: in the curator's order, hostile words as words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import feedparser
import jsonschema
import markdown
import pytest
from bs4 import BeautifulSoup
from feed_rules import JSON_FEED, check_atom
from paper_digest.builder.site_build import build_docs
from paper_digest.cli.check import check_archive
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store

KITES = Paper(
    id="arxiv:2503.02130", title="Kites", published="2025-03-04", doi="10.1000/kites",
    aliases=("openreview:kite1",),
)  # fmt: skip
LOOMS = Paper(id="doi:10.1000/looms", title="Looms", published="2025-03-01")
ROPES = Paper(id="arxiv:2502.00001", title="Ropes", published="2025-02-01")
UNDATED = Paper(id="acl:P18-1001", title="Undated")
PAPERS = (KITES, LOOMS, ROPES, UNDATED)

HOSTILE = '</p><script>alert("1")</script> [x](javascript:1) {{ y }} $z$ *b* <b>'
LIST = f"""\
title: 'Kites {HOSTILE}'
about: See [the ropes](../papers/2502.00001.md) *first*.
by: 'Ada {HOSTILE}'
papers:
  - arxiv:2502.00001
  - section: 'Week 2 {HOSTILE}'
    note: Harder.
  - paper: https://doi.org/10.1000/KITES
    note: 'Read it twice. {HOSTILE}'
    added: 2026-03-03
  - arxiv:2503.99999
  - doi:10.1000/looms
  - openreview:kite1
  - P18-9999
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with four papers."""
    (tmp_path / "archive.yml").write_text(
        "title: Boats\ntopics: none\nurl: https://boats.example/\n", "utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n", "utf-8")
    Store(tmp_path / "archive").write(PAPERS)
    return tmp_path


def put(root: Path, text: str = LIST, name: str = "kites") -> Path:
    path = root / "archive" / "lists" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def built(root: Path) -> list[str]:
    """Build the pages and files; returns what was wrong."""
    return [str(one) for one in build_docs(root, load_config(root)).problems]


def text(root: Path, path: str) -> str:
    return (root / "docs" / path).read_text("utf-8")


def all_files(root: Path) -> dict[str, bytes]:
    docs = root / "docs"
    return {str(p.relative_to(docs)): p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def test_a_list_is_shown_in_its_order_with_notes_and_what_is_missing(archive: Path) -> None:
    put(archive)
    problems = built(archive)
    assert [problem.split("; ")[0] for problem in problems] == [
        "archive/lists/kites.yml:11: arxiv:2503.99999 is not in the archive",
        "archive/lists/kites.yml:13: openreview:kite1 stands here and on line 8",
        "archive/lists/kites.yml:14: P18-9999 is not in the archive",
    ]
    page = text(archive, "lists/kites.md")
    order = (
        "Ropes",
        "Week 2",
        "Harder.",
        "[Kites]",
        "Read it twice",
        "2503.99999",
        "Looms",
        "P18-9999",
    )
    places = [page.index(words, page.index("3 papers")) for words in order]
    assert places == sorted(places)
    assert '<a href="https://arxiv.org/abs/2503.99999">' in page
    body = page.split("---", 2)[2]
    html = markdown.markdown(body, extensions=["attr_list", "md_in_html"])
    shown = BeautifulSoup(html, "html.parser")
    assert shown.find(["script", "b"]) is None
    assert not [a for a in shown.find_all("a") if "javascript" in str(a["href"])]
    assert "lists/kites.md" in text(archive, "index.md")
    assert "(kites.md)" in text(archive, "lists/index.md")
    assert "On the lists: " in text(archive, "papers/2503.02130.md")
    assert "On the lists: " not in text(archive, "papers/acl-P18-1001.md")
    assert "https://boats.example/lists/kites/" in text(archive, "sitemaps/lists.xml")
    checked = [str(one) for one in check_archive(archive, date(2026, 3, 3))]
    assert sum("lists/kites.yml" in problem for problem in checked) == len(problems)


def test_feed_citations_and_api_have_the_list(archive: Path) -> None:
    put(archive)
    built(archive)
    atom, json_feed = (text(archive, f"feeds/lists/kites.{end}") for end in ("atom", "json"))
    check_atom(atom.encode())
    jsonschema.validate(json.loads(json_feed), JSON_FEED)
    entries = feedparser.parse(atom).entries
    assert [entry.title for entry in entries] == ["Kites", "Looms", "Ropes"]
    assert entries[0].updated.startswith("2026-03-03")
    assert "Read it twice." in entries[0].summary
    assert "<script>" not in atom.replace("&lt;script>", "")
    outside = [item.get("external_url") for item in json.loads(json_feed)["items"]]
    assert outside[0] == "https://arxiv.org/abs/2503.02130"
    bib = text(archive, "exports/lists/kites.bib")
    assert bib.index("Ropes") < bib.index("Kites") < bib.index("Looms")
    listed = json.loads(text(archive, "api/lists/kites.json"))
    schema = json.loads(text(archive, "api/schema.json"))
    jsonschema.validate(listed, {"$ref": "#/$defs/CuratedCollection", "$defs": schema["$defs"]})
    assert listed["count"] == 3
    first, second = listed["sections"]
    assert [paper["slug"] for paper in first["papers"]] == ["2502.00001"]
    assert [paper["title"] for paper in second["papers"]] == [
        "Kites", "arxiv:2503.99999", "Looms", "P18-9999",
    ]  # fmt: skip
    assert json.loads(text(archive, "api/index.json"))["lists"][0]["papers"] == 3
    assert "lists/kites" in text(archive, "llms.txt")
    assert "kites: 3" in text(archive, "agents.md")


def test_a_list_that_changes_or_goes_leaves_what_a_first_build_makes(archive: Path) -> None:
    built(archive)
    without = all_files(archive)
    path = put(archive)
    built(archive)
    with_list = all_files(archive)
    changed = {name for name, data in with_list.items() if without.get(name) != data}
    assert not any(name.startswith(("papers/acl-", "dates/")) for name in changed)
    put(archive, LIST.replace("title: 'Kites", "title: 'Sails"))
    built(archive)
    assert "Sails" in text(archive, "papers/2503.02130.md")
    put(archive)
    built(archive)
    assert all_files(archive) == with_list
    path.unlink()
    built(archive)
    assert all_files(archive) == without
    assert not (archive / "docs" / "lists").exists()


def test_a_paper_that_is_gone_is_shown_as_missing(archive: Path) -> None:
    put(archive)
    built(archive)
    Store(archive / "archive").delete([ROPES.id])
    assert any("2502.00001 is not in the archive" in problem for problem in built(archive))
    page = text(archive, "lists/kites.md")
    assert "2 papers" in page
    assert '<a href="https://arxiv.org/abs/2502.00001">' in page
    hidden = archive / "archive" / "overrides"
    hidden.mkdir()
    (hidden / "x.yml").write_text('- id: "doi:10.1000/looms"\n  hide: true\n', "utf-8")
    assert not any("looms is not" in problem for problem in built(archive))
    assert "1 paper" in BeautifulSoup(text(archive, "lists/kites.md"), "html.parser").text


@pytest.mark.parametrize(
    "name",
    ["2503.02130", "arXiv:2503.02130v2", "https://arxiv.org/abs/2503.02130", "10.1000/Kites",
     "doi:10.1000/kites", "openreview:kite1", "https://doi.org/10.1000/kites"],
)  # fmt: skip
def test_a_paper_goes_by_any_of_its_names_in_lists_and_meetings(archive: Path, name: str) -> None:
    put(archive, f"title: K\npapers: ['{name}']\n")
    (archive / "archive" / "meetings").mkdir()
    meeting = archive / "archive" / "meetings" / "m.yml"
    meeting.write_text(f"date: 2025-03-11\npapers: ['{name}']\n", "utf-8")
    assert built(archive) == []
    page = text(archive, "papers/2503.02130.md")
    assert "On the lists: " in page
    assert "Meetings: " in page
    hidden = archive / "archive" / "overrides"
    hidden.mkdir()
    (hidden / "x.yml").write_text(f"- id: {KITES.id}\n  hide: true\n", "utf-8")
    assert built(archive) == []
