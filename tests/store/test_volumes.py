"""Volumes: each paper is in one of them or in the current site, and a damaged list is named, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError, DigestError, Problem
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.store.volume_lists import read_volumes
from paper_digest.store.volumes import VolumeStore, papers_until, write_volume

PAPERS = [
    Paper(id=f"arxiv:{year % 100:02}0{month}.00001", title="Looms", published=f"{year}-0{month}-01")
    for year in (2001, 2002, 2003)
    for month in (1, 2)
]
UNDATED = Paper(id="title:00000000000000aa", title="Looms of no day")


def _close(root: Path, name: str, year: int) -> None:
    store = VolumeStore(root, "", [])
    write_volume(store, name, papers_until(store, year, []))


@settings(max_examples=20)
@given(years=st.lists(st.integers(2000, 2004), unique=True, max_size=4).map(sorted))
def test_volumes_and_the_current_site_share_all_papers_out(
    years: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("archive")
    Store(root).write([*PAPERS, UNDATED])
    for year in years:
        try:
            _close(root, str(year), year)
        except DigestError as error:
            assert "would hold no paper" in str(error)  # noqa: PT017 - most years are good
    problems: list[Problem] = []
    names = [volume.name for volume in read_volumes(root, problems)]
    shares = [list(VolumeStore(root, name, problems).relative_paths()) for name in ("", *names)]
    assert sorted(path for share in shares for path in share) == sorted(
        Store(root).relative_paths()
    )
    assert problems == []
    assert Store(root).relative_path(UNDATED.id) in shares[0]


@pytest.mark.parametrize("name", ["", "papers", "../x", "2001/2", "2001.jsonl", "A1", "2" * 41])
def test_a_name_that_could_be_another_folder_is_refused(tmp_path: Path, name: str) -> None:
    Store(tmp_path).write(PAPERS)
    with pytest.raises(DigestError, match="no name of a volume"):
        _close(tmp_path, name, 2003)
    assert not (tmp_path / "volumes").exists()


def test_a_volume_that_stands_is_never_written_again(tmp_path: Path) -> None:
    Store(tmp_path).write(PAPERS)
    _close(tmp_path, "2001", 2001)
    with pytest.raises(DigestError, match="is there already"):
        _close(tmp_path, "2001", 2003)
    with pytest.raises(ConfigError, match="has no volume 2009"):
        VolumeStore(tmp_path, "2009", [])


def test_each_bad_line_is_named_and_the_rest_holds(tmp_path: Path) -> None:
    Store(tmp_path).write(PAPERS)
    _close(tmp_path, "2001", 2001)
    path = tmp_path / "volumes" / "2001.jsonl"
    good = path.read_bytes()
    path.write_bytes(b"<<<<<<< ours\n" + good + b'{"id": "../../etc"}\nnot JSON\n' + good + b'{"id": 3}\n')  # fmt: skip
    problems: list[Problem] = []
    [volume] = read_volumes(tmp_path, problems)
    assert [paper.id for paper in volume.papers] == ["arxiv:0101.00001", "arxiv:0102.00001"]
    assert [int(problem.where.rpartition(":")[2]) for problem in problems] == [1, 4, 5, 6, 7, 8]
