"""Messages to operators count with ``counted``: no number stands before a plural that it may not be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from paper_digest.model.counted import counted
from paths import PACKAGE

#: What operators' messages count; a noun after a word (``3 more papers``) too.
PLURAL = re.compile(
    r" (?:more |new |other )?(?:papers|files|pages|records|pairs|words|entries|issues|answers|proposals|days|months|years|addresses|"
    r"topics|texts|were|have|are)\b"
)
FOLDERS = ("cli", "deliver", "ingest", "store", "identity")


def uncounted(source: str) -> Iterator[str]:
    """Yield what stands in a text between braces with digits grouped, right before a plural."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, after in zip(node.values, node.values[1:], strict=False):
            if not isinstance(value, ast.FormattedValue):
                continue
            number = ast.unparse(value.value)
            is_number = _is_grouped(value) or number.startswith("len(")
            if is_number and isinstance(after, ast.Constant) and PLURAL.match(str(after.value)):
                yield number


def _is_grouped(value: ast.FormattedValue) -> bool:
    """Say whether a number is written whole, with its digits grouped: what has decimals is never one."""
    given = ast.unparse(value.format_spec) if value.format_spec else ""
    return "," in given and (".0f" in given or "." not in given)


MODULES = [path for folder in FOLDERS for path in sorted((PACKAGE / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_number_stands_before_a_plural_that_it_may_not_be(path: Path) -> None:
    assert set(uncounted(path.read_text("utf-8"))) == set()


def test_what_is_counted() -> None:
    assert [counted(n, "paper") for n in (0, 1, 2, 2000)] == [
        "0 papers",
        "1 paper",
        "2 papers",
        "2,000 papers",
    ]
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(3, "entry", "entries") == "3 entries"


def test_the_check_sees_what_it_is_for() -> None:
    assert [*uncounted('f"{count:,} papers are here"')] == ["count"]
    assert [*uncounted('f"{len(all)} more files"')] == ["len(all)"]
    assert not [*uncounted("f\"{counted(count, 'paper')} in {place}\"")]
