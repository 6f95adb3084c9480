"""One new file in the folder of sources is found everywhere, with no other edit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import paper_digest
import pytest
from loopback_server import Server, send
from source_answers import project

pytestmark = pytest.mark.xdist_group("new source")

MODULE = '''"""Zines: little papers about paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from paper_digest.model.announcements import NextNews
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Paper, Sighting
from paper_digest.sources.options import SourceOption
from paper_digest.sources.source import Locator, SourceQuery, Source


class Fridays:
    def newest_due(self, moment: datetime, /) -> date:
        return moment.date()

    def last_news(self, moment: datetime, /) -> datetime:
        return moment

    def next_news(self, moment: datetime, /) -> NextNews:
        return NextNews("pile of zines", datetime(2099, 1, 2, tzinfo=UTC))

    def reason_for_nothing_new(self, moment: datetime, /) -> str:
        return "the copier is jammed"


def parse(data: bytes, request: Request) -> Batch:
    paper = Paper(
        id="arxiv:2503.00010", title=json.loads(data), sightings=(Sighting("zines", "shelf"),)
    )
    return Batch((paper,))


def start(query: SourceQuery) -> Iterator[Request]:
    for shelf in query.values("shelf"):
        yield Request(f"{BASE}/{shelf}")


def locate(text: str) -> Request | None:
    return Request(f"{BASE}/one") if text == "zine:1" else None


BASE = "@BASE@"
SOURCE = Source(
    name="zines",
    title="Zine Shelf",
    phrase="the shelf of zines",
    files_help="Read zines that were typed.",
    parse=parse,
    start=start,
    options=(SourceOption("shelf", "shelves of zines", "[top]", by_days=True),),
    rank=15,
    rate_limits={"zines.example": 7.0},
    carries=frozenset({"title"}),
    calendar=Fridays(),
    locator=Locator(order=60, forms="a zine (zine:1)", find=locate),
)
'''


class Place:
    """A project, its server, and the copy of the program that it runs."""

    def __init__(self, root: Path, program: Path, server: Server) -> None:
        self.root, self.program, self.server = project(root, []), program, server

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the copy of the program, which goes before the one installed."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.program)},
            capture_output=True,
            text=True,
            check=False,
        )

    def digest(self, *arguments: str) -> str:
        """Run a command of ``digest`` and return all it prints."""
        ran = self.python("-m", "paper_digest", *arguments)
        return ran.stdout + ran.stderr

    def ingest(self, source: str, name: str, data: str) -> str:
        """Ingest a file of a source."""
        (self.root / name).write_text(data, "utf-8")
        return self.digest("ingest", source, name, "--date", "2026-01-05")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Path:
    """A copy of the program with one more source, and no other edit."""
    folder = tmp_path_factory.mktemp("program")
    package = Path(paper_digest.__file__).parent
    shutil.copytree(package, folder / "paper_digest", ignore=shutil.ignore_patterns("__pycache__"))
    module = folder / "paper_digest" / "sources" / "zines.py"
    module.write_text(MODULE.replace("@BASE@", server.base), "utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path, program: Path, server: Server) -> Place:
    return Place(tmp_path, program, server)


def bibtex(title: str) -> str:
    return f"@misc{{a, title={{{title}}}, eprint={{2503.00010}}, archiveprefix={{arXiv}}}}"


def arxiv(title: str) -> str:
    created = {"version": "v1", "created": "Mon, 3 Mar 2025 09:00:00 GMT"}
    return json.dumps({"id": "2503.00010", "title": title, "versions": [created]}) + "\n"


def test_the_command_line_reads_its_files(place: Place) -> None:
    assert "Read zines that were typed." in place.digest("ingest", "--help")
    assert "1 paper: 1 entry, 1 new" in place.ingest("zines", "zine.txt", '"Boats by zine"')


def test_it_is_believed_by_its_rank(place: Place) -> None:
    place.ingest("zines", "zine.txt", '"Boats by zine"')
    place.ingest("bibtex", "a.bib", bibtex("Boats by BibTeX"))
    assert "= title         Zine Shelf 2026-01-05: Boats by zine" in place.digest(
        "explain", "2503.00010"
    )
    place.ingest("arxiv", "a.jsonl", arxiv("Boats by arXiv"))
    explained = place.digest("explain", "2503.00010")
    titles = [line[:28] for line in explained.splitlines() if line[2:7] == "title"]
    assert [t[16:].split()[0] for t in titles] == ["arXiv", "Zine", "BibTeX"]


def test_it_is_followed_and_its_options_are_checked(place: Place) -> None:
    place.server.on("/top", send(b'"Boats from the shelf"'))
    project(place.root, [{"source": "zines", "shelf": "top"}])
    assert "zines: 1 entry" in place.digest("ingest")
    project(place.root, [{"source": "zines", "shelve": "top"}])
    assert "unknown option “shelve”; did you mean shelf?" in place.digest("ingest")
    project(place.root, [{"source": "zine", "shelf": "top"}])
    assert "there is no source 'zine'; did you mean zines?" in place.digest("ingest")


def test_it_finds_single_papers(place: Place) -> None:
    place.server.on("/one", send(b'"Boats, one by one"'))
    assert "arxiv:2503.00010" in place.digest("add", "zine:1")
    assert "a zine (zine:1)" in place.digest("add", "nonsense")


def test_pages_call_it_by_its_title_and_know_its_calendar(place: Place) -> None:
    place.server.on("/top", send(b'"Boats from the shelf"'))
    project(place.root, [{"source": "zines", "shelf": "top"}])
    place.digest("ingest")
    place.digest("build")
    status = (place.root / "docs" / "status.md").read_text("utf-8")
    assert "Zine Shelf" in status
    assert "Next pile of zines expected: Friday, 2 January 2099" in status
    paper = (place.root / "docs" / "papers" / "2503.00010.md").read_text("utf-8")
    assert "the shelf of zines" in paper


def test_the_manual_and_the_rate_limits_have_it(place: Place) -> None:
    program = """
from paper_digest.ingest.fetch.politeness import Politeness, call_interval_s
from paper_digest.sources.reference import option_table, source_table
from paper_digest.sources.registry import registry

sources = registry().by_name.values()
print(source_table(sources), option_table(sources), call_interval_s("a.zines.example", Politeness()))
"""
    printed = place.python("-c", program).stdout
    assert "| `zines` | Zine Shelf | Read zines that were typed. | `shelf` |" in printed
    assert "| `zines` | `shelf: [top]` | shelves of zines |" in printed
    assert printed.rstrip().endswith(" 7.0")
