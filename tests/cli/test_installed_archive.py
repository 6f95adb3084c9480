"""An archive's life far from any checkout: made by a wheel, filled, shown, published, and upgraded by a newer wheel."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from installed_program import InstalledProgram, build_wheel, copy_sources
from paper_digest import __version__
from paths import ROOT
from reserved_port import reserved_port
from simulated_year import FIRST_DAY, World

pytestmark = pytest.mark.xdist_group("wheel")

NEWER = "99.0.0"

#: Seconds until a machine is not slow but stuck.
STUCK = 300


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what a wheel is built from."""
    return copy_sources(tmp_path_factory.mktemp("sources") / "copy")


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this version's wheel."""
    return build_wheel(sources, tmp_path_factory.mktemp("wheel"))


def test_a_wheel_holds_the_template_whole(wheel: Path) -> None:
    place = "paper_digest/cli/archive_template/"
    with zipfile.ZipFile(wheel) as opened:
        held = {name: opened.read(name) for name in opened.namelist()}
    for name in ("requirements.txt", "CHANGELOG.md"):
        assert held[place + name] == (ROOT / name).read_bytes()
    assert place + "workflows/ingest.yml" in held
    assert "paper_digest/builder/pages/about.md" in held


def newer_wheel(sources: Path, place: Path) -> Path:
    """Build the wheel of a version whose workflows, and a file of theirs, differ from this one's."""
    package = sources / "generator" / "paper_digest"
    module = package / "__init__.py"
    module.write_text(module.read_text("utf-8").replace(__version__, NEWER), "utf-8")
    template = package / "cli" / "archive_template"
    for name in ("gitignore", "workflows/ingest.yml"):
        with (template / name).open("a", encoding="utf-8") as file:
            file.write("# of the newer version\n")
    changelog = sources / "CHANGELOG.md"
    changes = f"## [{NEWER}]\n\n- Tethers hold.\n\n## [{__version__}]"
    text = changelog.read_text("utf-8")
    text = text.replace(f"## [{__version__}]", changes, 1)
    changelog.write_text(text if changes in text else f"{text}\n{changes}\n", "utf-8")
    return build_wheel(sources, place)


@pytest.fixture
def world() -> Iterator[World]:
    """Serve made-up answers of Hugging Face and arXiv on loopback, two days of them."""
    sources = World()
    sources.today = FIRST_DAY + timedelta(days=1)
    yield sources
    sources.server.stop()


class _Keeper:
    """A person with an archive, git and the installed program; every command has to succeed."""

    def __init__(self, archive: Path, program: InstalledProgram) -> None:
        self.archive, self.program = archive, program

    def digest(self, *words: str) -> dict[str, Any]:
        """Run ``digest``; returns what it says to programs."""
        ran = self.program.run(self.archive, *words, "--json")
        assert ran.returncode == 0, ran.stdout + ran.stderr
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    def build(self) -> None:
        ran = self.program.run_python(self.archive, "-m", "mkdocs", "build", "--strict")
        assert ran.returncode == 0, ran.stdout + ran.stderr

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Run ``digest serve`` on a free port until it answers; gives its address, ending in a slash."""
        with reserved_port() as port:
            process = subprocess.Popen(
                [self.program.commands / "digest", "serve", f"--port={port}"],
                cwd=self.archive,
                env=self.program.environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            address, end = f"http://localhost:{port}/", time.monotonic() + STUCK
            try:
                while not _answers(address):
                    assert process.poll() is None, process.returncode
                    assert time.monotonic() < end
                    time.sleep(0.1)
                yield address
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()

    def git(self, *words: str) -> str:
        author = ("-c", "user.name=A", "-c", "user.email=a@a.example")
        command = ["git", *author, *words]
        return subprocess.run(
            command, cwd=self.archive, capture_output=True, text=True, check=True
        ).stdout

    def commit(self) -> None:
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", "As it is")


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=STUCK, trust_env=False).is_success
    except httpx.TransportError:
        return False


def follow(base: str) -> str:
    """Write the setting that asks the loopback server for what World lists."""
    return (
        f"follow:\n  - source: huggingface\n    base_url: {base}\n"
        f"  - source: arxiv\n    categories: [cs.RO]\n    base_url: {base}\n"
    )


@pytest.mark.site
@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed (apt install rsync)")
def test_an_archive_lives_with_a_wheel_alone_and_a_newer_wheel_makes_no_conflict(
    wheel: Path, sources: Path, world: World, tmp_path: Path
) -> None:
    program = InstalledProgram(tmp_path / "environment")
    program.install(wheel)
    made = program.run(tmp_path, "new", "papers", "--yes", "--title=Boats", "--arxiv=cs.RO")
    assert made.returncode == 0, made.stderr
    keeper = _Keeper(tmp_path / "papers", program)
    where = program.run_python(tmp_path, "-c", "import paper_digest; print(paper_digest.__file__)")
    assert where.stdout.startswith(str(tmp_path))

    settings = keeper.archive / "archive.yml"
    text = re.sub(r"(?ms)^follow:\n.*?(?=^#|\Z)", follow(world.server.base), settings.read_text())
    settings.write_text(text, "utf-8")
    days = (f"--since={FIRST_DAY}", f"--until={world.today}")
    keeper.digest("ingest", *days)
    records = {path.stem for path in (keeper.archive / "archive" / "papers").rglob("*.md")}
    assert {f"arxiv:{stem}" for stem in records} == world.all_ids()
    assert keeper.digest("check")["problems"] == []

    keeper.build()
    page = "papers/2603.00001/index.html"
    with keeper.serve() as address:
        assert "Boats of 2603.00001" in httpx.get(address + page, timeout=STUCK).text
    keeper.digest("publish", str(tmp_path / "public"))
    public = (tmp_path / "public" / page).read_bytes()
    assert public == (keeper.archive / "site" / page).read_bytes()

    topics = "- {name: boats, title: Boats, words: [boat]}\n"
    (keeper.archive / "topics.yml").write_text(topics, "utf-8")
    note = keeper.archive / "docs" / "notes" / "2603.00001.md"
    note.write_text("A word of mine.\n", "utf-8")
    keeper.git("init", "--quiet")
    keeper.commit()
    program.install(newer_wheel(sources, tmp_path / "newer"))
    done = keeper.digest("upgrade")
    assert (done["before"], done["now"]) == (__version__, NEWER)
    assert (done["differences"], done["missing"]) == ({}, [])
    assert "Tethers hold." in done["news"]
    changed = {line[3:] for line in keeper.git("status", "--porcelain", "-uall").splitlines()}
    wheels = {f"wheels/paper_digest-{version}-py3-none-any.whl" for version in (__version__, NEWER)}
    assert changed == {
        ".gitignore", ".github/workflows/ingest.yml", ".paper-digest.json", "program.txt", *wheels
    }  # fmt: skip
    assert keeper.digest("check")["problems"] == []
    keeper.build()
    feed = (keeper.archive / "site" / "feeds" / "all.atom").read_text("utf-8")
    assert f'version="{NEWER}"' in feed
    assert NEWER in (keeper.archive / "site" / "status" / "index.html").read_text("utf-8")
