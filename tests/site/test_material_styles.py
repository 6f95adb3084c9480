"""The part of Material's style sheet that generated pages name: smaller, and nothing they can match is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.site.material_styles import PAGE_SHEET, page_style_sheet

_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_SHEET = re.compile(r'<link rel="stylesheet" href="[./]*(assets/stylesheets/[^"]+)"')

KEPT = st.sampled_from(
    ("a", ".md-typeset a", ".md-grid", ".md-search__inner", "a:not(.md-nav)", ".md-navy", ".keysets")
)  # fmt: skip
DROPPED = st.sampled_from(
    (".md-nav", ".md-nav__item a", "a.md-tabs--x", ".md-typeset .admonition p", ".tabbed-set>input")
)
BODY = st.sampled_from(("margin:0", 'content:"}{"', "background:url('data:image/svg+xml,<a>{}')"))


@given(
    st.lists(st.tuples(st.lists(KEPT), st.lists(DROPPED), BODY)),
    st.sampled_from(("{}", "@media print{{{}}}")),
)
def test_what_pages_can_match_stays_in_its_order(
    rules: list[tuple[list[str], list[str], str]], around: str
) -> None:
    def sheet(selectors: Iterator[tuple[list[str], str]]) -> str:
        text = "".join(f"{','.join(names)}{{{body}}}" for names, body in selectors if names)
        return around.format(text) if text else text

    whole = sheet((dropped + kept, body) for kept, dropped, body in rules)
    assert page_style_sheet(whole, ()) == sheet((kept, body) for kept, _, body in rules)


def test_custom_properties_go_with_what_used_them() -> None:
    whole = ':root{--a:url("x;}");--b:var(--c);--c:1;--d:2}.md-nav{color:var(--b)}a{color:var(--a)}'
    assert page_style_sheet(whole, ()) == ':root{--a:url("x;}")}a{color:var(--a)}'
    assert "--d:2" in page_style_sheet(whole, ("p{top:var(--d)}",))


def test_what_extensions_make_stays_where_pages_may_hold_it() -> None:
    whole = ".admonition{margin:0}.md-nav{margin:0}"
    assert page_style_sheet(whole, (), keep_extensions=True) == ".admonition{margin:0}"


@pytest.mark.site
@pytest.mark.xdist_group("reading")
def test_no_generated_page_misses_a_rule(reading: Path) -> None:
    (material,) = (reading / "assets/stylesheets").glob("main.*.min.css")
    ours = (reading / "assets/stylesheets/paper-digest.css").read_text("utf-8")
    slim = (reading / PAGE_SHEET).read_text("utf-8").removesuffix(ours)
    selectors = {
        one
        for prelude in re.findall(r"[{}]([^{}@]+)\{", re.sub(r"'[^']*'", "''", material.read_text("utf-8")))
        for one in re.sub(r"\([^()]*\)", "()", prelude).split(",")
    }  # fmt: skip
    left = re.sub(r"\([^()]*\)", "()", slim)
    pages = [path.read_text("utf-8") for path in reading.rglob("index.html")]
    generated = [page for page in pages if PAGE_SHEET in _SHEET.findall(page)]
    assert len(generated) > len(pages) / 2
    classes = {
        name for page in generated for value in re.findall(r'class="([^"]*)"', page) for name in value.split()
    }  # fmt: skip
    needed = {one for one in selectors if {*_CLASS.findall(one)} <= classes and ":root" not in one}
    assert len(needed) > 100
    assert [one for one in needed if one not in left] == []
    assert len(slim) < material.stat().st_size / 2
