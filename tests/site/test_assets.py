"""The theme's scripts and style sheets: joined and slim where the plugin serves them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import paper_digest
import pytest
from bs4 import BeautifulSoup
from paper_digest.site.assets import (
    join_style_sheets,
    served_sources,
    theme_assets,
    with_material_scripts,
)
from paper_digest.site.material_styles import PAGE_SHEET

THEME = Path(paper_digest.__file__).parent / "site/theme"
STYLE_SHEETS = THEME / "assets/stylesheets"
SHARED = "assets/javascripts/shared.js"


def test_every_style_sheet_is_imported_once() -> None:
    entry = (STYLE_SHEETS / "paper-digest.css").read_text("utf-8")
    imported = re.findall(r'@import url\("(.*?)"\);', entry)
    assert sorted(imported) == sorted(
        path.name for path in STYLE_SHEETS.glob("*.css") if path.name != "paper-digest.css"
    )


def test_joining_keeps_every_declaration_in_order() -> None:
    entry = '/* All */\n@import url("a.css");\n@import url("b.css");\n'
    parts = {
        "a.css": "/* A\n   part */\na,\nb {\n  margin: 0 auto;\n  grid:\n    1fr\n    auto / 2fr;\n}\n",
        "b.css": '@media print {\n  a::before {\n    content: "x  y";\n  }\n}\n',
    }
    joined = join_style_sheets(entry, parts)
    assert joined == (
        'a,b {margin: 0 auto;grid: 1fr auto / 2fr;}@media print {a::before {content: "x  y";}}\n'
    )


def test_a_style_sheet_that_is_not_there_stays_an_import() -> None:
    entry = '@import url("gone.css");\n'
    assert join_style_sheets(entry, {}) == entry


def test_what_an_operator_puts_in_the_place_of_ours_is_left_as_it_is() -> None:
    sources = {
        "assets/javascripts/a.js": "// Ours\n  a();\n",
        "assets/javascripts/b.js": "// Theirs\n  b();\n",
        "assets/stylesheets/paper-digest.css": '@import url("c.css");\n@import url("d.css");\n',
        "assets/stylesheets/c.css": "c {\n  margin: 0;\n}\n",
        "assets/stylesheets/d.css": "d {\n  margin: 0;\n}\n",
    }
    theirs = {"assets/javascripts/b.js", "assets/stylesheets/d.css"}
    assert served_sources(sources, sources.keys() - theirs) == {
        "assets/javascripts/a.js": "a();\n",
        "assets/javascripts/b.js": "// Theirs\n  b();\n",
        "assets/stylesheets/paper-digest.css": "c {margin: 0;}d {margin: 0;}\n",
    }
    own_entry = served_sources(sources, {"assets/javascripts/a.js"})
    assert own_entry == sources | {"assets/javascripts/a.js": "a();\n"}


def theme_scripts() -> dict[str, str]:
    return {
        path: (THEME / path).read_text("utf-8") for path in theme_assets() if path.endswith(".js")
    }


def exported(source: str) -> set[str]:
    return set(
        re.findall(r"^export (?:async )?(?:const|class|function) ([\w$]+)", source, re.MULTILINE)
    )


def test_what_pages_share_is_one_module_that_every_script_imports() -> None:
    sources = theme_scripts()
    served = served_sources(sources, sources.keys())
    shared = served[SHARED]
    names = re.findall(r'"\./(\w+\.js)"', sources[SHARED])
    all_exported = [exported(sources[f"assets/javascripts/{name}"]) for name in names]
    listed = re.findall(r"[\w$]+", shared.rpartition("export const {")[2].partition("}")[0])
    assert sorted(listed) == sorted(one for names in all_exported for one in names)
    assert len(set(listed)) == len(listed), "two shared modules export one name"
    for path, source in served.items():
        imported = set(re.findall(r'^(?:import|\}).*"\./(\w+\.js)";$', source, re.MULTILINE))
        assert imported.isdisjoint(names), path
        if path.rpartition("/")[2] in names:
            assert source == 'export * from "./shared.js";\n'


def test_the_search_box_knows_where_the_script_lies_that_waits() -> None:
    sources, path = theme_scripts(), "assets/javascripts/search_box.js"
    paths = {"bundle": "assets/javascripts/bundle.1.js", "worker": "assets/search/worker.js"}
    written = with_material_scripts(sources, paths)
    assert json.dumps(paths) in written[path]
    assert {name for name in sources if written[name] != sources[name]} == {path}
    assert with_material_scripts(sources, {}) == sources
    assert with_material_scripts({}, paths) == {}


@pytest.mark.parametrize("name", ["ui.js", "shared.js"])
def test_nothing_is_joined_where_an_operator_has_another_version_of_it(name: str) -> None:
    sources = theme_scripts()
    theirs = f"assets/javascripts/{name}"
    served = served_sources(sources, sources.keys() - {theirs})
    assert served[theirs] == sources[theirs]
    for path, source in served.items():
        assert exported(source) == exported(sources[path]), path


@pytest.mark.site
def test_the_site_has_one_style_sheet_of_ours_and_scripts_without_comments(reading: Path) -> None:
    served = {path.name for path in (reading / "assets" / "stylesheets").glob("*.css")}
    assert served.isdisjoint(
        {path.name for path in STYLE_SHEETS.glob("*.css")} - {"paper-digest.css"}
    )
    style = (reading / "assets/stylesheets/paper-digest.css").read_text("utf-8")
    assert "@import" not in style
    assert "/*" not in style
    for script in (reading / "assets" / "javascripts").glob("*.js"):
        if not script.name.startswith("bundle."):
            assert "/**" not in script.read_text("utf-8"), script.name
    page = BeautifulSoup((reading / "index.html").read_text("utf-8"), "html.parser")
    links = [link["href"] for link in page.find_all("link", rel="stylesheet")]
    assert links == [PAGE_SHEET]
    assert (reading / PAGE_SHEET).read_text("utf-8").endswith(style)
