"""Picks of the week: at home, on the week's page, at the paper, in a feed; by the command and by hand."""

from __future__ import annotations

from pathlib import Path

import feedparser
import msgspec
import pytest
from click.testing import CliRunner
from feed_rules import check_atom
from paper_digest.builder.site_build import build_docs
from paper_digest.catalog.picks import MAX_PICK_AGE_DAYS, Picks
from paper_digest.cli.main import cli
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.picks import Pick

KITES = Paper(id="arxiv:2503.02130", title="Kites", published="2025-03-04")
LOOMS = Paper(id="arxiv:2503.00001", title="Looms", published="2025-03-01")
SENTENCE = "Three <b>pages</b> & *no* tails."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with two papers, of two weeks."""
    settings = "title: Boats\ntopics: none\nurl: https://boats.example/\n"
    (tmp_path / "archive.yml").write_text(settings, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n", "utf-8")
    Store(tmp_path / "archive").write([KITES, LOOMS])
    return tmp_path


def pick(root: Path, *words: str) -> tuple[int, str]:
    ran = CliRunner().invoke(cli, ["pick", *words, "--root", str(root)])
    return ran.exit_code, ran.output or str(ran.exception)


def built(root: Path) -> dict[str, bytes]:
    """Build the pages and files, with no problem; returns all."""
    assert [str(one) for one in build_docs(root, load_config(root)).problems] == []
    docs = root / "docs"
    return {str(p.relative_to(docs)): p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def test_a_pick_is_shown_wherever_its_paper_is_and_goes_without_a_trace(archive: Path) -> None:
    without = built(archive)
    words = ("--because", SENTENCE, "--by", "Ada", "--date", "2025-03-05")
    code, output = pick(archive, "2503.02130", *words)
    assert (code, output) == (0, "arxiv:2503.02130 Kites: archive/picks.yml\n")
    files = built(archive)
    shown = r"“Three &lt;b&gt;pages&lt;/b&gt; &amp; \*no\* tails.” — Ada"
    for path in ("index.md", "dates/2025-W10.md", "papers/2503.02130.md", "picks.md"):
        assert shown in files[path].decode(), path
    changed = {name for name, data in files.items() if without.get(name) != data}
    assert not changed & {"papers/2503.00001.md", "dates/2025-W09.md", "dates/2025-03-04.md"}
    check_atom(files["feeds/picks.atom"])
    [entry] = feedparser.parse(files["feeds/picks.atom"]).entries
    assert entry.title == "Kites"
    assert entry.updated.startswith("2025-03-05")
    assert entry.summary == f"“{SENTENCE}” — Ada"
    (archive / "archive" / "picks.yml").unlink()
    assert built(archive) == without


@pytest.mark.parametrize(
    "name", ["2503.02130", "https://arxiv.org/abs/2503.02130v2", "10.5678/kites"]
)
def test_a_paper_picked_twice_for_a_day_by_two_names_is_that_days_pick_once(
    archive: Path, name: str
) -> None:
    """Both stood on every page, and had one id in the feed, of which readers show one."""
    Store(archive / "archive").write([msgspec.structs.replace(KITES, doi="10.5678/kites")])
    entry = "- {{paper: '{}', because: {}, by: Ada, date: {}}}\n"
    file = archive / "archive" / "picks.yml"
    first = entry.format(KITES.id, "First.", "2025-03-05")
    other_day = entry.format(name, "Third.", "2025-03-06")
    file.write_text(first + other_day, "utf-8")
    expected = built(archive)
    second = entry.format(name, "Second.", "2025-03-05")
    file.write_text(first + other_day + second, "utf-8")
    result = build_docs(archive, load_config(archive))
    [problem] = [one for one in result.problems if one.where.endswith("picks.yml:3")]
    assert "stands here and on line 1" in problem.what
    docs = archive / "docs"
    for path in ("index.md", "picks.md", "feeds/picks.atom", "papers/2503.02130.md"):
        assert (docs / path).read_bytes() == expected[path], path


def test_every_feed_says_withdrawn_in_the_language_of_the_archive(archive: Path) -> None:
    with (archive / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("language: de\n")
    Store(archive / "archive").write([msgspec.structs.replace(KITES, withdrawn="withdrawn")])
    assert pick(archive, "2503.02130", "--because", SENTENCE, "--by", "Ada")[0] == 0
    lists = archive / "archive" / "lists"
    lists.mkdir()
    (lists / "kites.yml").write_text("title: Drachen\npapers: [2503.02130v1]\n", "utf-8")
    files = built(archive)
    for stem in ("all", "picks", "lists/kites"):
        titles = {entry.title for entry in feedparser.parse(files[f"feeds/{stem}.atom"]).entries}
        assert "[zurückgezogen] Kites" in titles, stem


def test_an_unknown_paper_is_named(archive: Path) -> None:
    code, output = pick(archive, "2503.99999", "--because", "b", "--by", "c")
    assert code != 0
    assert "is not in the archive" in output
    assert not (archive / "archive" / "picks.yml").exists()
    entry = "- {paper: nowhere, because: b, by: c, date: 2025-03-05}\n"
    (archive / "archive" / "picks.yml").write_text(entry, "utf-8")
    [problem] = build_docs(archive, load_config(archive)).problems
    assert str(problem).startswith("archive/picks.yml:1: nowhere is not in the archive")
    assert not (archive / "docs" / "picks.md").exists()


def test_a_pick_is_shown_as_long_as_it_is_new() -> None:
    day = "2026-03-15"
    assert MAX_PICK_AGE_DAYS == 14
    for date, is_shown in (("2026-02-28", False), ("2026-03-01", True), ("2026-03-20", True)):
        picks = Picks([Pick("a", "b", "c", date, slug="a")])
        assert bool(picks.latest(day)) is is_shown
    two = Picks(
        [Pick("a", "b", "c", d, slug="a") for d in ("2026-03-15", "2026-03-12", "2026-03-02")]
    )
    assert [one.date for one in two.latest(day)] == ["2026-03-15", "2026-03-12"]
    assert Picks().latest(day) == ()
