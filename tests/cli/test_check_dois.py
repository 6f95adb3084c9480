"""``digest check`` names ids made of a DOI that was copied from an address with its query."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import digest

TAILED = "10.1234/kites?utm_source=rss&utm_medium=rss"


def written(root: Path, *dois: str) -> Store:
    (root / "archive.yml").write_text("title: Boats\ntopics: none\n", "utf-8")
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: Boats\nplugins: [paper-digest]\n", "utf-8")
    store = Store(root / "archive")
    store.write(
        attribute_fields(
            Paper(id=f"doi:{doi}", doi=doi, title="On kites that fly"),
            "feed" if "?" in doi else "crossref",
            "2026-11-01",
        )
        for doi in dois
    )
    return store


def test_a_doi_with_the_end_of_an_address_is_named_with_its_cure(tmp_path: Path) -> None:
    store = written(tmp_path, TAILED, "10.1234/kites")
    checked = digest(tmp_path, "check")
    assert checked.returncode == 1
    assert f"doi:{TAILED} has the end of an address in its DOI" in checked.stderr
    command = checked.stderr.partition("run: digest ")[2].splitlines()[0]
    assert digest(tmp_path, *shlex.split(command)).returncode == 0
    [paper] = store.read_all()
    assert (paper.id, paper.doi) == ("doi:10.1234/kites", "10.1234/kites")
    assert digest(tmp_path, "check").returncode == 0


def test_the_right_record_is_asked_for_where_the_archive_has_none(tmp_path: Path) -> None:
    written(tmp_path, TAILED)
    told = digest(tmp_path, "check").stderr
    assert f"run: digest add 10.1234/kites, then digest same doi:10.1234/kites 'doi:{TAILED}'" in told  # fmt: skip


@pytest.mark.parametrize(
    "doi", ["10.1234/what?", "10.1234/a?b", "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-#"]
)  # fmt: skip
def test_a_doi_with_signs_of_its_own_is_left_alone(doi: str, tmp_path: Path) -> None:
    written(tmp_path, doi)
    assert digest(tmp_path, "check").returncode == 0
