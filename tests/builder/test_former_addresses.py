"""No address dies: former ids lead on, and ids that are no paper's say so."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from paper_digest.builder.site_build import build_docs
from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from source_answers import project

MOVED = Paper(
    id="arxiv:2411.18966",
    title="Folded boats",
    published="2024-11-28",
    aliases=("doi:10.1234/boats.7", "title:0123456789abcdef"),
)
DISPUTED = Paper(
    id="doi:10.1234/kites.5", title="Kites", published="2020", disputed_ids=("arxiv:1011.01669",)
)
HIDDEN = Paper(
    id="arxiv:2401.00002", title="A secret", published="2024-01-01", aliases=("acl:P18-1001",)
)


#: Its record was deleted, and the operator says so.
DELETED = "arxiv:2401.00003"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built archive with a paper that moved, one given a wrong id, and one taken out."""
    root = project(tmp_path_factory.mktemp("former"), [])
    with (root / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("url: https://boats.example/\n")
    store = Store(root / "archive")
    with store.lock():
        store.write([MOVED, DISPUTED, HIDDEN])
    (root / "archive" / "overrides").mkdir()
    decision = f"- id: {HIDDEN.id}\n  hide: true\n- id: {DELETED}\n  removed: true\n"
    (root / "archive" / "overrides" / "a.yml").write_text(decision, "utf-8")
    assert build_docs(root, load_config(root)).problems == []
    return root / "docs"


@pytest.mark.parametrize("former", MOVED.aliases)
def test_page_and_record_of_a_former_id_lead_on(docs: Path, former: str) -> None:
    page = (docs / "papers" / f"{slug(former)}.md").read_text("utf-8")
    assert "[Folded boats](2411.18966.md)" in page
    assert 'canonical: "https://boats.example/papers/2411.18966/"' in page
    record = json.loads((docs / "api" / "papers" / f"{slug(former)}.json").read_bytes())
    assert record == {
        "id": former,
        "moved_to": MOVED.id,
        "url": "https://boats.example/api/papers/2411.18966.json",
    }
    schema = json.loads((docs / "api" / "schema.json").read_bytes())
    jsonschema.validate(record, {**schema, "$ref": "#/$defs/Moved"})


def test_an_id_that_is_no_papers_says_so(docs: Path) -> None:
    page = (docs / "papers" / "1011.01669.md").read_text("utf-8")
    assert "titles and authors disagree" in page
    assert f"({DISPUTED.slug}.md)" in page
    assert gone_record(docs, "arxiv:1011.01669") == {
        "id": "arxiv:1011.01669",
        "gone": "disputed",
        "papers": [f"https://boats.example/api/papers/{DISPUTED.slug}.json"],
    }


def gone_record(docs: Path, paper_id: str) -> object:
    """Read what lies where the record of an id would be, and hold it against the schema."""
    record: object = json.loads((docs / "api" / "papers" / f"{slug(paper_id)}.json").read_bytes())
    schema = json.loads((docs / "api" / "schema.json").read_bytes())
    jsonschema.validate(record, {**schema, "$ref": "#/$defs/Gone"})
    return record


@pytest.mark.parametrize("gone", [HIDDEN.id, *HIDDEN.aliases, DELETED])
def test_a_paper_that_was_taken_out_says_so_and_no_more(docs: Path, gone: str) -> None:
    page = (docs / "papers" / f"{slug(gone)}.md").read_text("utf-8")
    assert "taken out of this archive" in page
    assert "secret" not in page
    assert gone_record(docs, gone) == {"id": gone, "gone": "removed"}


def test_an_id_of_two_records_leads_to_the_one_that_bears_it(tmp_path: Path) -> None:
    root = project(tmp_path, [])
    store = Store(root / "archive")
    other = Paper(id="doi:10.1234/boats.7", title="Other boats", published="2020")
    with store.lock():
        store.write([MOVED, other])
    [problem] = build_docs(root, load_config(root)).problems
    assert f"digest unmerge {MOVED.id} {other.id}" in problem.cure
    page = (root / "docs" / "papers" / f"{other.slug}.md").read_text("utf-8")
    assert "# Other boats" in page
    record = json.loads((root / "docs" / "api" / "papers" / f"{other.slug}.json").read_bytes())
    assert record["title"] == "Other boats"
