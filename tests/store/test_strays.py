"""What somebody else put into the archive is named and passed over; nothing of it stops or hangs a command."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_digest.model.regular_file import read_file
from paper_digest.store.files import Store
from paper_digest.store.strays import find_strays
from site_builds import MKDOCS, files, project_of
from temporary_project import digest

#: Seconds after which a command that should say something hangs.
HANG_S = 240


def pipe(path: Path) -> None:
    os.mkfifo(path)


def dead_link(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short (unix(7))
        try:
            listening.bind(path.name)
        finally:
            os.chdir(before)


def folder(path: Path) -> None:
    (path / "within").mkdir(parents=True)


def other_file(path: Path) -> None:
    path.write_text("not ours", "utf-8")


KINDS = (pipe, dead_link, device, unix_socket, folder, other_file)
#: Folders of an archive, and names that its own files there could have.
PLACES = ("archive/papers", "archive/papers/1706", "archive/runs", "archive/overrides", "archive", "docs/notes")  # fmt: skip
ENDS = {
    "archive/runs": ".jsonl",
    "archive/overrides": ".yml",
    "archive": ".jsonl",
    "docs/notes": ".md",
}


@pytest.mark.parametrize("make", KINDS[:5])
def test_only_files_are_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a")
    with pytest.raises(OSError, match="a"):
        read_file(tmp_path / "a")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_the_wrong_place_is_named(tmp_path: Path, kind: Callable[[Path], None]) -> None:
    places = [tmp_path / place for place in PLACES[:5]]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    assert list(find_strays(tmp_path / "archive")) == []
    for place in places:
        kind(place / "stray")
        kind(place / ".hidden")
    found = {stray.problem.where for stray in find_strays(tmp_path / "archive")}
    expected = {str(place / "stray") for place in places}
    if kind is folder:  # a folder of papers may have any name
        expected.remove(str(tmp_path / "archive/papers/stray"))
        expected.add(str(tmp_path / "archive/papers/stray/within"))
    assert found == expected


@pytest.mark.site
def test_no_stray_stops_a_command_or_costs_a_paper(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "170*/*.md")
    commands = {
        "build": [MKDOCS, "build", "--strict"],
        "check": [sys.executable, "-c", "from paper_digest.cli.main import main; main()", "check"],
        "status": [
            sys.executable,
            "-c",
            "from paper_digest.cli.main import main; main()",
            "status",
        ],
    }

    def said(name: str) -> tuple[int, str]:
        made = subprocess.run(
            commands[name], cwd=project, capture_output=True, text=True, check=False, timeout=HANG_S,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip
        assert "Traceback" not in made.stdout + made.stderr, made.stdout + made.stderr
        return made.returncode, made.stdout + made.stderr

    assert said("build")[0] == 0
    sound = files(project / "site")
    made = []
    for place in PLACES:
        (project / place).mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            for end in {"", ENDS.get(place, ".md")}:
                path = project / place / f"{kind.__name__}{end}"
                kind(path)
                if place != "docs/notes" or end:
                    made.append(path)
    code, words = said("build")
    assert code == 1, words
    after = files(project / "site")
    assert {p for p in sound if sound[p] != after.get(p)} <= {"status/index.html"}
    missing = [p for p in made if p.name not in words and p.name != "folder"]
    assert missing == []
    code, words = said("check")
    assert code == 1, words
    said("status")
    for command in (
        ["ingest"],
        ["enrich"],
        ["add", "nothing"],
        ["size"],
        ["explain", "1706.03762"],
    ):
        told = digest(project, *command)
        assert "Traceback" not in told.stderr, told.stderr
    shutil.rmtree(project / "archive" / "papers")
    dead_link(project / "archive" / "papers")
    code, words = said("build")
    assert code
    assert "leads nowhere" in words
    assert files(project / "site") == after
    with pytest.raises(Exception, match="leads nowhere"):
        list(Store(project / "archive").paths())


MISNAMED = (
    *("picks.yaml", "proposals.YML", "overrides.yml", "picks/2026.yml", "lists/kites.yaml"),
    *("lists/kites.YML", "meetings/spring.Yaml", "overrides/a.YML", "volumes/2024.yaml"),
)
NOT_MEANT = ("notes.txt", "lists/README", "meetings/plan.pdf", "overrides/old.bak", "runs/a.csv")


@pytest.mark.parametrize("name", [*MISNAMED, *NOT_MEANT])
def test_what_a_person_wrote_under_another_name_is_lost(tmp_path: Path, name: str) -> None:
    path = tmp_path / "archive" / name
    path.parent.mkdir(parents=True)
    path.write_text("[]\n", "utf-8")
    [stray] = find_strays(tmp_path / "archive")
    is_folder = name.startswith("picks/")  # which is no folder of an archive
    assert stray.problem.where == str(path.parent if is_folder else path)
    assert stray.is_lost == (name in MISNAMED and not is_folder)


@pytest.mark.site
def test_a_build_names_a_list_under_another_name(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "1706/*.md")
    (project / "archive" / "lists").mkdir()
    (project / "archive" / "lists" / "kites.yaml").write_text("title: Kites\n", "utf-8")
    made = subprocess.run(
        [MKDOCS, "build", "--strict"], cwd=project, capture_output=True, text=True, check=False
    )
    assert made.returncode == 1
    assert "archive/lists/kites.yaml: is no part of the archive; compare its name" in made.stderr
