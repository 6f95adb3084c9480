"""``digest explain`` says who said what, what was believed, and where they differ."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from paper_digest.cli.explain import explain_paper
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.errors import DigestError
from paper_digest.model.paper import Author, Link, Paper, Sighting
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from source_answers import project

ID = "arxiv:2503.00010"
LONG = "We fold boats of paper and let them float. " * 5


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive with one paper that three sources know."""
    root = project(tmp_path, [])
    (root / "archive.yml").write_text(
        "title: Boats\ntopics:\n- {name: boats, title: Boats, words: [boats]}\n"
    )
    store = Store(root / "archive")
    with store.lock():
        absorber = PaperWriter(store, IngestReport())
        hf = Paper(
            id=ID,
            title="A 10sim100 times boat",
            abstract=LONG + "They are 10sim100 times better.",
            announced="2025-03-05",
            links=(Link("code", "https://github.com/example/boats", stars=7, as_of="2025-03-06"),),
            sightings=(
                Sighting("huggingface", "2025-03-05", "2025-03-05", upvotes=9, as_of="2025-03-06"),
            ),
        )
        absorber.ingest_paper(hf, registry().source("huggingface"), "2025-03-06", "x")
        arxiv = Paper(
            id=ID,
            title=r"A $10\sim100$ times boat",
            abstract=LONG + r"They are $10\sim100$ times better.",
            authors=(Author("Ada Example"),),
            doi="10.1000/boats",
        )
        absorber.ingest_paper(arxiv, registry().source("arxiv"), "2025-03-07", "x")
        printed = Paper(
            id="doi:10.1000/boats", title="A Times Boat", doi="10.1000/boats", venue="J. Boats"
        )
        absorber.ingest_paper(printed, registry().source("crossref"), "2025-03-08", "x")
        absorber.flush()
    return root


@pytest.mark.parametrize(
    "name", [ID, "2503.00010", "doi:10.1000/boats", "10.1000/boats", r"A $10\sim100$ times boat"]
)
def test_a_paper_known_to_three_sources_is_explained(place: Path, name: str) -> None:
    lines = list(explain_paper(Store(place / "archive"), load_config(place), name))
    assert lines[0] == rf"{ID}  A $10\sim100$ times boat"
    for line in (
        "alias   doi:10.1000/boats",
        r"= title         arXiv 2025-03-07: A $10\sim100$ times boat",
        "- title         Crossref 2025-03-08: A Times Boat",
        "- title         Hugging Face 2025-03-06: A 10sim100 times boat",
        "= authors       arXiv 2025-03-07: Ada Example",
        "= announced     Hugging Face 2025-03-06: 2025-03-05",
        "= doi           Crossref 2025-03-08: 10.1000/boats",
        "= doi           arXiv 2025-03-07: 10.1000/boats",
        "= venue         Crossref 2025-03-08: J. Boats",
        "link    code https://github.com/example/boats (7 stars on 2025-03-06)",
        "seen    Hugging Face 2025-03-05 2025-03-05 (9 upvotes on 2025-03-06)",
    ):
        assert line in lines
    # Of a long text that lost, the part is shown that differs.
    [loser] = [line for line in lines if line.startswith("- abstract")]
    assert "10sim100 times better" in loser
    assert any(line.startswith("topic   boats") for line in lines)


def test_a_poorer_value_says_why_it_lost(tmp_path: Path) -> None:
    root = project(tmp_path, [])
    store = Store(root / "archive")
    whole = Paper(id=ID, title="Boats", abstract="They\nfloat.", published="2025-03-04")
    worked_out = Paper(id=ID, abstract="They float.", published="2025-03-04", inferred=True)
    cut = Paper(id=ID, abstract="They...", truncated=True)
    with store.lock():
        absorber = PaperWriter(store, IngestReport())
        for paper, source in ((whole, "arxiv"), (worked_out, "text"), (cut, "huggingface")):
            absorber.ingest_paper(paper, registry().source(source), "", "x")
        absorber.flush()
    lines = list(explain_paper(store, load_config(root), ID))
    assert "= abstract      Saved pages: They float." in lines  # line breaks apart, the same
    assert "- abstract      Hugging Face: They... (shortened)" in lines
    assert "- published     Saved pages: 2025-03-04 (year inferred)" in lines
    alone = msgspec.structs.replace(worked_out, id="arxiv:2503.00011")
    with store.lock():
        absorber = PaperWriter(store, IngestReport())
        absorber.ingest_paper(alone, registry().source("text"), "", "x")
        absorber.flush()
    lines = list(explain_paper(store, load_config(root), alone.id))
    assert "= published     Saved pages: 2025-03-04 (year inferred)" in lines


def test_an_unknown_paper_is_an_error_with_its_cure(place: Path) -> None:
    for name in ("2503.99999", ""):
        with pytest.raises(DigestError, match="not in the archive"):
            list(explain_paper(Store(place / "archive"), load_config(place), name))


def test_a_topic_whose_word_stands_in_the_title_says_why_it_lost(place: Path) -> None:
    words = ["boats", "times", "10sim100", "paper", "fold", "float", "better"]
    entries = "".join(f"- {{name: {w}, title: {w}, words: ['{w}']}}\n" for w in words)
    (place / "archive.yml").write_text(
        f"title: Boats\ntopics:\n{entries}- {{name: x, title: X, words: [boat]}}\n"
    )
    lines = list(explain_paper(Store(place / "archive"), load_config(place), ID))
    topics = {line.split()[1] for line in lines if line.startswith("topic ")}
    lost = {line.split()[2]: line for line in lines if line.startswith("no topic ")}
    assert topics & lost.keys() == set()
    assert topics | lost.keys() == {*words, "x"}
    assert topics
    assert lost
    for line in lost.values():
        assert re.search("needs|others|below", line)


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        ("fix: {venue: Harbour}", "decided fix (as printed)"),
        ("fix: {links: {code: ''}}", "decided fix (as printed)"),
        ("pin: true, topics: []", "decided pin, no topic (as printed)"),
        ("hide: true", "decided hide (as printed)"),
        ("topics: [boats]", "topic   boats (decided: as printed)"),
    ],
)
def test_why_something_was_decided_is_shown(place: Path, decision: str, line: str) -> None:
    """Of a fix it was not, nor that a person gave a paper no topic."""
    folder = place / "archive" / "overrides"
    folder.mkdir()
    text = f"- {{id: '{ID}', why: as printed, {decision}}}\n"
    (folder / "boats.yml").write_text(text, "utf-8")
    assert line in explain_paper(Store(place / "archive"), load_config(place), ID)
