"""Projects built both ways, fast and through MkDocs' page loop, and the sites compared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paths import SAMPLE, STANDARD_PAGES, THEME
from temporary_project import digest, new_project

#: A paper of the bundled archive.
KNOWN = "arxiv:1706.03762"

MKDOCS = str(Path(sys.executable).with_name("mkdocs"))


def command(project: Path, *words: str, quiet: bool = True) -> subprocess.Popen[str]:
    """Start MkDocs in a project; where it is quiet it does not count warnings, even if strict."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.Popen(
        [MKDOCS, *(["--quiet"] if quiet else []), *words],
        cwd=project,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def on_one_processor(project: Path) -> Path:
    """Build the fast way with one processor, so that no work is shared, and return the folder."""
    mine = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(mine)})  # what is started inherits it
    try:
        build = command(project, "build", "--strict")
    finally:
        os.sched_setaffinity(0, mine)
    return _done(build, project / "site")


def fast(project: Path) -> Path:
    """Build the fast way, into the kept site, and return its folder."""
    return _done(command(project, "build", "--strict"), project / "site")


def reference(project: Path) -> Path:
    """Build through docs/ and MkDocs' page loop, and return the site's folder."""
    built = digest(project, "build")
    assert built.returncode == 0, built.stderr
    text = (project / "mkdocs.yml").read_text("utf-8")
    slow = text.replace("  - paper-digest\n", "  - paper-digest: {fast: false}\n")
    assert slow != text
    (project / "slow.yml").write_text(slow, "utf-8")
    made = command(project, "build", "--strict", "-f", "slow.yml", "-d", "reference")
    return _done(made, project / "reference")


def differing(one: Path, other: Path) -> list[str]:
    """Name the files that two folders do not share, or in which they differ."""
    first, second = files(one), files(other)
    return sorted(
        path for path in first.keys() | second.keys() if first.get(path) != second.get(path)
    )


def files(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _done(build: subprocess.Popen[str], site: Path) -> Path:
    said, _ = build.communicate()
    assert build.returncode == 0, said
    return site


def project_of(place: Path, papers: str) -> Path:
    """Make a project with an address, a page that links to papers, and some of the archive."""
    project = new_project(place)
    for path in (SAMPLE / "archive" / "papers").glob(papers):
        target = project / path.relative_to(SAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    change(project, 'url: ""', "url: https://papers.example.org/all/")
    about = (STANDARD_PAGES / "about.md").read_text("utf-8")
    links = "[a paper](papers/1706.03762.md), [topics](topics/index.md#topics)\n"
    (project / "docs" / "about.md").write_text(about + links, "utf-8")
    return project


def change(project: Path, old: str, new: str, name: str = "archive.yml") -> None:
    path = project / name
    text = path.read_text("utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def rename_topic(project: Path) -> None:
    """Change a topic as an operator does."""
    (project / "topics.yml").write_text("- {name: reasoning, title: Thinking}\n", "utf-8")


def note(project: Path, name: str, text: str) -> None:
    """Write a note as an operator does."""
    path = project / "docs" / "notes" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def new_paper(project: Path) -> None:
    with Store(project / "archive").lock():
        paper = Paper(id="arxiv:1706.09999", title="A new paper", published="2017-06-12")
        Store(project / "archive").write([attribute_fields(paper, "arxiv", "2025-11-21")])


def own_theme(project: Path) -> Path:
    """Give a project a copy of our theme as the operator's own, and return the copy."""
    return shutil.copytree(THEME, project / "theme")


def edit_template(project: Path) -> None:
    """Change one of our templates as an operator does: in a copy that goes before it."""
    partials = project / "theme" / "partials"
    partials.mkdir(parents=True)
    shutil.copy(THEME / "partials" / "footer.html", partials)
    change(project, "<footer", '<footer id="foot"', "theme/partials/footer.html")


#: What curators write beside the records.
CURATED = {
    "lists/course.yml": """\
title: "Attention & <b>more</b>"
about: |
  Read *first*: [the paper](../papers/1706.03762.md), $x_1^2$.

  - one & two
by: "Ada <i>Example</i>"
papers:
  - "1602.04915"
  - section: "Week 2: *hard*"
    note: "<b>Slowly</b>."
  - paper: arxiv:1706.03762
    note: "[x](y) *twice*"
    added: 2026-03-03
""",
    "picks.yml": """\
- paper: "1707.06347"
  because: "It is <b>short</b> & *clear*, $x$."
  by: Ada Example
  date: 2017-07-21
""",
    "proposals.yml": """\
- paper: "1602.04915"
  by: "Ada <i>Example</i>"
  because: "It is *convex*, nearly: $x^2$ & <b>more</b>."
  issue: 7
  votes: 3
- {paper: arxiv:1707.06347, issue: 8}
""",
    "meetings/first.yml": "date: 2026-03-03 17:00\npapers: [arxiv:1706.03762]\n",
}


def curate(project: Path) -> None:
    """Write what curators write beside the records."""
    for name, text in CURATED.items():
        (project / "archive" / name).parent.mkdir(exist_ok=True)
        (project / "archive" / name).write_text(text, "utf-8")
