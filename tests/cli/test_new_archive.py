"""A new archive: made from a wheel alone, valid, never over files that are there, and upgraded."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from paper_digest.cli.new_archive import (
    OPERATORS_FILES,
    Answers,
    NewArchiveError,
    archive_files,
    new_archive,
)
from paper_digest.cli.owned_files import OWNED_FILES_PATH, load_owned_files, sha256
from paper_digest.cli.upgrade import changes_between, report_lines, upgrade_archive
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paths import SAMPLE
from temporary_project import build_site, digest


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run ``digest`` as a script would: without a terminal."""
    command = [str(Path(sys.executable).with_name("digest")), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_every_default_makes_a_valid_archive(tmp_path: Path) -> None:
    made = run("new", str(tmp_path / "boats"), "--yes")
    assert (made.returncode, made.stderr) == (0, "")
    config = load_config(tmp_path / "boats")
    assert (config.title, config.follow) == ("My papers", ())
    assert "language-models" in {topic.name for topic in config.topics}


def test_options_reach_the_settings(tmp_path: Path) -> None:
    words = [
        "--title=Boats: “fast” & slow", "--url=https://me.github.io/boats",
        "--repository=https://github.com/me/boats", "--contact=me@example.org",
        "--arxiv=physics.flu-dyn, cs.CL", "--huggingface", "--topics=none",
    ]  # fmt: skip
    assert run("new", str(tmp_path), "--yes", *words).returncode == 0
    config = load_config(tmp_path)
    assert config.title == "Boats: “fast” & slow"
    assert config.url == "https://me.github.io/boats/"
    assert config.topics == ()
    assert config.follow == (
        {"source": "huggingface"},
        {"source": "arxiv", "categories": ["physics.flu-dyn", "cs.CL"]},
    )


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    made = run("new", str(tmp_path / "boats"))
    assert made.returncode == 2
    assert "--yes" in made.stderr
    assert not (tmp_path / "boats").exists()


def test_nothing_is_written_over_files_or_with_a_wrong_answer(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(NewArchiveError, match=r"mine\.txt"):
        new_archive(tmp_path, Answers())
    with pytest.raises(ConfigError, match="url"):
        new_archive(tmp_path / "other", Answers(url="nowhere"))
    with pytest.raises(
        ConfigError, match=r"\Aarchive\.yml:\d+: source arxiv: .*did you mean cs\.CL"
    ):
        new_archive(tmp_path / "other", Answers(arxiv=("cs.CC", "cs.CLL")))
    assert not (tmp_path / "other").exists()
    (tmp_path / "cloned" / ".git").mkdir(parents=True)
    assert new_archive(tmp_path / "cloned", Answers())


@pytest.mark.site
def test_an_archive_made_anew_builds_strictly(tmp_path: Path) -> None:
    new_archive(tmp_path, Answers(title="Boats"))
    Store(tmp_path / "archive").write(
        [Paper(id="arxiv:2501.00001", title="Looms", published="2025")]
    )
    site = build_site(tmp_path)
    assert "Looms" in (site / "papers" / "2501.00001" / "index.html").read_text("utf-8")
    for page in ("about", "api", "topics", "starred"):
        assert (site / page / "index.html").is_file()
    assert not (site / "manual").exists()


def test_the_schedule_starts_off_the_busy_minutes(tmp_path: Path) -> None:
    drawn = set()
    for number in range(20):
        new_archive(tmp_path / str(number), Answers())
        drawn |= {*load_owned_files(tmp_path / str(number)).answers["minutes"]}
    assert len(drawn) > 10
    assert not drawn & {0, 15, 30, 45}


def test_what_is_written_is_owned_and_the_rest_is_the_operators(tmp_path: Path) -> None:
    new_archive(tmp_path, Answers())
    files = {
        path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()
    }
    owned = load_owned_files(tmp_path)
    assert owned.hashes.keys() == files - OPERATORS_FILES - {OWNED_FILES_PATH}
    for path, digest_ in owned.hashes.items():
        assert sha256((tmp_path / path).read_bytes()) == digest_


def older(root: Path) -> None:
    """Make an archive look as if an older version had written it."""
    owned = json.loads((root / OWNED_FILES_PATH).read_bytes())
    owned["version"] = "0.0.1"
    for path in ("README.md", ".gitignore", ".github/workflows/ingest.yml"):
        text = f"# of old\n{path}\n"
        (root / path).write_text(text)
        owned["hashes"][path] = sha256(text.encode())
    (root / "old.txt").write_text("no longer written")
    owned["hashes"]["old.txt"] = sha256(b"no longer written")
    (root / OWNED_FILES_PATH).write_text(json.dumps(owned))


ACTIONS = ("leave", "change", "delete")


@pytest.mark.parametrize("actions", [*itertools.product(ACTIONS, repeat=3)], ids="-".join)
def test_an_upgrade_rewrites_what_nobody_changed(tmp_path: Path, actions: tuple[str, ...]) -> None:
    """Whatever the operator did with each of three files."""
    new_archive(tmp_path, Answers(title="Boats"))
    answers = msgspec.convert(load_owned_files(tmp_path).answers, Answers)
    older(tmp_path)
    (tmp_path / "archive.yml").write_text("title: Mine\n")
    names = ("README.md", ".gitignore", ".github/workflows/ingest.yml")
    for name, action in zip(names, actions, strict=True):
        if action == "change":
            (tmp_path / name).write_text("mine\n")
        elif action == "delete":
            (tmp_path / name).unlink()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    upgrade_archive(tmp_path, dry_run=True)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    done = upgrade_archive(tmp_path)
    new = archive_files(answers)
    for name, action in zip(names, actions, strict=True):
        if action == "leave":
            assert (tmp_path / name).read_bytes() == new[name]
            assert name in done.written
        elif action == "change":
            assert (tmp_path / name).read_text() == "mine\n"
            assert "-mine" in done.differences[name]
        else:
            assert not (tmp_path / name).exists()
            assert name in done.missing
    assert done.removed == ["old.txt"]
    assert (tmp_path / "archive.yml").read_text() == "title: Mine\n"
    again = upgrade_archive(tmp_path)
    assert (again.written, again.removed, again.differences) == ([], [], {})
    assert "Every file is up to date." in list(report_lines(again))


def test_a_file_that_the_operator_had_first_stays_theirs(tmp_path: Path) -> None:
    """A version brings a file whose name the operator gave to one of their own."""
    new_archive(tmp_path, Answers())
    owned = json.loads((tmp_path / OWNED_FILES_PATH).read_bytes())
    added = sorted(path for path in owned["hashes"] if path.startswith(".github/"))
    written = {path: (tmp_path / path).read_bytes() for path in added}
    for number, path in enumerate(added):
        del owned["hashes"][path]
        # Their own, the very same, or none.
        if number % 3 == 0:
            (tmp_path / path).write_text("mine\n")
        elif number % 3 == 1:
            (tmp_path / path).unlink()
    (tmp_path / OWNED_FILES_PATH).write_text(json.dumps(owned))
    done = upgrade_archive(tmp_path)
    assert sorted(done.differences) == added[::3]
    assert done.written == added[1::3]
    for number, path in enumerate(added):
        expected = b"mine\n" if number % 3 == 0 else written[path]
        assert (tmp_path / path).read_bytes() == expected
    again = upgrade_archive(tmp_path)
    assert (again.written, again.removed, again.differences) == ([], [], {})


def test_other_ends_of_lines_are_no_change(tmp_path: Path) -> None:
    """As git writes them where `core.autocrlf` is on."""
    new_archive(tmp_path, Answers())
    older(tmp_path)
    answers = msgspec.convert(load_owned_files(tmp_path).answers, Answers)
    paths = load_owned_files(tmp_path).hashes
    for path in paths:
        if not path.endswith(".whl"):
            data = (tmp_path / path).read_bytes()
            (tmp_path / path).write_bytes(data.replace(b"\n", b"\r\n"))
    done = upgrade_archive(tmp_path)
    assert done.written == [".github/workflows/ingest.yml", ".gitignore", "README.md"]
    assert (done.removed, done.differences) == (["old.txt"], {})
    assert (tmp_path / "README.md").read_bytes() == archive_files(answers)["README.md"]
    again = upgrade_archive(tmp_path)
    assert (again.written, again.removed, again.differences) == ([], [], {})


def test_a_changed_file_that_is_written_no_longer_is_named_once(tmp_path: Path) -> None:
    new_archive(tmp_path, Answers())
    older(tmp_path)
    (tmp_path / "old.txt").write_text("mine")
    done = upgrade_archive(tmp_path)
    assert "writes no such file" in done.differences["old.txt"]
    assert done.removed == []
    assert (tmp_path / "old.txt").read_text() == "mine"
    assert upgrade_archive(tmp_path).differences == {}


def test_an_archive_of_another_make_is_told_what_to_do(tmp_path: Path) -> None:
    ran = digest(tmp_path, "upgrade")
    assert ran.returncode == 2
    assert "digest new" in ran.stderr
    (tmp_path / OWNED_FILES_PATH).write_text("{")
    assert "git checkout" in digest(tmp_path, "upgrade").stderr
    of_later = {"version": "99.0", "answers": {"colour": "blue"}, "hashes": {}}
    (tmp_path / OWNED_FILES_PATH).write_text(json.dumps(of_later))
    ran = digest(tmp_path, "upgrade")
    assert ran.returncode == 2
    assert "install paper-digest 99.0" in ran.stderr


def test_the_news_are_those_of_the_versions_between(root: Path) -> None:
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    assert changelog.count("## [Unreleased]") == 1
    assert changes_between("0.1.0", "0.1.0") == ""
    assert "Unreleased" not in changes_between("0.0.1", "0.1.0")


def test_init_takes_out_the_sample_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    store.write(Store(SAMPLE / "archive").read_all())
    kept = Paper(id="arxiv:2501.00001", title="Looms", published="2025")
    first = next(iter(store.paths()))
    first.write_bytes(first.read_bytes() + b"A word of mine.\n")
    store.write([kept])
    runs = tmp_path / "archive" / "runs"
    runs.mkdir()
    (runs / "2026-01.jsonl").write_text("")
    ran = digest(tmp_path, "init", "--yes")
    assert "2 papers are not the sample's" in ran.stdout
    assert {*store.paths()} == {first, store.path(kept.id)}
    assert (runs / "2026-01.jsonl").exists()
    first.unlink()
    store.path(kept.id).unlink()
    store.write(Store(SAMPLE / "archive").read_all())
    assert "diary of runs was cleared" in digest(tmp_path, "init", "--yes").stdout
    assert not any(runs.iterdir())


def test_init_asks_nobody_where_nobody_can_answer(tmp_path: Path) -> None:
    """Without a terminal its question was answered with no: exit code 1, for problems that nobody named."""
    Store(tmp_path / "archive").write(Store(SAMPLE / "archive").read_all())
    for words in ((), ("--json",)):
        ran = digest(tmp_path, "init", *words)
        assert ran.returncode == 2
        assert "give --yes" in ran.stderr
        assert "[y/N]" not in ran.stdout
    assert [*Store(tmp_path / "archive").paths()]


def test_the_sample_is_that_of_the_list(root: Path) -> None:
    listed = (root / "generator/paper_digest/cli/sample.sha256").read_text().splitlines()
    papers = sorted((SAMPLE / "archive" / "papers").rglob("*.md"))
    assert listed == [
        f"{sha256(path.read_bytes())}  {path.relative_to(SAMPLE / 'archive').as_posix()}"
        for path in papers
    ]
