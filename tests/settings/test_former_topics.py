"""Topics that were renamed or went up in others: what their old names still lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.builder.site_build import build_docs
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store

BOATS = "- {name: boats, title: Boats, words: [boat], was: [ships, rafts]}\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "archive.yml").write_text("title: Papers\ntopics: none\n")
    (tmp_path / "topics.yml").write_text(BOATS)
    paper = Paper(id="arxiv:2503.00010", title="Of wind", published="2025-03-01")
    with Store(tmp_path / "archive").lock():
        Store(tmp_path / "archive").write([attribute_fields(paper, "arxiv", "2025-03-02")])
    return tmp_path


@pytest.mark.parametrize("former", ["ships", "rafts"])
def test_a_former_name_has_a_page_and_a_last_feed_entry(place: Path, former: str) -> None:
    assert build_docs(place, load_config(place)).problems == []
    page = (place / "docs" / "topics" / f"{former}.md").read_text("utf-8")
    assert 'redirect: "../boats/"' in page
    for ending in ("atom", "json"):
        feed = (place / "docs" / "feeds" / "topics" / f"{former}.{ending}").read_text("utf-8")
        assert feed.count("This topic has moved: Boats") == 1
        assert "2025-03-01" in feed


def test_an_override_may_name_a_topic_as_it_was(place: Path) -> None:
    (place / "archive" / "overrides").mkdir()
    (place / "archive" / "overrides" / "a.yml").write_text(
        "- {id: 'arxiv:2503.00010', topics: [ships]}\n"
    )
    assert build_docs(place, load_config(place)).problems == []
    assert "Of wind" in (place / "docs" / "topics" / "boats.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("- {name: ships, title: Ships, words: [ship]}\n", "there is a topic 'ships' now"),
        ("- {name: cars, title: Cars, words: [car], was: [rafts]}\n", "leads to 'boats' already"),
        ("- {name: cars, title: Cars, words: [car], was: [Cars!]}\n", "was never the name"),
        ("- {name: cars, title: Cars, words: [car], was: [index]}\n", "was never the name"),
    ],
)
def test_a_former_name_leads_to_one_topic(place: Path, entry: str, what: str) -> None:
    (place / "topics.yml").write_text(BOATS + entry)
    with pytest.raises(ConfigError, match=what):
        load_config(place)
