"""The queue of the reading group: what is proposed, by votes, until a meeting is about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from paper_digest.builder.site_build import build_docs
from paper_digest.cli.main import cli
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.strays import find_strays

KITES = Paper(id="arxiv:2503.02130", title="Kites", published="2025-03-04")
LOOMS = Paper(id="arxiv:2503.00001", title="Looms", published="2025-03-01")
SAILS = Paper(id="arxiv:2503.00002", title="Sails", published="2025-03-02")
PROPOSALS = """\
- paper: arxiv:2503.00001
- paper: https://arxiv.org/abs/2503.02130v2
  by: "Ada <i>Example</i>"
  because: "No *tails* & <b>short</b>."
  issue: 7
  votes: 3
- paper: "2503.99999"
- {paper: "2503.00002", vote: 3}
- paper: arxiv:2503.00002
- paper: "2503.00002"
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with three papers."""
    settings = "title: Boats\ntopics: none\nrepository: https://github.com/me/boats.git\n"
    (tmp_path / "archive.yml").write_text(settings, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n", "utf-8")
    Store(tmp_path / "archive").write([KITES, LOOMS, SAILS])
    return tmp_path


def built(root: Path) -> tuple[dict[str, str], list[str]]:
    """Build the pages; returns them, and what was wrong."""
    problems = [str(one) for one in build_docs(root, load_config(root)).problems]
    docs = root / "docs"
    return {str(p.relative_to(docs)): p.read_text("utf-8") for p in docs.rglob("*.md")}, problems


def test_what_is_proposed_has_a_page_by_votes_and_leaves_it_with_a_meeting(archive: Path) -> None:
    without, _ = built(archive)
    assert "meetings/queue.md" not in without
    (archive / "archive" / "proposals.yml").write_text(PROPOSALS, "utf-8")
    pages, problems = built(archive)
    said = [problem.partition("proposals.yml:")[2] for problem in problems]
    assert [one.partition(";")[0] for one in sorted(said)] == [
        "10: 2503.00002 stands here and on line 9",
        "7: 2503.99999 is not in the archive",
        "8: proposal 4 has an unknown key vote",
    ]
    checked = CliRunner().invoke(cli, ["check", "--json", "--root", str(archive)])
    named = [one["where"] + one["what"] for one in json.loads(checked.stdout)["problems"]]
    assert len([one for one in named if "proposals.yml" in one]) == 3
    assert [*find_strays(archive / "archive")] == []

    queue = pages["meetings/queue.md"]
    places = [queue.index(f"papers/{slug}") for slug in ("2503.02130", "2503.00001", "2503.00002")]
    assert places == sorted(places)
    assert "https://github.com/me/boats/issues/7" in queue
    assert "template=propose-paper.yml" in queue
    assert "3 votes" in queue
    assert "proposed by Ada" in queue
    assert "<b>" not in queue
    assert "<i>" not in queue
    for path in ("index.md", "papers/2503.02130.md", "papers/2503.00001.md"):
        assert "Proposed for the reading group" in pages[path], path

    (archive / "archive" / "meetings").mkdir()
    meeting = archive / "archive" / "meetings" / "kites.yml"
    meeting.write_text('date: 2025-03-11\npapers: ["2503.02130"]\n', "utf-8")
    after, _ = built(archive)
    assert "2503.02130" not in after["meetings/queue.md"]
    assert "Proposed for" not in after["papers/2503.02130.md"]
    assert "meetings/queue.md" in after["meetings/index.md"].replace(
        "](queue.md", "](meetings/queue.md"
    )
    assert "Proposed for the reading group" in after["index.md"]

    meeting.unlink()
    (archive / "archive" / "proposals.yml").unlink()
    assert built(archive) == (without, [])


def test_votes_change_no_papers_page(archive: Path) -> None:
    proposals = archive / "archive" / "proposals.yml"
    proposals.write_text('- {paper: "2503.02130", votes: 1}\n', "utf-8")
    before, _ = built(archive)
    proposals.write_text('- {paper: "2503.02130", votes: 2}\n', "utf-8")
    after, _ = built(archive)
    assert {path for path in after if before[path] != after[path]} == {"meetings/queue.md"}
