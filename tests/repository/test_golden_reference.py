"""The tables of sources in the manual are those that the sources give; UPDATE_GOLDENS=1 writes them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from paper_digest.sources.reference import option_table, source_table
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source


@pytest.mark.parametrize(
    ("document", "name", "make_table"),
    [("README.md", "sources", source_table), ("ARCHITECTURE.md", "options", option_table)],
)
def test_the_golden_tables_of_the_manual(
    root: Path, document: str, name: str, make_table: Callable[[Iterable[Source]], str]
) -> None:
    text = (root / document).read_text("utf-8")
    block = re.compile(rf"(<!-- {name}: [^>]*-->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)
    [(_, written, _)] = block.findall(text)
    wanted = f"\n{make_table(registry().by_name.values())}\n"
    if os.environ.get("UPDATE_GOLDENS"):
        table = block.sub(lambda match: match[1] + wanted + match[3], text)
        (root / document).write_text(table, "utf-8")
    else:
        assert written == wanted, "write it with `make golden`"
