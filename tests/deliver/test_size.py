"""What a site weighs: counted by kind, and held against the budget."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from paper_digest.deliver import size as weight
from paper_digest.store.runs.log import Run
from temporary_project import digest


def site(place: Path) -> Path:
    for path, size in {
        "index.html": 500,
        "papers/2511.01234/index.html": 8_000,
        "papers/2511.01235/index.html": 6_000,
        "papers/2511.01234.md": 1_000,
        "papers/2511.01234.bib": 300,
        "papers/2511.01234.linkset.json": 600,
        "api/papers/2511.01234.json": 1_100,
        "assets/search/root.bin": 300,
        "assets/site.js": 200,
    }.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(bytes(size))
    return place


def test_kinds_add_up(tmp_path: Path) -> None:
    found = weight.measure_site(site(tmp_path))
    assert found.kinds[0] == ("paper pages", 14_000, 2)
    assert ("search", 300, 1) in found.kinds
    assert ("pages as Markdown", 1_000, 1) in found.kinds
    assert {("citation files", 300, 1), ("API and dump", 1_700, 2)} <= {*found.kinds}
    assert found.total == 18_000
    assert found.paper_pages == 2


def test_the_address_of_a_paper_that_moved_counts_as_no_paper(tmp_path: Path) -> None:
    place, before = site(tmp_path), weight.measure_site(site(tmp_path))
    refresh = '<meta http-equiv="refresh" content="0;url=../../2025/papers/x/">'
    former = {
        "papers/x/index.html": refresh,
        "papers/x.md": "[Moved](x)",
        "api/papers/x.json": "{}",
    }
    for path, text in former.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, "utf-8")
    found = weight.measure_site(place)
    assert found.paper_pages == before.paper_pages
    size = sum(map(len, former.values()))
    assert set(found.kinds) == {*before.kinds, ("former addresses of papers", size, 3)}


def run(started: date, new: int, days_late: int = 0) -> Run:
    day = (started - timedelta(days_late)).isoformat()
    return Run("huggingface", "{}", f"{started}T06:00:00+00:00", day, day, ok=True, new=new)


START = date(2026, 1, 5)  # a Monday


@pytest.mark.parametrize("length", [21, 364, 3 * 364])
@pytest.mark.parametrize("new", [0, 1, 40])
def test_the_rate_is_what_the_runs_of_the_last_year_brought(length: int, new: int) -> None:
    days = (START + timedelta(n) for n in range(length + 1))
    runs = [run(day, new) for day in days if day.weekday() < 5]
    assert weight.papers_per_weekday(runs) == pytest.approx(new, rel=0.01)
    # Neither what the first run found gathered nor what a run filled in of the past comes again.
    runs[0] = run(START, 5_000)
    runs.insert(9, run(START + timedelta(11), 70_000, days_late=400))
    assert weight.papers_per_weekday(runs) == pytest.approx(new, rel=0.01)


@pytest.mark.parametrize("days", [[], [0], [0, 1, 2, 13]])
def test_too_few_days_of_runs_say_nothing_of_the_rate(days: list[int]) -> None:
    assert weight.papers_per_weekday(run(START + timedelta(n), 40) for n in days) is None


def test_a_forecast_is_said_while_there_is_room(tmp_path: Path) -> None:
    found = weight.measure_site(site(tmp_path))
    said = list(weight.report_lines(found, 24, 1_000_000_000))
    assert said[-2] == "2 papers, 9.0 KB each on average: 111,111 papers per GB."
    assert "24.0 new papers per weekday" in said[-1]
    assert said[-1].endswith("it is reached in 18 years.")
    assert "can be told after 14 days" in list(weight.report_lines(found, None, 10**9))[-1]
    assert "no run of the last year" in list(weight.report_lines(found, 0, 10**9))[-1]
    assert weight.budget_problems(found, 1_000_000_000) == []
    assert weight.budget_problems(found, 0) == []


@pytest.mark.parametrize(("rate", "warned"), [(400, True), (430, True), (24, False), (None, False)])
def test_an_operator_is_warned_a_year_ahead(
    tmp_path: Path, *, rate: float | None, warned: bool
) -> None:
    years = weight.years_left(weight.measure_site(site(tmp_path)), rate, 900_000_000)
    assert bool(weight.budget_warning(years)) == warned


def test_a_site_over_its_budget_is_a_problem_with_a_cure(tmp_path: Path) -> None:
    found = weight.measure_site(site(tmp_path))
    [problem] = map(str, weight.budget_problems(found, 10_000))
    assert "archive.yml" in problem
    assert "budget" in problem


def test_an_empty_site_weighs_nothing(tmp_path: Path) -> None:
    assert weight.measure_site(tmp_path).total == 0
    assert list(weight.report_lines(weight.measure_site(tmp_path), None, 1)) == [
        "       0.0 MB       total"
    ]


def test_the_command_fails_where_the_budget_is_crossed(project: Path) -> None:
    site(project / "site")
    (project / "site" / "large.bin").write_bytes(bytes(1_100_000))
    settings = project / "archive.yml"
    settings.write_text(settings.read_text("utf-8") + "\nbudget: 2\n", "utf-8")
    said = digest(project, "size")
    assert (said.returncode, said.stderr) == (0, "")
    assert "2 papers, 559.0 KB each on average: 1,789 papers per GB." in said.stdout
    settings.write_text(settings.read_text("utf-8").replace("budget: 2", "budget: 1"), "utf-8")
    said = digest(project, "size")
    assert said.returncode == 1
    assert "the site has 1 MB, its budget is 1 MB; raise budget in archive.yml" in said.stderr


def test_without_a_site_the_command_says_how_to_have_one(tmp_path: Path) -> None:
    (tmp_path / "archive.yml").write_text("title: A\n", "utf-8")
    said = digest(tmp_path, "size")
    assert said.returncode == 2
    assert said.stderr == (
        f"error: {tmp_path / 'site'}: holds no built site; run `mkdocs build` first\n"
    )
