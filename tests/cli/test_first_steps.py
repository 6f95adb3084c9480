"""What a new operator types first says what is missing, and takes papers by the names that people have for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import digest


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_an_ingest_of_nothing_says_why(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "archive.yml").write_text("title: A\n")
    ran = digest(tmp_path, "ingest", *words)
    assert ran.returncode == 0
    assert "archive.yml follows nothing: name sources under follow:" in ran.stdout


@pytest.mark.parametrize("name", ["arxiv:2603.00001", "2603.00001", "doi:10.1000/a", "10.1000/a"])
def test_a_merge_is_undone_by_any_name_of_the_paper(tmp_path: Path, name: str) -> None:
    (tmp_path / "archive.yml").write_text("title: A\n")
    store = Store(tmp_path / "archive")
    with store.lock():
        store.write(
            [
                Paper(id="arxiv:2603.00001", title="Weaving looms"),
                Paper(id="doi:10.1000/a", title="Weaving looms", doi="10.1000/a"),
            ]
        )
    assert digest(tmp_path, "same", "2603.00001", "10.1000/a").returncode == 0
    undone = digest(tmp_path, "unmerge", name)
    assert undone.returncode == 0, undone.stderr
    assert "doi:10.1000/a and arxiv:2603.00001 are two papers" in undone.stdout.replace(
        "arxiv:2603.00001 and doi:10.1000/a", "doi:10.1000/a and arxiv:2603.00001"
    )


@pytest.mark.parametrize("words", [("hide",), ("pin",), ("retag",)])
def test_a_decision_that_nobody_made_is_not_said_to_be_taken_back(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "archive.yml").write_text(
        "title: A\ntopics: [{name: looms, title: Looms, words: [loom]}]\n"
    )
    Store(tmp_path / "archive").write([Paper(id="arxiv:2603.00001", title="Weaving looms")])
    decided = [*words, "2603.00001", *(["looms"] if words == ("retag",) else [])]
    undo = [*words, "2603.00001", "--undo"]
    assert "nothing to take back" in digest(tmp_path, *undo).stdout
    assert "overrides/2603.00001.yml" in digest(tmp_path, *decided).stdout
    assert "nothing is decided about it any more" in digest(tmp_path, *undo).stdout
    assert "nothing to take back" in digest(tmp_path, *undo).stdout
