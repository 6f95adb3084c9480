"""Names are the field's nouns: the worst of the old words are gone, and no name stands twice."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from paths import PACKAGE, ROOT

#: Words that named five different things each; the noun of what it is says more.
FORBIDDEN = {"told", "apart", "beside", "mark", "kept", "noted", "found"}


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name a module gives to something, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE), ast.parse(path.read_text("utf-8"))


def test_nothing_is_called_by_a_word_of_many_meanings() -> None:
    wrong = [
        f"{path}:{line}: {name}"
        for path, tree in modules()
        for name, line in identifiers(tree)
        if name.strip("_") in FORBIDDEN
    ]
    wrong += [str(path) for path, _ in modules() if {*path.with_suffix("").parts} & FORBIDDEN]
    assert wrong == []


def test_a_class_name_stands_once_in_the_package() -> None:
    places = defaultdict(list)
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_a_module_of_tests_has_a_name_of_its_own() -> None:
    """Pytest imports them by name alone: the second of two is not collected."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []
