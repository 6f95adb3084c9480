"""``digest check``: every kind of file that an operator writes, with one fault each, and all faults at once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_digest.cli.new_archive import Answers, new_archive
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from temporary_project import digest


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a new archive with a paper and nothing wrong."""
    root = tmp_path / "boats"
    new_archive(root, Answers(title="Boats"))
    Store(root / "archive").write([Paper(id="arxiv:2501.00001", title="Looms", published="2025")])
    return root


def append(name: str, text: str) -> Callable[[Path], None]:
    def fault(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return fault


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def fault(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")

    return fault


RUN = (
    '{"source":"arxiv","query":"{}","started":"2026-01-05T08:06:07+00:00",'
    '"since":"2026-01-04","until":"2026-01-05","ok":true}\n'
)

FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a setting nobody knows": (append("archive.yml", "colour: red\n"), "unknown key colour"),
    "a setting twice": (append("archive.yml", "title: Kites\n"), "stands here and on line 3"),
    "a setting of another kind": (append("archive.yml", "mail: 5\n"), "should be a group of settings"),
    "a source nobody knows": (append("archive.yml", "follow: [{source: arxive}]\n"), "arxiv"),
    "a category nobody knows": (
        append("archive.yml", "follow: [{source: arxiv, categories: [cs.CK]}]\n"), "did you mean"),
    "a filter's topic nobody knows": (
        append("archive.yml", "follow: [{source: huggingface, topics: [agent]}]\n"), "did you mean agents"),
    "a topic without a parent": (append("topics.yml", "- {name: kites, title: Kites, words: [kite], parent: sky}\n"), "sky"),
    "another folder of pages": (append("mkdocs.yml", "docs_dir: pages\n"), "docs_dir names another folder"),
    "another folder of the site": (append("mkdocs.yml", "site_dir: public\n"), "site_dir names another folder"),
    "addresses of files": (append("mkdocs.yml", "use_directory_urls: no\n"), "use_directory_urls is off"),
    "no plugin": (replace("mkdocs.yml", "  - paper-digest\n", ""), "plugins: - paper-digest"),
    "a workflow that is no YAML": (append(".github/workflows/ingest.yml", "\n  x: [\n"), "ingest.yml"),
    "an override of no paper": (
        append("archive/overrides/a.yml", "- {id: 'arxiv:2501.99999', hide: true}\n"), "2501.99999"),
    "an override that is none": (append("archive/overrides/a.yml", "- {idd: x}\n"), "a.yml:1"),
    "a note about no paper": (append("docs/notes/2501.99999.md", "Whose?\n"), "2501.99999.md"),
    "a broken record": (replace("archive/papers/2501/2501.00001.md", "title:", "titel:"), "2501.00001.md:"),
    "a file to follow that is not there": (
        append("archive.yml", "follow: [{source: bibtex, files: [gone.bib, docs/index.md]}]\n"), "source bibtex: file gone.bib is not there"),
    "a topics.yaml beside topics.yml": (append("topics.yaml", "[]\n"), "topics.yaml: is passed over"),
    "a name that no paper prints": (append("archive.yml", "author_names: {No Body: Some Body}\n"), "prints 'No Body'"),
    "a volume without a list": (append("archive.yml", 'volume: "2024"\n'), "has no volume 2024"),
    "a list of a volume of no name": (append("archive/volumes/old.jsonl", ""), "old.jsonl: has no name of a volume"),
    "a volume's line that is none": (append("archive/volumes/2024.jsonl", "x\n"), "2024.jsonl:1: is no paper"),
    "a volume's paper that is gone": (
        append("archive/volumes/2024.jsonl", '{"id": "arxiv:2501.99999"}\n'), "2501.99999 is not in the archive"),
    "a run that is none": (append("archive/runs/2026-01.jsonl", "{}\n"), "2026-01.jsonl:1"),
    "a run at no hour": (append("archive/runs/2026-01.jsonl", RUN.replace("08:06:07", "noon")), "2026-01.jsonl:1"),
    "a run of no time zone": (append("archive/runs/2026-01.jsonl", RUN.replace("+00:00", "")), "2026-01.jsonl:1: is no record of a run: started has no time zone"),
    "runs of the future": (
        append("archive/runs/9026-01.jsonl", RUN.replace("2026", "9026") * 2), "9026-01.jsonl: holds 2 runs of days after today"),
}  # fmt: skip


def break_topics(root: Path) -> None:
    text = (root / "topics.yml").read_text("utf-8")
    (root / "topics.yml").write_text(text.replace("[]\n", ""), "utf-8")


def test_nothing_is_wrong_with_a_new_archive(archive: Path) -> None:
    ran = digest(archive, "check")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert digest(archive, "check", "--quiet").stdout == ""
    assert json.loads(digest(archive, "check", "--json").stdout)["problems"] == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_file_and_cure(archive: Path, name: str) -> None:
    fault, words = FAULTS[name]
    break_topics(archive)
    fault(archive)
    ran = digest(archive, "check")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    problems = json.loads(digest(archive, "check", "--json").stdout)["problems"]
    assert any(
        words in f"{p['where']}:{p.get('line', '')} {p['what']} {p.get('cure', '')}"
        for p in problems
    )
    assert all(p["where"] and p.get("cure") for p in problems), problems
    assert all("`object`" not in p["what"] for p in problems)


@pytest.mark.parametrize("decision", ["hide", "removed"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("picks.yml", "- {paper: 'NAME', because: It floats., by: Ada, date: 2025-03-03}\n"),
        ("proposals.yml", "- {paper: 'NAME', by: ada, because: It floats.}\n"),
        ("meetings/2025-03-11.yml", "date: 2025-03-11\npapers: ['NAME']\n"),
        ("lists/boats.yml", "title: Boats\npapers: ['NAME']\n"),
    ],
)
def test_what_curators_say_of_a_hidden_paper_is_named(
    name: str, text: str, decision: str, archive: Path
) -> None:
    """The pick, and the paper of the meeting, were gone from the site, and nobody said so."""
    append(f"archive/{name}", text.replace("NAME", "2501.00001"))(archive)
    assert digest(archive, "check").returncode == 0
    override = f"- {{id: 'arxiv:2501.00001', {decision}: true}}\n"
    append("archive/overrides/a.yml", override)(archive)
    run = digest(archive, "check")
    assert run.returncode == 1
    assert f"{name}:" in run.stderr
    assert "2501.00001 is hidden; take it out there" in run.stderr
    assert "1 problem," in run.stderr


def test_one_fault_hides_no_other(archive: Path) -> None:
    break_topics(archive)
    together = ["no plugin", "a workflow that is no YAML", "a note about no paper", "a broken record",
                "a run that is none", "an override of no paper"]  # fmt: skip
    for name in together:
        FAULTS[name][0](archive)
    said = digest(archive, "check").stderr
    assert all(FAULTS[name][1] in said for name in together), said


def test_looking_changes_nothing_but_the_cache(archive: Path) -> None:
    def files() -> dict[str, bytes]:
        return {
            path.relative_to(archive).as_posix(): path.read_bytes()
            for path in archive.rglob("*")
            if path.is_file() and ".cache" not in path.parts
        }

    before = files()
    digest(archive, "check")
    digest(archive, "status")
    assert files() == before
    shutil.rmtree(archive / ".cache")
