"""Finds every regular expression of the package, and strings made of its own pieces on which it may grow faster than they."""

from __future__ import annotations

import ast
import importlib
import itertools
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # the only account of what a pattern is made of
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from paper_digest.model.late_pattern import LatePattern
from paths import PACKAGE

#: Where the flags stand among the arguments of the functions of ``re``.
_FLAGS_AT = {
    "compile": 1,
    "search": 2,
    "match": 2,
    "fullmatch": 2,
    "findall": 2,
    "finditer": 2,
    "split": 3,
    "sub": 4,
    "subn": 4,
}
#: Functions and methods that try a pattern at one place only; all others try it at each.
_ANCHORED = {"match", "fullmatch"}

_CATEGORIES = {
    sre.CATEGORY_DIGIT: "07",
    sre.CATEGORY_NOT_DIGIT: "a (",
    sre.CATEGORY_SPACE: " \n\t",
    sre.CATEGORY_NOT_SPACE: "a0(",
    sre.CATEGORY_WORD: "a0_",
    sre.CATEGORY_NOT_WORD: " (.",
}
_ANY_CHARACTERS = 'a0 (\n,.-<[{"\\'
_MAX_SAMPLES = 4
_MAX_PUMPS = 30
_MAX_PREFIXES = 3
_MAX_ENDS = 3


class PackagePattern(NamedTuple):
    """A pattern, where it stands (``text/fields.py:17``), and whether it is tried at one place only."""

    place: str
    compiled: re.Pattern[Any]
    is_anchored: bool

    def run(self, text: str) -> None:
        """Use the pattern on a text as the package may."""
        subject = text.encode() if isinstance(self.compiled.pattern, bytes) else text
        if self.is_anchored:
            self.compiled.match(subject)
            self.compiled.fullmatch(subject)
        else:
            for _ in self.compiled.finditer(subject):
                pass


def package_patterns(
    run_time_values: dict[str, dict[str, Any]],
) -> tuple[list[PackagePattern], list[str]]:
    """Return all patterns of the package, and the places of those that could not be worked out.

    ``run_time_values``: for a module's path, names that stand in patterns made inside functions, with a
    value each.
    """
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    searched_in = {path: _searched_names([tree]) for path, tree in trees.items()}
    searched_anywhere = set().union(*searched_in.values())
    patterns: dict[tuple[Any, int, bool], PackagePattern] = {}
    unresolved = []

    def add(place: str, compiled: re.Pattern[Any], *, is_anchored: bool) -> None:
        key = (compiled.pattern, compiled.flags, is_anchored)
        patterns.setdefault(key, PackagePattern(place, compiled, is_anchored))

    for path, tree in trees.items():
        name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name.removesuffix(".__init__"))
        relative = path.relative_to(PACKAGE).as_posix()
        for variable, value in vars(module).items():
            searched = searched_in[path] if variable.startswith("_") else searched_anywhere
            for compiled in _patterns_in(value):
                is_anchored = (
                    isinstance(value, re.Pattern | LatePattern) and variable not in searched
                )
                add(f"{relative}: {variable}", compiled, is_anchored=is_anchored)
        namespace = {**vars(module), **run_time_values.get(relative, {})}
        in_functions = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.Lambda)
            for node in ast.walk(function)
        }
        for call in ast.walk(tree):
            if (method := _function_of_re(call)) and id(call) in in_functions:
                assert isinstance(call, ast.Call)
                place = f"{relative}:{call.lineno}"
                try:
                    compiled = _compile(call, method, namespace)
                except NameError:
                    unresolved.append(place)
                else:
                    add(place, compiled, is_anchored=method in _ANCHORED)
    return list(patterns.values()), unresolved


#: A pattern in a script: behind a sign that no value ends with.
_SCRIPT_PATTERN = re.compile(
    r"(?:[(=,:!?&|]|=>|return)\s*/((?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)"
)
#: What scripts write otherwise; the order counts. Properties of Unicode are about a word's characters.
_IN_PYTHON = (
    (r"\\P\{ASCII\}", r"[^\\x00-\\x7f]"),
    (r"\\p\{[^}]*\}", r"\\w"),
    (r"\(\?<(?=\w)", "(?P<"),
    (r"\\u\{([0-9a-f]{5})\}", r"\\U000\1"),
    (r"\\u\{([0-9a-f]{6})\}", r"\\U00\1"),
)


#: Made by others and minified: its divisions look like patterns, and its patterns see one character.
_MADE_BY_OTHERS = "lean-qr.js"


def script_patterns(folders: Iterable[Path]) -> list[PackagePattern]:
    """Return the patterns of our scripts below some folders, as Python writes them; all are searched for."""
    patterns = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.js")):
        if path.name == _MADE_BY_OTHERS:
            continue
        source = path.read_text("utf-8")
        for match in _SCRIPT_PATTERN.finditer(source):
            text = match[1]
            for written, in_python in _IN_PYTHON:
                text = re.sub(written, in_python, text)
            flags = re.IGNORECASE if "i" in match[2] else re.NOFLAG
            line = source.count("\n", 0, match.start(1)) + 1
            place = f"{path.name}:{line}"
            patterns.append(PackagePattern(place, re.compile(text, flags), is_anchored=False))
    return patterns


def _searched_names(trees: Iterable[ast.Module]) -> set[str]:
    """Return the names of patterns that are used in any way but ``NAME.match(text)``."""
    anchored: set[int] = set()
    searched = set()
    for tree in trees:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _ANCHORED
                and len(node.args) == 1
            ):
                anchored.add(id(node.func.value))
        for node in ast.walk(tree):
            if id(node) in anchored:
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                searched.add(node.id)
            elif isinstance(node, ast.Attribute):
                searched.add(node.attr)
    return searched


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LatePattern):
        yield value.compiled
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _patterns_in(item)
    elif isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from _patterns_in(item)


def _function_of_re(node: ast.AST) -> str:
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in _FLAGS_AT
    ):
        return node.func.attr
    return ""


def _compile(call: ast.Call, method: str, namespace: dict[str, Any]) -> re.Pattern[Any]:
    def value(node: ast.expr) -> Any:  # noqa: ANN401 - whatever the module says
        return eval(ast.unparse(node), namespace)  # noqa: S307 - text of our own modules

    flags = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    flags += call.args[_FLAGS_AT[method] : _FLAGS_AT[method] + 1]
    return re.compile(value(call.args[0]), value(flags[0]) if flags else 0)


def hostile_texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Yield texts of about ``size`` characters: a beginning of a match, one piece many times, and an end that fits not."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = _parser.parse(text, pattern.flags & ~re.DEBUG)
    pumps = list(dict.fromkeys(filter(None, _pumps(tree))))[:_MAX_PUMPS]
    prefixes = list(dict.fromkeys(("", *_prefixes(tree, ""))))[:_MAX_PREFIXES]
    ends = ("\x00", *dict.fromkeys(_refused(tree)))[:_MAX_ENDS]
    for prefix, pump in itertools.product(prefixes, pumps):
        for end in ends:
            yield prefix + pump * (size // len(pump)) + end


def _pumps(tree: Any) -> Iterator[str]:  # noqa: ANN401 - the parser's trees have no types
    for characters in dict.fromkeys(_characters(tree)):
        yield from characters
    for sequence in _sequences(tree):
        for first, last in itertools.combinations(range(len(sequence) + 1), 2):
            if last - first <= 8:
                yield from _samples(sequence[first:last])


def _sequences(tree: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    yield list(tree)
    for _, argument in tree:
        for inner in _inner(argument):
            yield from _sequences(inner)


def _inner(argument: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for item in argument:
            yield from _inner(item)


def _refused(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield characters that must not follow, where the pattern says so."""
    for sequence in _sequences(tree):
        for kind, argument in sequence:
            if kind is sre.ASSERT_NOT and argument[0] > 0:
                yield from ("".join(_characters(argument[1]))[-1:], _samples(argument[1])[-1])


def _characters(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for sequence in _sequences(tree):
        for item in sequence:
            if item[0] in {sre.LITERAL, sre.IN, sre.NOT_LITERAL, sre.ANY}:
                yield _characters_of(item)


def _characters_of(item: Any) -> str:  # noqa: ANN401
    """Return a few characters that an item of one character matches."""
    kind, argument = item
    if kind is sre.LITERAL:
        return chr(argument)
    if kind is sre.NOT_LITERAL:
        return "".join(sign for sign in _ANY_CHARACTERS if sign != chr(argument))[:4]
    if kind is sre.ANY:
        return "a ("
    members = ""
    for member, value in argument:
        if member is sre.LITERAL:
            members += chr(value)
        elif member is sre.RANGE:
            members += chr(value[0])
        elif member is sre.CATEGORY:
            members += _CATEGORIES[value]
    if argument[0][0] is sre.NEGATE:
        allowed = re.compile(f"[^{re.escape(members)}]")
        return "".join(sign for sign in _ANY_CHARACTERS if allowed.match(sign))[:4] or "a"
    return members[:6]


def _samples(sequence: Any) -> list[str]:  # noqa: ANN401
    """Return a few strings that a sequence matches, its conditions passed over."""
    results = [""]
    for kind, argument in sequence:
        pieces = [""]
        if kind in {sre.LITERAL, sre.IN, sre.NOT_LITERAL, sre.ANY}:
            pieces = list(_characters_of((kind, argument)))
        elif kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            low, high, inner = argument
            times = min(max(low, 1), high)
            pieces = [piece * int(times) for piece in _samples(inner)]
        elif kind is sre.BRANCH:
            pieces = [piece for branch in argument[1] for piece in _samples(branch)[:1]]
        elif kind is sre.SUBPATTERN:
            pieces = _samples(argument[3])
        elif kind is sre.ATOMIC_GROUP:
            pieces = _samples(argument)
        longest = max(len(results), len(pieces))
        results = [
            results[index % len(results)] + pieces[index % len(pieces)]
            for index in range(min(longest, _MAX_SAMPLES))
        ]
    return results


def _prefixes(tree: Any, before: str) -> Iterator[str]:  # noqa: ANN401
    """Yield, for each repeat, a text that leads to it."""
    sequence = list(tree)
    for index, (kind, argument) in enumerate(sequence):
        prefix = before + _samples(sequence[:index])[0]
        if kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            yield prefix
        for inner in _inner(argument):
            yield from _prefixes(inner, prefix)


_SMALL, _LARGE = 240, 6_000
#: 25 times the text may take 25 times as long; squares take 625 times. Both runs are too short for
#: another process to come between, at least once in some tries.
_MAX_RATIO = 125
_TRIES = 30
#: What took so long over all its tries was not slow for another process alone.
_ENOUGH_S = 0.3
#: A square takes longer than this for the large text.
_FLOOR_S = 0.0005
#: What is this slow on 240 characters doubles with each, and would never end on 6,000.
_ENDLESS_S = 0.005


def growth_fault(pattern: PackagePattern) -> str:
    """Return the beginning of a text on which a pattern takes more than time in proportion, or ""."""
    families = [hostile_texts(pattern.compiled, size) for size in (24, 40, _SMALL, _LARGE)]
    for tiny, little, small, large in zip(*families, strict=True):
        for text in (tiny, little, small):
            if _seconds(pattern, text, _ENDLESS_S) > _ENDLESS_S:
                return f"{tiny!r}: slow at {len(text)} characters"
        if _seconds(pattern, large, _FLOOR_S) < _FLOOR_S:
            continue
        small_s = _seconds(pattern, small)
        large_s = _seconds(pattern, large, small_s * _MAX_RATIO)
        if large_s > small_s * _MAX_RATIO:
            return f"{tiny!r}: {large_s / small_s:.0f} times as long for 25 times as many"
    return ""


def _seconds(pattern: PackagePattern, text: str, enough: float = 0.0) -> float:
    """Return the least time of some tries, or of the first that takes no more than ``enough``."""
    least = float("inf")
    for attempt in range(_TRIES):
        start = time.perf_counter()
        pattern.run(text)
        least = min(least, time.perf_counter() - start)
        if least <= enough or attempt * least > _ENOUGH_S:
            break
    return least


#: What one character alone is matched by.
_SINGLE = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN, sre.CATEGORY}


def repeats_group_possessively(pattern: re.Pattern[Any]) -> bool:
    r"""Tell whether a pattern has a possessive repetition of more than one character: ``(?:-\w+)*+``.

    Python before 3.11.5 takes in what the last, failing round had read (github.com/python/cpython/issues/106052);
    ``(?>(?:-\w+)*)`` means the same and is right.
    """
    return _has_possessive_group(_parser.parse(pattern.pattern, pattern.flags))


def _has_possessive_group(part: Any) -> bool:  # noqa: ANN401 - as the parser of ``re`` has it
    if isinstance(part, tuple) and len(part) == 2 and part[0] is sre.POSSESSIVE_REPEAT:
        repeated = part[1][2]
        if len(repeated) != 1 or repeated[0][0] not in _SINGLE:
            return True
    is_nested = isinstance(part, (tuple, list, _parser.SubPattern))
    return is_nested and any(_has_possessive_group(one) for one in part)
