"""Two archives of one title do not replace each other; one archive does, wherever it is published from."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from paper_digest.deliver.archive_traces import SAMPLE_SIZE, ArchiveTraces, read_traces
from paper_digest.deliver.publish import NAME_LIST_FILE
from paper_digest.deliver.target_list import SiteOwner, read_list, write_list
from paper_digest.store.runs.log import Run, append_runs
from small_sites import site_files
from temporary_project import digest

needs_rsync = pytest.mark.skipif(not shutil.which("rsync"), reason="apt install rsync")


def project(
    root: Path, papers: list[str], hours: list[int], settings: str = "title: Boats\n"
) -> Path:
    """Make an archive with a built site of these papers, and runs of these hours."""
    for name in papers:
        (root / "site/papers" / name).mkdir(parents=True)
        (root / "site/papers" / name / "index.html").write_text(name)
    (root / "site").mkdir(parents=True, exist_ok=True)
    (root / "site/index.html").write_text(f"{papers} {hours}")
    (root / "archive.yml").write_text(settings)
    log_runs(root, hours)
    return root


def log_runs(root: Path, hours: list[int]) -> None:
    day = "2025-01-01"
    started = (f"2025-01-{1 + hour // 24:02}T{hour % 24:02}:17:00+00:00" for hour in hours)
    append_runs(
        root / "archive", [Run("arxiv", "{}", at, ok=True, since=day, until=day) for at in started]
    )


def published(root: Path, web: Path) -> str:
    """Publish; returns what was refused, "" where nothing was. What was refused changed nothing."""
    before = site_files(web) if web.exists() else {}
    ran = digest(root, "publish", str(web))
    assert ran.returncode == (2 if ran.stderr else 0), ran.stderr
    assert site_files(web) == (before if ran.returncode else site_files(root / "site"))
    return ran.stderr


@needs_rsync
def test_an_archive_of_the_same_title_is_refused_and_a_clone_is_not(tmp_path: Path) -> None:
    cases = {
        "ingests": (project(tmp_path / "a", ["1"], [1, 2]), project(tmp_path / "b", ["1"], [3])),
        "papers": (project(tmp_path / "c", ["1"], []), project(tmp_path / "d", ["2", "3"], [4])),
    }
    for lacks, (one, two) in cases.items():
        for first, second in ((one, two), (two, one)):
            web = tmp_path / f"web-{first.name}"
            assert not published(first, web)
            said = published(second, web)
            assert "holds the site “Boats” of another archive: this one of that title" in said
            assert f"has none of its {lacks}; give this one a folder of its own" in said
            clone = tmp_path / f"clone-{first.name}"
            shutil.copytree(first, clone)
            shutil.rmtree(clone / "site/papers")
            project(clone, ["8", "9", *(["1", "2"] if lacks == "papers" else [])], [30])
            assert not published(clone, web)  # with an ingest more, and other papers
            assert not published(first, web)


@needs_rsync
def test_what_has_one_address_is_one_site_and_lists_of_before_go_on(tmp_path: Path) -> None:
    web, address = tmp_path / "web", "title: Boats\nurl: https://a.example/\n"
    one = project(tmp_path / "one", ["1"], [1], address)
    two = project(tmp_path / "two", ["2"], [2], address)  # made anew
    assert not published(one, web)
    assert not published(two, web)
    (two / "archive.yml").write_text("title: Boats\nurl: https://b.example/\n")
    assert not published(two, web)  # moved
    assert published(one, web)
    names, owner = read_list((web / NAME_LIST_FILE).read_bytes())
    assert owner
    before = SiteOwner("Boats", "", "")
    (web / NAME_LIST_FILE).write_bytes(write_list(names, before))
    assert b"traces" not in (web / NAME_LIST_FILE).read_bytes()
    assert not published(two, web)


def test_an_archive_knows_itself_whatever_comes_and_goes() -> None:
    """Months of runs are deleted, papers taken out and added; two archives that share nothing are never one."""
    chance = random.Random(3)  # noqa: S311 - a test's own dice
    for _ in range(300):
        size = chance.choice([1, 2, 15, 16, 17, 400])
        runs, papers = ([f"{kind}{n}" for n in range(size)] for kind in ("run", "paper"))
        has_runs = chance.random() < 0.7
        here = ArchiveTraces(frozenset(runs if has_runs else ()), frozenset(papers))
        there = here.sample()
        assert max(map(len, (there.runs, there.papers))) <= SAMPLE_SIZE
        left = frozenset(chance.sample(papers, size - size // 3))
        later = ArchiveTraces(
            frozenset(chance.sample(runs, size - size // 3)) | {"new"} if has_runs else frozenset(),
            left | {"new paper"},
        )
        assert not later.lacks_all(there) or size <= 2
        other = ArchiveTraces(frozenset({"x"} if has_runs else ()), frozenset({"y"}))
        assert other.lacks_all(there) == ("ingests" if has_runs else "papers")
        assert not ArchiveTraces().lacks_all(there)
        assert not other.lacks_all(ArchiveTraces())


def test_a_log_of_runs_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    root = project(tmp_path / "one", ["1"], [1])
    whole = read_traces(root)
    with (root / "archive/runs/2025-01.jsonl").open("ab") as file:
        file.write(b"<<<<<<< HEAD\n\xff\n")
    assert read_traces(root) == whole
    (root / "archive/runs/2025-02.jsonl").symlink_to("nowhere")
    assert read_traces(root) == whole
