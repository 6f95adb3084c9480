"""Style sheets know no left and right: a page in Arabic is the mirror of one in English."""

from __future__ import annotations

import re
from pathlib import Path

import paper_digest
import pytest

PACKAGE = Path(paper_digest.__file__).parent
STYLE_SHEETS = {
    path.name: path
    for path in (
        *(PACKAGE / "site/theme/assets/stylesheets").glob("*.css"),
        PACKAGE / "render/exports/feed.css",
    )
}
#: Declarations that name a side, each with the reason.
PHYSICAL = {
    "languages.css: --pd-to-start: to left": "the one place where sides are named for gradients",
    "languages.css: --pd-to-end: to right": "the same",
    "languages.css: --pd-to-start: to right": "the same, from right to left",
    "languages.css: --pd-to-end: to left": "the same, from right to left",
    "languages.css: --pd-line-start: left": "where a page's lines begin, for texts of the other direction",
    "languages.css: --pd-line-start: right": "the same, from right to left",
    "text.css: text-align: left": "a formula's column, whose source names the side",
    "text.css: text-align: right": "a formula's column, whose source names the side",
}
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+);")
_SIDE = re.compile(r"(?:^|[\s-])(?:left|right)\b")
#: Shorthands whose second and fourth of four values are right and left.
_FOUR_SIDES = re.compile(
    r"padding|margin|inset|border-(?:width|color|style|radius)|scroll-(?:margin|padding)"
)


def physical_declarations(css: str) -> list[str]:
    """Return the declarations of a style sheet that say left or right, in a word or by place."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = []
    for name, value in _DECLARATION.findall(re.sub(r"url\('[^']*'\)", "url()", without_comments)):
        values = re.sub(r"\([^()]*\)", "()", value).replace("!important", "").split()
        is_lopsided = (
            _FOUR_SIDES.fullmatch(name) and len(values) == len("TRBL") and values[1] != values[3]
        )
        if _SIDE.search(name) or _SIDE.search(value) or is_lopsided:
            found.append(f"{name}: {' '.join(value.split())}")
    return found


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1px; }",
        "a { left: 0; }",
        "a { float: right; }",
        "a { border-top-right-radius: 1px; }",
        "a { background: linear-gradient(to right, red, blue); }",
        "a { inset: auto 0 0 auto; }",
        "a { padding: 0 1px 0 calc(1px + 2px) !important; }",
    ],
)
def test_every_way_to_name_a_side_is_seen(css: str) -> None:
    assert len(physical_declarations(css)) == 1


def test_what_names_no_side_is_passed_over() -> None:
    css = "a { margin: 1px 2px 3px 2px; inset-inline: auto 0; text-align: start; } /* left: 0; */"
    assert physical_declarations(css) == []


def test_no_style_sheet_names_a_side_without_a_reason() -> None:
    named = {
        f"{name}: {declaration}"
        for name, path in STYLE_SHEETS.items()
        for declaration in physical_declarations(path.read_text("utf-8"))
    }
    assert named == PHYSICAL.keys()
