"""``digest fix``, ``hide``, ``pin`` and ``retag``: a decision about a paper, as a curator takes it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.overrides import Override, load_overrides
from paper_digest.store.volumes import VolumeStore, write_volume
from paths import SAMPLE
from temporary_project import digest


def decided(project: Path) -> list[Override]:
    topic_names = load_config(project).topic_names
    return list(load_overrides(project / "archive", topic_names).values())


@pytest.fixture
def paper_id(project: Path) -> str:
    shutil.copytree(SAMPLE / "archive", project / "archive", dirs_exist_ok=True)
    return next(Store(project / "archive").read_all()).id


def test_the_commands_write_one_decision(project: Path, paper_id: str) -> None:
    words = ["title=Right: “so”", "authors=Ada Quill; Bo Moan", "venue=", "links.code=https://a.example/b"]  # fmt: skip
    slug = Store(project / "archive").path(paper_id).stem
    today = datetime.now(UTC).date().isoformat()
    for command in (
        ["fix", paper_id, *words],
        ["fix", paper_id, "digest=Rivers are slow.", "--by", "Ada"],
        ["pin", slug],
        ["retag", paper_id, "robotics", "video", "--why", "it films robots"],
    ):
        run = digest(project, *command)
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.startswith(paper_id)
        assert f"archive/overrides/{slug}.yml" in run.stdout
    [override] = decided(project)
    assert override == Override(
        paper_id,
        fix={
            "title": "Right: “so”",
            "authors": ["Ada Quill", "Bo Moan"],
            "venue": "",
            "links": {"code": "https://a.example/b"},
            "digest": {"text": "Rivers are slow.", "by": "Ada"},
        },
        pin=True,
        topics=("robotics", "video"),
        why="it films robots",
        at=today,
    )
    assert "Right: “so”" in digest(project, "explain", slug).stdout
    fields = ("title", "authors", "venue", "links", "digest")
    digest(project, "fix", paper_id, *(word for field in fields for word in ("--forget", field)))
    digest(project, "pin", paper_id, "--undo")
    digest(project, "retag", paper_id, "--undo")
    assert decided(project) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["fix", "PAPER", "titel=x"], 2, "did you mean title?"),
        (["fix", "PAPER", "title"], 2, "'title' is not FIELD=VALUE"),
        (["fix", "PAPER"], 2, "give FIELD=VALUE"),
        (["fix", "PAPER", "digest=Short."], 2, "--by NAME"),
        (["fix", "PAPER", "author_count=many"], 2, "author_count"),
        (["fix", "PAPER", "--forget", "titel"], 2, "did you mean title?"),
        (["fix", "PAPER", "--forget", "links.cod"], 2, "did you mean links.code?"),
        (["fix", "PAPER", "links.code=https://a.example/b", "--forget", "links"], 2, "do one of"),
        (["retag", "PAPER"], 2, "--undo for the computed ones"),
        (["retag", "PAPER", "roboticks"], 2, "did you mean robotics?"),
        (["hide", "arxiv:9912.99999"], 2, "is not in the archive"),
    ],
)
def test_a_mistake_is_named_and_decides_nothing(
    words: list[str], code: int, said: str, project: Path, paper_id: str
) -> None:
    run = digest(project, *(paper_id if word == "PAPER" else word for word in words))
    assert run.returncode == code, run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert decided(project) == []


def test_one_link_is_fixed_said_to_be_none_and_forgotten(project: Path) -> None:
    """``links.code=URL`` took the paper's other links away, and neither "" nor ``--forget`` did anything."""
    store = Store(project / "archive")
    links = (Link("code", "https://a.example/theirs"), Link("project", "https://boats.example/"))
    store.write([Paper(id="arxiv:2501.00001", title="Boats", links=links)])

    def shown(*words: str) -> list[str]:
        run = digest(project, "fix", "2501.00001", *words)
        assert (run.returncode, run.stderr) == (0, "")
        lines = digest(project, "explain", "2501.00001").stdout.splitlines()
        return [line.split()[2] for line in lines if line.startswith("link ")]

    ours = "https://a.example/ours"
    assert shown(f"links.code={ours}") == [ours, links[1].url]
    assert shown("links.project=") == [ours]
    assert shown("--forget", "links.code") == [links[0].url]
    assert shown("links.code=", "--forget", "links.project") == [links[1].url]
    assert shown("--forget", "links.code") == [link.url for link in links]
    assert decided(project) == []
    run = digest(project, "fix", "2501.00001", "--forget", "links.code")
    assert "there was nothing to take back" in run.stdout


def test_a_name_is_corrected_on_all_papers_that_print_it(project: Path) -> None:
    ada, bo = Author("Ada Loom"), Author("Bo Weft")
    boats = Paper(id="arxiv:2501.00001", title="Boats", authors=(ada, bo))
    kites = Paper(id="arxiv:2501.00002", title="Kites", authors=(bo,))
    Store(project / "archive").write([boats, kites])
    run = digest(project, "correct-author", "Ada Loom", "Ada Loom-Reed", "--why", "wed")
    assert (run.returncode, run.stderr) == (0, "")
    [override] = decided(project)
    assert override.fix == {"authors": ["Ada Loom-Reed", "Bo Weft"]}
    assert override.why == "wed"
    assert digest(project, "correct-author", "Nobody", "Somebody").returncode == 2
    run = digest(project, "correct-author", "Ada Loom", "A", "Kites")
    assert (run.returncode, run.stdout) == (1, "")
    assert "names no author 'Ada Loom'" in run.stderr


def test_a_decision_about_a_paper_of_a_volume_says_that_its_site_has_to_be_built_again(
    project: Path,
) -> None:
    """A site of a volume is built once: a paper that is hidden would stand there for ever, and nobody would say so."""
    store = Store(project / "archive")
    former = "doi:10.1234/looms"
    papers = [
        Paper(id=one, title="Looms", authors=(Author("Ada Quill"),))
        for one in (former, "arxiv:2501.00001")
    ]
    store.write(papers)
    write_volume(VolumeStore(store.root, "", []), "2024", papers[:1])
    store.delete([former])  # it got another id since
    store.write(
        [
            Paper(
                id="arxiv:2401.00001",
                title="Looms",
                authors=(Author("Ada Quill"),),
                aliases=(former,),
            )
        ]
    )
    inside, outside = "arxiv:2401.00001", "arxiv:2501.00001"
    commands = (["hide", "PAPER"], ["hide", "PAPER", "--undo"], ["pin", "PAPER"], ["fix", "PAPER", "title=Right"],
                ["retag", "PAPER", "video"], ["correct-author", "Ada Quill", "Ada Quills", "PAPER"],
                ["pick", "PAPER", "--because", "It weaves.", "--by", "Ada"])  # fmt: skip
    for command in commands:
        for paper, words in ((inside, "it is in volume 2024"), (outside, "")):
            run = digest(project, *(paper if word == "PAPER" else word for word in command))
            assert (run.returncode, run.stderr) == (0, "")
            assert words in run.stdout
            assert words or "volume" not in run.stdout


def test_two_records_are_said_to_be_one_paper_and_to_be_two(project: Path) -> None:
    store = Store(project / "archive")
    store.write([Paper(id=f"arxiv:2501.0000{n}", title=f"Boats {n}") for n in (1, 2)])
    assert digest(project, "different", "2501.00001", "Boats 2").returncode == 0
    run = digest(project, "same", "2501.00001", "Boats 2")
    assert (run.returncode, run.stderr) == (0, "")
    [paper] = store.read_all()
    assert paper.aliases == ("arxiv:2501.00002",)
    assert digest(project, "same", "2501.00001", "Gone").returncode == 2
