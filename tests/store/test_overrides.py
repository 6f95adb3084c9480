"""The operator has the last word, through every ingest and change of id; a typo is a clear error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from paper_digest.builder.site_build import build_docs
from paper_digest.cli.check import check_archive
from paper_digest.cli.explain import explain_paper
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.paper import Author, Digest, Link, Paper
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store import fixes, overrides
from paper_digest.store.files import Store
from paper_digest.store.paper_override import find_override
from source_answers import project

PAPER = Paper(
    id="arxiv:2503.00010",
    title="Boats",
    authors=(Author("A. Example"),),
    published="2025-03-04",
    announced="2025-03-05",
    digest=Digest("Theirs.", by="Ann"),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return project(tmp_path, [])


def write(place: Path, text: str, name: str = "ours.yml") -> Path:
    folder = place / "archive" / overrides.OVERRIDES_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def take(place: Path, paper: Paper, source: str = "arxiv") -> None:
    store = Store(place / "archive")
    with store.lock():
        absorber = PaperWriter(store, IngestReport())
        absorber.ingest_paper(paper, registry().source(source), "2026-03-01", "x")
        absorber.flush()


FIX = """
- id: arxiv:2503.00010
  at: 2026-01-02
  why: the proofs say so
  fix:
    title: "Boats: corrected"
    authors: [Ada Example, {name: Bo B, orcid: 0000-0002-1825-0097}]
    published: "2024"
    announced: 2025-06-01
    digest: {text: Ours., by: gpt, model: true}
    links: {code: https://github.com/example/boats}
"""


def test_a_fix_is_believed_over_every_source_and_survives_every_ingest(place: Path) -> None:
    write(place, FIX)
    for _ in range(2):
        take(place, PAPER)
        decided = overrides.load_overrides(place / "archive", [])
        [stored] = Store(place / "archive").read_all()
        fixed = overrides.apply_fixes(stored, find_override(decided, stored), registry().ranking)
        assert stored.title == "Boats"
        assert fixed.title == "Boats: corrected"
        assert [a.name for a in fixed.authors] == ["Ada Example", "Bo B"]
        assert (fixed.published, fixed.announced) == ("2024", "2025-06-01")
        assert fixed.digest == Digest("Ours.", by="gpt", model=True)
        assert [link.url for link in fixed.links] == ["https://github.com/example/boats"]
        assert (
            overrides.apply_fixes(fixed, find_override(decided, fixed), registry().ranking) == fixed
        )
    lines = list(explain_paper(Store(place / "archive"), load_config(place), "2503.00010"))
    assert "= title         editor 2026-01-02: Boats: corrected" in lines
    assert "- title         arXiv 2025-03-04: Boats" in lines


FULL = msgspec.structs.replace(
    PAPER,
    author_count=1,
    abstract="On boats.",
    truncated=True,
    updated="2025-03-06",
    categories=("cs.RO",),
    comment="9 pages",
    doi="10.1234/boats",
    journal_ref="J. Boats 1 (2025)",
    venue="Harbour",
    work_type="report",
    licence="http://creativecommons.org/licenses/by/4.0/",
    organisation="A Yard",
    keywords=("boat",),
    withdrawn="sunk",
    links=(Link("code", "https://github.com/example/boats"),),
)


def test_every_field_can_be_fixed_and_is_full_here() -> None:
    assert all(getattr(FULL, field) for field in fixes.FIXABLE_FIELDS)


@pytest.mark.parametrize("field", fixes.FIXABLE_FIELDS)
@pytest.mark.parametrize("empty", ['""', "[]", "{}", ""])
def test_an_empty_fix_clears_its_field_and_no_other(place: Path, field: str, empty: str) -> None:
    write(place, f"- {{id: {PAPER.id}, at: 2026-01-02, fix: {{{field}: {empty}}}}}\n")
    take(place, FULL)
    decided = overrides.load_overrides(place / "archive", [])
    [stored] = Store(place / "archive").read_all()
    fixed = overrides.apply_fixes(stored, find_override(decided, stored), registry().ranking)
    blank = Paper(id=PAPER.id)
    assert getattr(fixed, field) == getattr(blank, field)
    assert not (field == "abstract" and fixed.truncated)
    for other in fixes.FIXABLE_FIELDS:
        assert other == field or getattr(fixed, other) == getattr(stored, other)
    assert not any(field in (*claim.agrees, *claim.differs) for claim in fixed.claims)
    if field != "links":
        told = list(explain_paper(Store(place / "archive"), load_config(place), PAPER.id))
        assert f"= {field:<13} editor 2026-01-02: (cleared)" in told
        assert any(line.startswith(f"- {field:<13} arXiv 2025-03-06: ") for line in told)


LINKS = (
    Link("code", "https://a.example/theirs", stars=7),
    Link("code", "https://b.example/theirs"),
    Link("pdf", "https://a.example/boats.pdf"),
    Link("project", "https://boats.example/"),
)


@pytest.mark.parametrize(
    ("links", "kinds"),
    [
        ({"code": "https://a.example/ours"}, ["code", "pdf", "project"]),
        ({"code": "https://a.example/ours", "project": ""}, ["code", "pdf"]),
        ({"project": ""}, ["code", "code", "pdf"]),
        ({"code": None}, ["pdf", "project"]),
        ({"video": ""}, ["code", "code", "pdf", "project"]),
        ([{"kind": "code", "url": "https://a.example/ours"}], ["code"]),
        ([], []),
        ({}, []),
    ],
)
def test_links_by_kind_leave_those_of_other_kinds_alone(links: object, kinds: list[str]) -> None:
    paper = msgspec.structs.replace(PAPER, links=LINKS)
    fix = {"links": links}
    fixed = fixes.apply_fix(paper, fix, "2026-01-02", registry().ranking)
    assert [link.kind for link in fixed.links] == kinds
    assert fixes.apply_fix(fixed, fix, "2026-01-02", registry().ranking) == fixed
    given = set(links) if isinstance(links, dict) else set()
    others = [link for link in LINKS if link.kind not in given]
    assert not given or all(link in fixed.links for link in others)


def test_an_override_follows_its_paper_to_a_new_id(place: Path) -> None:
    take(
        place,
        Paper(
            id="title:0123456789abcdef",
            title="A Long Invented Title",
            author_count=1,
            published="2025",
        ),
        "text",
    )
    [saved] = Store(place / "archive").read_all()
    write(place, f"- id: {saved.id}\n  pin: true\n  fix: {{venue: Harbour}}\n")
    take(
        place,
        Paper(
            id="arxiv:2503.00010",
            title="A long invented title",
            author_count=1,
            published="2025-03-04",
        ),
    )
    built = build_docs(place, load_config(place))
    assert built.problems == []
    assert "Harbour" in (place / "docs" / "papers" / "2503.00010.md").read_text("utf-8")
    assert (place / "docs" / "papers" / f"{saved.slug}.md").exists()  # the redirect


@pytest.mark.parametrize(
    ("present", "former", "title", "unused"),
    [
        ("fix: {title: Present}", "fix: {title: Former}", "Present", "doi:10.1234/boats"),
        ("pin: true", "fix: {title: Former}", "Boats", "doi:10.1234/boats"),
        ("fix: {title: Present}", "hide: true", "", PAPER.id),
        ("hide: true", "fix: {title: Former}", "", "doi:10.1234/boats"),
        ("hide: true", "removed: true", "", ""),
        ("", "fix: {title: Former}", "Former", ""),
    ],
)
def test_of_two_overrides_of_one_paper_one_is_used_and_the_other_is_named(
    place: Path, present: str, former: str, title: str, unused: str
) -> None:
    """Two records with an override each were united: one of the two was used, and nobody said so."""
    Store(place / "archive").write([msgspec.structs.replace(PAPER, aliases=("doi:10.1234/boats",))])
    for name, paper_id, what in (("b", PAPER.id, present), ("a", "doi:10.1234/boats", former)):
        if what:
            write(place, f"\n- id: {paper_id}\n  {what}\n", f"{name}.yml")
    built = build_docs(place, load_config(place))
    page = (place / "docs" / "papers" / "2503.00010.md").read_text("utf-8")
    assert (built.paper_count, bool(title)) in ((1, True), (0, False))
    assert title in page
    checked = [
        problem
        for problem in check_archive(place, date(2026, 1, 1))
        if "overrides" in problem.where
    ]
    used = "doi:10.1234/boats" if unused == PAPER.id else PAPER.id
    named = f"{unused} is one paper with {used}, and the override of that is used"
    for problems in (built.problems, checked):
        united = [problem for problem in problems if " is one paper with " in problem.what]
        assert [problem.what for problem in united] == [named] * bool(unused)
        name = "b.yml:2" if unused == PAPER.id else "a.yml:2"
        assert all(problem.where.endswith(name) for problem in united)


def test_what_is_hidden_stays_hidden_and_a_stray_id_is_told(place: Path) -> None:
    take(place, PAPER)
    write(place, "- id: arxiv:2503.00010\n  hide: true\n- id: arxiv:2503.00011\n  hide: true\n")
    built = build_docs(place, load_config(place))
    assert built.paper_count == 0
    assert [p for p in built.problems if "2503.00011 is not in the archive" in str(p)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            "- id: arxiv:2503.00010\n  hidden: true\n",
            2,
            "unknown key hidden; did you mean hide",
        ),
        (
            "- id: arxiv:2503.00010\n  fix: {titel: Boats}\n",
            2,
            "no field 'titel'; did you mean title",
        ),
        ("- id: arxiv:2503.00010\n  topics: [boat]\n", 2, "no topic 'boat'; did you mean boats"),
        ("- id: arxiv:2503.00010\n  topics: [boats, boats]\n", 2, "stands here twice"),
        ("- pin: true\n", 1, "lacks id:"),
        (
            "\n- {id: arxiv:2503.00010, pin: true}\n- {id: arxiv:2503.00010, pin: true}\n",
            3,
            "two overrides",
        ),
        ("- id: arxiv:2503.00010\n  why: later\n", 1, "decides nothing"),
        ("- id: arxiv:2503.00010\n  pin: true\n  hide: true\n", 2, "cannot be pinned"),
        ("- id: arxiv:2503.00010\n  pin: true\n  at: soon\n", 3, "no ISO date"),
        ("- id: arxiv:2503.00010\n  pin: true\n  pin: true\n", 3, "stands here and on line 2"),
        ("- id: 2503.00010\n", 1, "is a number and should be a text; put it in quotes"),
        ("- id: '2503.00010'\n", 1, "write arxiv:2503.00010"),
        ("- id: arxiv:2503.00010\n fix: {title: a: b}\n", 2, "is not YAML"),
        ("id: arxiv:2503.00010\n", 1, "is no list"),
        *(
            (f"- id: arxiv:2503.00010\n  fix:\n    {fix}\n", 3, what)
            for fix, what in {
                "published: 4 March": "no ISO date",
                "published: 2025": "is a whole number and should be a text; put it in quotes",
                "announced: '2025'": "no ISO date",
                "links: {cod: https://a.example}": "'cod'",
                "links: {cod: ''}": "'cod'",
                "links: {code: a.example}": "no web address",
                "links: [{kind: code, url: https://a.example, stars: -1}]": "no count",
                "author_count: 0": "says nothing",
                "author_count: -1": "no count",
                "doi: boats": "no DOI",
                "work_type: thesys": "did you mean thesis?",
                "doi: https://doi.org/10.1234/BOATS": "did you mean '10.1234/boats'",
                "title: |\n      two\n      lines": "more than one line",
                'title: "a\\u202eb"': "control characters",
                "title: false": "should be a text",
                "authors: ['']": "is empty",
                "authors: [{name: A, orcid: '1'}]": "no ORCID",
                "keywords: [' ']": "is empty",
                "digest: {text: '', by: A}": "is empty",
                "digest: {text: A., by: A, at: soon}": "no ISO date",
            }.items()
        ),
    ],
)
def test_a_typo_is_an_error_with_its_line_and_cure(
    place: Path, text: str, line: int, what: str
) -> None:
    path = write(place, text)
    with pytest.raises(ConfigError) as caught:
        overrides.load_overrides(place / "archive", ["boats"])
    assert caught.value.where == f"{path}:{line}"
    assert what in str(caught.value)
    assert caught.value.cure


def test_a_file_that_would_be_passed_over_is_told(place: Path) -> None:
    write(place, FIX, "ours.yaml")
    with pytest.raises(ConfigError, match=r"ends in \.yml"):
        overrides.load_overrides(place / "archive", [])


def test_a_file_of_remarks_is_none(place: Path) -> None:
    write(place, "# nothing yet\n")
    assert overrides.load_overrides(place / "archive", []) == {}


@pytest.mark.parametrize("emptied", ["", "\n", " \n\n"])
def test_an_emptied_file_is_named(place: Path, emptied: str) -> None:
    """What it hid is shown again, and nobody would know why."""
    path = write(place, emptied)
    problems: list[Problem] = []
    assert overrides.load_overrides(place / "archive", [], problems) == {}
    assert [(one.where, one.what) for one in problems] == [(str(path), "is empty")]
