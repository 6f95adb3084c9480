"""Pages as the W3C's checker and html-validate see them: no error on any kind of page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from other_programs import node_package, program, run
from page_kinds import KINDS

pytestmark = pytest.mark.site


def page_files(site: Path) -> list[str]:
    """List one page of each kind, and the pages of the twenty papers."""
    kinds = (site / path for path in KINDS.values())
    twenty = site.glob("papers/2602.00*/index.html")
    pages = [path / "index.html" if path.suffix != ".html" else path for path in kinds]
    return [str(path) for path in (*pages, *sorted(twenty))]


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    java, jar = program("java", "default-jre-headless"), node_package("vnu-jar/build/dist/vnu.jar")
    pages = page_files(site)
    # Its warnings are about a policy of files, which have no origin that 'self' could mean.
    answer = run(java, "-jar", jar, "--errors-only", "--format", "json", *pages)
    errors = Counter(one["message"] for one in json.loads(answer.stderr)["messages"])
    assert not errors
    assert len(pages) > len(KINDS)


def test_html_validate_finds_no_error(site: Path, tmp_path: Path) -> None:
    command = node_package(".bin/html-validate")
    settings = tmp_path / "htmlvalidate.json"
    settings.write_text('{"extends": ["html-validate:standard"], "root": true}', "utf-8")
    report = tmp_path / "report.json"
    formatter = f"json={report}"
    answer = run(command, "--formatter", formatter, "--config", str(settings), *page_files(site))
    assert report.exists(), answer.stderr
    errors = Counter(
        (message["ruleId"], message["message"])
        for page in json.loads(report.read_bytes())
        for message in page["messages"]
    )
    assert not errors
