"""A workflow that calls another of the archive gives it the rights its jobs ask for, or is named."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from paper_digest.cli.called_workflows import workflow_problems
from paper_digest.cli.new_archive import Answers, new_archive
from paths import ROOT
from temporary_project import digest

CALLER = "on: push\n{top}jobs:\n  first: {{runs-on: x}}\n  calls:\n{own}    uses: ./.github/workflows/called.yml\n"
CALLED = "on: workflow_call\n{top}jobs:\n  a:\n{own}    runs-on: x\n  b: {{permissions: {{pages: read}}}}\n"
LEVELS = (None, "none", "read", "write")


def workflows(root: Path, **files: str) -> list[str]:
    folder = root / ".github" / "workflows"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text)
    return [f"{p.where.rpartition('/')[2]} {p}" for p in workflow_problems(root)]


def written(level: str | None, indent: str) -> str:
    """Write the rights of a job or workflow, where there are any."""
    return f"{indent}permissions: {{contents: {level}, pages: read}}\n" if level else ""


@pytest.mark.parametrize(("top", "own"), [*product(LEVELS, LEVELS)])
def test_each_level_of_each_right_is_compared_where_it_is_known(
    tmp_path: Path, top: str | None, own: str | None
) -> None:
    """Rights of a job stand in place of its workflow's; where neither has any, the repository's settings say."""
    given = own or top
    caller = CALLER.format(top=written(top, ""), own=written(own, "    "))
    for called_top, called_own in product(LEVELS, LEVELS):
        needed = called_own or called_top
        called = CALLED.format(top=written(called_top, ""), own=written(called_own, "    "))
        said = workflows(tmp_path, caller=caller, called=called)
        is_refused = bool(given) and LEVELS.index(needed) > max(1, LEVELS.index(given))
        assert len(said) == is_refused, (caller, called, said)
        assert all(f"needs contents: {needed}" in one for one in said)


@pytest.mark.parametrize(
    ("caller", "words"),
    [
        (CALLER.format(top="", own="    permissions: {}\n"), "needs pages: read"),
        (CALLER.format(top="permissions: write-all\n", own=""), ""),
        (CALLER.format(top="", own="").replace("called.yml", "gone.yml"), "gone.yml, which is not there"),
        ("jobs: [a]\n", ""),
        ("jobs: {a: b, 3: {uses: 5}, c: {uses: ./.github/workflows/called.yml, permissions: {pages: [x]}}}\n", "needs pages: read"),
        ("[]\n", ""),
    ],
)  # fmt: skip
def test_what_else_a_call_may_be(tmp_path: Path, caller: str, words: str) -> None:
    said = workflows(tmp_path, caller=caller, called=CALLED.format(top="", own=""))
    assert len(said) == bool(words)
    assert words in "".join(said)
    # One that is no YAML is named for that alone.
    broken = workflows(tmp_path, caller=caller.replace("gone", "called"), called="jobs: [\n")
    assert len(broken) == 1
    assert "is not YAML" in broken[0]


def test_a_workflow_that_an_upgrade_left_is_named_where_the_one_it_calls_asks_for_more(
    tmp_path: Path,
) -> None:
    place = tmp_path / "boats"
    new_archive(place, Answers(title="Boats"))
    assert digest(place, "upgrade").returncode == 0
    path = place / ".github" / "workflows" / "ingest.yml"
    path.write_text(path.read_text().replace("      attestations: write\n", ""))
    for command in ("upgrade", "check"):
        ran = digest(place, command)
        assert ran.returncode == 1
        assert "ingest.yml:" in ran.stderr
        assert "write attestations: write under permissions: of the job publish" in ran.stderr


def test_the_workflows_of_the_project_and_of_a_new_archive_start(tmp_path: Path) -> None:
    assert [*workflow_problems(ROOT)] == []
    new_archive(tmp_path / "boats", Answers(title="Boats"))
    assert (tmp_path / "boats" / ".github" / "workflows" / "publish.yml").is_file()
    assert [*workflow_problems(tmp_path / "boats")] == []
