"""Monitors: their papers are those of the browser's own search, in first and in later builds alike."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from paper_digest.builder.generated import delete_generated
from paper_digest.builder.monitors import monitor_problems
from paper_digest.builder.read_catalog import read_catalog
from paper_digest.builder.site_build import SiteBuild, build_docs
from paper_digest.cli.check import check_archive
from paper_digest.deliver.newsletter import build_issue, render_text
from paper_digest.deliver.newsletter.html import render_html
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.settings.config import Config, load_config
from paper_digest.settings.monitors import Monitor
from paper_digest.store.files import Store

_TODAY = date(2026, 3, 2)
HOST = Path(__file__).parents[1] / "support" / "search_worker_host.mjs"

SUBJECTS = ("kettle whistling", "protein design", "diffusion of tea", "protein folding", "flow")
QUERIES = (
    "protein design AND diffusion",
    "kettle",
    '"protein folding" -design',
    'author:"Ada Lovelace" tea',
    "year:2024..2025 diffusion",
    "code:yes protein",
    "protien",
    "tea flow kettle",
    "whistl",
    "xylophone",
)


def papers(first: int, last: int) -> list[Paper]:
    """Make papers, each with words of two subjects."""
    return [
        Paper(
            id=f"arxiv:24{1 + n % 12:02}.{n:05}",
            title=f"{SUBJECTS[n % 5].title()} and {SUBJECTS[(n // 5) % 5]}, part {n}",
            abstract=f"We study {SUBJECTS[(n // 3) % 5]} with {SUBJECTS[(n // 7) % 5]}.",
            authors=(Author(("Ada Lovelace", "Charles Babbage")[n % 2]),),
            published=f"20{23 + n % 3}-{1 + n % 12:02}-{1 + n % 28:02}",
            links=(Link("code", f"https://code.example/{n}"),) if n % 3 == 0 else (),
        )
        for n in range(first, last)
    ]


def config_of(*queries: str, **settings: object) -> Config:
    """Make settings with a monitor for each query."""
    monitors = tuple(Monitor(f"m{n}", query) for n, query in enumerate(queries))
    return Config("Kettles", url="https://kettles.example/", monitors=monitors, **settings)  # type: ignore[arg-type]


def contents(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_monitor_has_the_papers_of_the_browsers_search(tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    Store(tmp_path / "archive").write(papers(0, 240))
    config = config_of(*QUERIES, search="sharded")
    build_docs(tmp_path, config)
    index = tmp_path / "docs" / "assets" / "search"
    options = {"order": "date", "size": 1000, "exactTotal": True}
    request = {"do": "search", "queries": [[query, options] for query in QUERIES]}
    done = subprocess.run(
        [node, str(HOST), str(index)],
        input=json.dumps(request).encode() + b"\n",
        capture_output=True,
        check=True,
    )
    [answers] = map(json.loads, done.stdout.splitlines())
    answered = {m.query: list(m.slugs) for m in read_catalog(tmp_path, config).monitors}
    asked = {
        query: [hit["slug"] for hit in answer["results"]]
        for query, answer in zip(QUERIES, answers, strict=True)
    }
    assert answered == asked
    assert [bool(answered[query]) for query in QUERIES] == [True] * 9 + [False]


def test_a_phrase_has_the_papers_in_which_it_stands(tmp_path: Path) -> None:
    texts = ("A kettle whistling.", "A kettle one two three four whistling.", "A whistling kettle.")
    Store(tmp_path / "archive").write(
        Paper(id=f"arxiv:2511.{n:05}", title=f"Note {n}", abstract=text, published="2025-11-03")
        for n, text in enumerate(texts)
    )
    queries = ('"kettle whistling"', 'kettle -"kettle whistling"', "kettle whistling")
    answered = read_catalog(tmp_path, config_of(*queries)).monitors
    assert [sorted(m.slugs) for m in answered] == [
        ["2511.00000"],
        ["2511.00001", "2511.00002"],
        ["2511.00000", "2511.00001", "2511.00002"],
    ]


def test_a_later_build_is_a_first_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    config = config_of(*QUERIES)
    for last in (100, 120, 121):
        store.write(papers(0, last))
        build_docs(tmp_path, config)
    later = contents(tmp_path / "docs")
    delete_generated(tmp_path / "docs")
    shutil.rmtree(tmp_path / CACHE_FOLDER)
    build_docs(tmp_path, config)
    assert contents(tmp_path / "docs") == later
    assert "monitors/m0.md" in later
    assert "feeds/monitors/m0.atom" in later
    assert "feeds/monitors/m9.atom" not in later
    site_build = SiteBuild(tmp_path, config)
    answered = {m.name: m.slugs for m in site_build.catalog.monitors}
    site_build.close()
    assert {m.name: m.slugs for m in read_catalog(tmp_path, config).monitors} == answered


def test_pages_say_what_was_asked_and_what_is_new(tmp_path: Path) -> None:
    Store(tmp_path / "archive").write(papers(0, 40))
    build_docs(tmp_path, config_of("kettle <b>& `tea`", "protien"))
    docs = tmp_path / "docs"
    assert "“protein” was looked for" in (docs / "monitors" / "m1.md").read_text()
    assert "<b>" not in (docs / "monitors" / "m0.md").read_text()
    index = (docs / "monitors" / "index.md").read_text()
    assert "new in 7 days" in index
    assert "Monitors, new in 7 days" in (docs / "index.md").read_text()
    build_docs(tmp_path, Config("Kettles"))
    assert not (docs / "monitors").exists()


def test_the_mail_says_how_many_are_new_for_whom(tmp_path: Path) -> None:
    of_a_day = [
        Paper(id=f"arxiv:2511.{n:05}", title=f"Kettle {n}", published="2025-11-03")
        for n in range(5)
    ]
    Store(tmp_path / "archive").write((*papers(0, 9), *of_a_day))
    config = config_of("kettle", "protein")
    issue = build_issue(read_catalog(tmp_path, config), "2025-11-03", config, 20)
    assert issue
    [section] = issue.monitors
    assert (section.title, len(section.papers)) == ("5 new for kettle", 3)
    assert section.url == "https://kettles.example/monitors/m0/"
    assert issue.left_out_count == 0
    assert "5 NEW FOR KETTLE" in render_text(issue, "https://kettles.example/stop")
    assert "5 new for kettle" in render_html(issue, "https://kettles.example/stop")


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ('"no end', "quotation mark"),
        ("topic:agnets", "topic that is none: agnets"),
        ("source:arxivv tea", "source that is none: arxivv"),
        ("year:soon tea", "year that is none: soon"),
        ("titel:kettle", "field that is none: titel"),
        ("author: lovelace", "author: without a value"),
        ("has:video tea", "cannot be asked to have: video"),
        ("tea code:none", "neither yes nor no: none"),
        ("tea -code:nein", "neither yes nor no: nein"),
        ("the of and", "asks for nothing"),
        ("-kettle", "asks for nothing"),
        ("2401.00001", "names one paper"),
    ],
)
def test_a_wrong_query_is_named_with_its_cure(tmp_path: Path, query: str, what: str) -> None:
    lines = f"title: K\nmonitors:\n  - {{name: one, query: {json.dumps(query)}}}\n"
    (tmp_path / "archive.yml").write_text(lines)
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n")
    [problem] = [p for p in check_archive(tmp_path, _TODAY) if "monitors" in p.where]
    assert "one" in problem.where
    assert what in problem.what
    assert problem.cure
    assert problem in build_docs(tmp_path, load_config(tmp_path)).problems


@pytest.mark.parametrize(
    "query",
    [
        "http://kettle",
        'topic:"Language and language models"',
        '"a: b" tea',
        "C++ code:no",
        "tea -code:True",
        "year:2024..",
    ],
)
def test_an_unusual_query_is_no_wrong_one(tmp_path: Path, query: str) -> None:
    lines = f"title: K\nmonitors:\n  - {{name: one, query: {json.dumps(query)}}}\n"
    (tmp_path / "archive.yml").write_text(lines)
    assert [*monitor_problems(load_config(tmp_path), tmp_path)] == []
