"""Rules whose match hangs on what stands in an element, or on any change of it, are about that element alone.

Browsers keep such rules in one lot: where one of them names what stands below (``:has(b) a``), a row that gets a
button, or a class, has them style all links of the page anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import paper_digest
import pytest
from paper_digest.site.material_styles import PAGE_SHEET

THEME = Path(paper_digest.__file__).parent / "site/theme/assets/stylesheets"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r"""'[^']*'|"[^"]*\"""")
_PRELUDE = re.compile(r"([^{}@;]+)\{")
_WIDE = re.compile(r":has\(|\[(?:class|style)\b")


def split_outside(selector: str, signs: str) -> list[str]:
    """Cut a selector at some signs, but not within brackets."""
    parts, depth = [""], 0
    for sign in selector:
        depth += (sign in "([") - (sign in ")]")
        if sign in signs and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def functions(compound: str) -> Iterator[str]:
    """Give what stands in the brackets of ``:is()``, ``:not()`` and ``:where()`` of a compound."""
    for match in re.finditer(r":(?:is|not|where)\(", compound):
        # With its own bracket before it, a function ends where no bracket is open.
        yield split_outside("(" + compound[match.end() :], ")")[0][1:]


def is_wide(selector: str) -> bool:
    """Tell whether a selector styles others than the element that it looks into."""
    *before, subject = (part for part in split_outside(selector.strip(), " >+~") if part)
    if any(_WIDE.search(part) for part in before):
        return True
    return any(is_wide(one) for inner in functions(subject) for one in split_outside(inner, ","))


def wide_selectors(css: str) -> list[str]:
    """Return the selectors of a style sheet that a change elsewhere may have styled anew by the hundred."""
    plain = _STRING.sub("''", _COMMENT.sub("", css))
    return [
        " ".join(selector.split())
        for prelude in _PRELUDE.findall(plain)
        for selector in split_outside(prelude, ",")
        if selector.strip() and is_wide(selector)
    ]


@pytest.mark.parametrize(
    "selector",
    [
        "p:has(a) a",
        "p:has(> a) > b",
        ":is(h2, p:has(a)) a",
        "a:is(p:has(b) > a)",
        "a:not(p:has(b) *)",
        "a:not(:is(p:has(b) *))",
        "p:has(+ p) + p",
        "p:not(:has(> a)) > h2",
        "table:not([class]) td",
        '[style*="x"] a',
    ],
)
def test_every_wide_selector_is_seen(selector: str) -> None:
    assert len(wide_selectors(f"@media (x > 1) {{ b, {selector}, i {{ top: 0 }} }}")) == 1


@pytest.mark.parametrize(
    "selector",
    [
        "p:has(> a)",
        "b > p:has(a, b c)::after",
        "p:not(:has(a)):hover",
        "p:is(a, b:has(i))",
        "a:not(.c ~ *)",
        "p:not([class])",
        "a[href] b",
        "[dir=rtl] a",
    ],
)
def test_what_styles_the_element_itself_is_passed_over(selector: str) -> None:
    assert wide_selectors(f"{selector}, i {{ content: ':has(a) b' }} /* p:has(a) a {{}} */") == []


def test_no_style_sheet_of_ours_has_one() -> None:
    sheets = sorted(THEME.glob("*.css"))
    assert len(sheets) > 10
    assert {s.name: w for s in sheets if (w := wide_selectors(s.read_text("utf-8")))} == {}


@pytest.mark.site
@pytest.mark.xdist_group("reading")
def test_what_pages_take_of_materials_has_none(reading: Path) -> None:
    assert wide_selectors((reading / PAGE_SHEET).read_text("utf-8")) == []
