"""``digest check`` beside a real build of the same project: what fails a build, the check names too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from paper_digest.cli.check import check_archive
from paper_digest.cli.new_archive import Answers, new_archive
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from site_builds import command

TODAY = date(2026, 3, 4)

#: What a person writes, each with a fault that leaves the rest of the site as it is, and its line.
WRITTEN: dict[str, bytes] = {
    "docs/notes/2501.00001.md": b"See [a](../papers/gone.md), [b](gone.md)\n\nand ![c](gone.png),\n\n[d](../topics/gone.md) <div>\n<script>e()</script>\n",
    "docs/notes/2501.00002.md": b"Fine.\n\nA NUL: \0.\n",
    "docs/notes/2501.00003.md": "Müller\n".encode("latin-1"),
    "docs/notes/2501.00004.md": b"# A rule\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n",
    "docs/control.md": b"# Sails\n\n\x1b[31mred\n",
    "docs/utf16.md": "# Boats\n".encode("utf-16-le"),
    "docs/merged.md": b"# A rule\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n",
    "docs/papers/mine.md": b"# In the folder of builds\n",
    "archive/lists/boats.yml": b"title: Boats\nabout: See [a](../papers/gone.md) and <b>.\npapers: []\n",
    "archive/picks.yml": b"- {paper: '2501.09999', because: It floats., by: Ada, date: 2026-03-03}\n",
}
#: Links that lead somewhere: to papers, by ids now and before, hidden ones too, pages of words, files, and what a build makes.
SOUND = b"# Links\n\n" + b"".join(
    b"[x](%s)\n" % target
    for target in (
        b"papers/2501.00001.md", b"papers/2501.00007.md", b"papers/2501.00005.md", b"topics/index.md", b"index.md",
        b"dates/2025.md", b"about.md", b"sail.png", b"assets/of-theme.css", b"https://a.example/x.md", b"#x",
    )
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "boats"
    new_archive(root, Answers(title="Boats"))
    papers = [
        Paper(id=f"arxiv:2501.0000{n}", title=f"Looms {n}", published="2025") for n in range(1, 6)
    ]
    papers[0] = Paper(
        id="arxiv:2501.00001", title="Looms", published="2025", aliases=("arxiv:2501.00007",)
    )
    Store(root / "archive").write(papers)
    (root / "archive" / "overrides").mkdir()
    (root / "archive" / "overrides" / "a.yml").write_text("- {id: 'arxiv:2501.00005', hide: true}\n")  # fmt: skip
    return root


def write(root: Path, name: str, data: bytes) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(data)


def checked(root: Path) -> set[str]:
    """Check an archive; returns each problem as a line, places counted from its folder."""
    return {str(one).replace(f"{root}/", "") for one in check_archive(root, TODAY)}


@pytest.mark.site
def test_the_faults_of_a_build_are_those_of_the_check(archive: Path) -> None:
    for name, data in WRITTEN.items():
        write(archive, name, data)
    (archive / "docs" / "drawing.png").symlink_to("nowhere.png")
    (archive / "docs" / "latin\udce9.md").write_text("# Latin\n")
    build = command(archive, "build", quiet=False)
    lines = build.communicate()[0].splitlines()
    assert build.returncode == 1
    faults = {line.removeprefix("ERROR   -  ") for line in lines if line.startswith("ERROR")}
    named = checked(archive)
    assert faults == named, faults ^ named
    places = {fault.split(":")[0] for fault in faults}
    assert places == {*WRITTEN, "docs/drawing.png", "docs/latin\N{REPLACEMENT CHARACTER}.md"}


def test_links_that_lead_somewhere_are_no_faults(archive: Path) -> None:
    write(archive, "docs/links.md", SOUND.replace(b"assets/of-theme.css", b"sail.png"))
    write(archive, "docs/sail.png", b"PNG")
    for name in ("2501.00001", "2501.00007"):
        note = SOUND.replace(b"# Links", b"").replace(b"](", b"](../").replace(b"](../#", b"](#")
        write(archive, f"docs/notes/{name}.md", note.replace(b"../https", b"https").replace(b"assets/of-theme.css", b"sail.png"))  # fmt: skip
    write(
        archive,
        "theme/partials/copyright.html",
        b"{% trans %}Boats{% endtrans %} {{ 1 | sails }}\n",
    )
    assert checked(archive) == set()
    write(archive, "docs/links.md", b"# Links\n\n[x](gone.md) <script>x()</script>\n")
    assert {line.split(";")[0] for line in checked(archive)} == {
        "docs/links.md:3: links to gone.md, which is no page",
        "docs/links.md: has an inline script, which the pages' Content-Security-Policy stops",
    }


def add(name: str, text: str) -> Callable[[Path], None]:
    def fault(root: Path) -> None:
        before = (root / name).read_text("utf-8") if (root / name).exists() else ""
        write(root, name, (before + text).encode())

    return fault


#: What ends a build, or a strict one, and what the check says of it.
ENDINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a navigation without home": (add("mkdocs.yml", "nav: [about.md]\n"), "nav does not name index.md"),
    "a page of the navigation": (add("mkdocs.yml", "nav: [index.md, gone.md, 'https://a.example']\n"), "nav names gone.md"),
    "a setting MkDocs knows not": (add("mkdocs.yml", "colour: red\n"), "mkdocs.yml:23: colour"),
    "an extension": (add("mkdocs.yml", "markdown_extensions: [sails]\n"), "mkdocs.yml:23: markdown_extensions"),
    "a file to inherit": (add("mkdocs.yml", "INHERIT: gone.yml\n"), "gone.yml"),
    "a template": (add("theme/main.html", "a\n{% sail %}\n"), "theme/main.html:2: cannot be used: Encountered unknown tag 'sail'"),
    "a template of bytes": (add("theme/main.html", "a\n\0\n"), "theme/main.html:2: holds a character"),
}  # fmt: skip


def test_what_ends_a_build_is_named(archive: Path) -> None:
    before = (archive / "mkdocs.yml").read_bytes()
    for fault, words in ENDINGS.values():
        fault(archive)
        said = checked(archive)
        assert any(words in line for line in said), (words, said)
        assert len(said) == 1, said
        (archive / "theme" / "main.html").unlink(missing_ok=True)
        write(archive, "mkdocs.yml", before)


@pytest.mark.site
@pytest.mark.parametrize(
    ("template", "words"),
    [
        (b"a\n{% sail %}\n", "main.html:2: cannot be used: Encountered unknown tag 'sail'"),
        (b'{% extends "base.html" %}\n{% block content %}\n{{ sails.of.boats }}\n{% endblock %}\n', "main.html:3: cannot be used: 'sails' is undefined"),
        (b'{% extends "base.html" %}\n{% include "gone.html" %}\n{% block content %}\n{% include "gone.html" %}\n{% endblock %}\n', "main.html:2: cannot be used: gone.html is no template"),
        (b"a\n\xe9\n", "main.html:2: is not UTF-8"),
    ],
)  # fmt: skip
def test_a_build_names_the_template_that_ends_it(
    archive: Path, template: bytes, words: str
) -> None:
    """It was a traceback through Jinja, or a fault of the cache's folder."""
    write(archive, "theme/main.html", template)
    build = command(archive, "build", "--strict")
    output = build.communicate()[0]
    assert build.returncode == 1
    assert words in output, output
    assert "Traceback" not in output
