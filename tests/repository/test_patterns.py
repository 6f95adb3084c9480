"""No regular expression of the package takes more than time in proportion to the text that meets it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from paths import PACKAGE
from pattern_growth import (
    PackagePattern,
    growth_fault,
    package_patterns,
    repeats_group_possessively,
    script_patterns,
)

#: Modules whose patterns see texts of bounded length alone.
BOUNDED = {
    "deliver/git_push.py": "what git said, cut to 300 characters",
    "render/citation/journal_ref.py": "a reference of at most MAX_REFERENCE_CHARACTERS",
    "render/citation/locators.py": "part of such a reference",
    "render/citation/proceedings_ref.py": "such a reference",
    "search/bundle.py": "our own scripts",
    "search/query_parser.py": "a query of at most query_letters",
    "site/assets.py": "our own style sheets",
    "text/tex/mathml.py": "a formula of at most MAX_FORMULA_CHARACTERS",
    "text/tex/mathml_macros.py": "such a formula",
    "text/tex/unicode_math.py": "such a formula",
}
#: Patterns that grow by themselves, and not as they are used.
HARMLESS = {
    "model/ids.py: _ID_FORMS": "matched at the start alone, and bounded",
    "render/formula_markup.py: _NAMED_BY_CONTENT": "sees HTML that we wrote: each element ends",
    "render/language_attributes.py: _UNREAD": "sees HTML that we wrote: each tag ends",
    "site/trim.py: _CHECKBOX_AUTOCOMPLETE": "sees the theme's templates",
    "site/trim.py: _SOURCE_MAP": "matched whole with a path of the theme",
    "site/trim.py: _STOCK_SEARCH": "matched whole with a path of the theme",
    "sources/bibtex/commands.py: _OPTION": "tried once behind each command",
    "sources/bibtex/commands.py: _BEFORE_BRACE": "tried once behind each command",
    "sources/bibtex/commands.py: _SPACE_OR_BRACES": "tried once behind each command",
    "sources/file_formats.py: _TEXTS": "sees the first HEAD_BYTES of a file",
    "sources/paper_addresses.py: _AFTER_DOI": "sees an address of at most MAX_URL_CHARACTERS",
    "sources/paper_addresses.py: _AFTER_RXIV_DOI": "sees an address of at most MAX_URL_CHARACTERS",
    "sources/citation_note.py: _AUTHORS_NAMED": "matched at the start alone",
    "sources/western_text.py: _NOT_WESTERN": "looks 30 letters ahead",
    "text/tex/convert.py: _COMMENT": "looks 200 characters ahead",
    "text/tex/segments.py: _DOLLARS_BEHIND": "tried once behind each formula",
}
#: Names in patterns that are made while the program runs, each with what may stand for it.
RUN_TIME_VALUES: dict[str, dict[str, Any]] = {
    "site/assets.py": {"names": r"ui\.js|bookmarks\.js"},
    "sources/bibtex/names.py": {"brackets": "{}()", "separator": re.compile(r"\s(?:and|und)\s")},
    "sources/paper_addresses.py": {"pattern": r"/(10\.\d{4,9}/[^/]+)"},
    "sources/registry.py": {"hosts": "arxiv\\.org|doi\\.org"},
    "text/printed_dates.py": {"years": ["1999"]},
    "text/tex/formulas_from_markup.py": {"name": "math"},
    "text/tex/segments.py": {"name": "equation"},
    "text/yaml_errors.py": {"form": "mapping values are not allowed"},
}
PATTERNS, UNRESOLVED = package_patterns(RUN_TIME_VALUES)
SCRIPT_PATTERNS = script_patterns(
    (PACKAGE / "search" / "browser", PACKAGE / "site" / "theme" / "assets" / "javascripts")
)


def _is_bounded(pattern: PackagePattern) -> bool:
    return pattern.place in HARMLESS or re.split(":", pattern.place)[0] in BOUNDED


def test_every_pattern_is_known() -> None:
    assert UNRESOLVED == []
    assert len(PATTERNS) > 400


@pytest.mark.parametrize("reasons", [BOUNDED, HARMLESS])
def test_no_reason_is_left_of_a_pattern_that_is_gone(reasons: dict[str, str]) -> None:
    places = {pattern.place for pattern in PATTERNS}
    places |= {place.partition(":")[0] for place in places}
    assert set(reasons) <= places


@pytest.mark.parametrize(
    "pattern",
    [pattern for pattern in PATTERNS if not _is_bounded(pattern)],
    ids=lambda pattern: pattern.place,
)
def test_a_pattern_grows_with_the_text(pattern: PackagePattern) -> None:
    assert growth_fault(pattern) == ""


def test_no_group_is_repeated_possessively() -> None:
    """The oldest Python that the package runs on, and Debian 12 has, reads such a pattern wrong."""
    places = [one.place for one in PATTERNS if repeats_group_possessively(one.compiled)]
    assert places == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (r"a(?:-\w+)*+", True), (r"(?:x|(?:ab)?+c)", True), (r"(?<!a)(?:b{2}){1,3}+", True),
        (r"\w++-[^a]*+.?+", False), (r"(?>(?:-\w++)*)", False), (r"(?:a|b)+", False),
    ],
)  # fmt: skip
def test_possessive_groups_are_known(text: str, *, is_found: bool) -> None:
    assert repeats_group_possessively(re.compile(text)) is is_found


def test_patterns_of_scripts_are_found() -> None:
    assert len(SCRIPT_PATTERNS) > 20


@pytest.mark.parametrize("pattern", SCRIPT_PATTERNS, ids=lambda pattern: pattern.place)
def test_a_pattern_of_a_script_grows_with_the_text(pattern: PackagePattern) -> None:
    assert growth_fault(pattern) == ""


@pytest.mark.parametrize(
    ("text", "is_anchored"),
    [
        (r"\s*x", False), (r"/\*.*?\*/", False), (r"(a|b)*c", False), (r"\(.*\)", False), (r"(?:a+)+b", True),
        (r"\s*:?\s*x", True), (r"a*[ab]*c", True), (r"<([^>]*)>", False), (r",(?![^(]*\))", False),
        (r"\d+(?![\w]*[/^]|\d)", True),
    ],
)  # fmt: skip
def test_the_measure_sees_patterns_that_grow_faster(text: str, *, is_anchored: bool) -> None:
    assert growth_fault(PackagePattern("made up", re.compile(text), is_anchored))


@pytest.mark.parametrize(
    ("text", "is_anchored"),
    [(r"\s*x", True), (r"(?:(?<!\s)\s+)?x", False), (r"<([^<>]*)>", False), (r"a{1,9}b", False), (r"\w+", False)],
)  # fmt: skip
def test_the_measure_lets_patterns_pass_that_do_not(text: str, *, is_anchored: bool) -> None:
    assert growth_fault(PackagePattern("made up", re.compile(text), is_anchored)) == ""
