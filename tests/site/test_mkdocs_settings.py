"""What the plugin adds to mkdocs.yml: folders of templates in their order, extensions, weights."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from paper_digest.site.material_search import put_titles_first
from paper_digest.site.mkdocs_settings import (
    MARKDOWN_EXTENSIONS,
    SLIM_THEME,
    THEME,
    complete_settings,
    theme_folders,
)


def completed(root: Path, settings: str = "theme: material\n") -> MkDocsConfig:
    """Load a configuration as MkDocs does, and complete it as the plugin does."""
    (root / "docs").mkdir(exist_ok=True)
    path = root / "mkdocs.yml"
    path.write_text(f"site_name: Looms\n{settings}", "utf-8")
    config = load_config(str(path))
    complete_settings(config, root)
    return config


def folders(config: MkDocsConfig, count: int) -> list[Path]:
    return [Path(folder) for folder in config.theme.dirs[:count]]


def test_our_templates_go_before_materials(tmp_path: Path) -> None:
    config = completed(tmp_path)
    assert folders(config, 2) == [SLIM_THEME, THEME] == theme_folders(config)
    assert Path(config.theme.dirs[2]).name == "templates"


def test_the_operators_folder_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    config = completed(tmp_path)
    assert folders(config, 3) == [tmp_path / "theme", SLIM_THEME, THEME] == theme_folders(config)


def test_a_folder_that_mkdocs_yml_names_goes_before_ours(tmp_path: Path) -> None:
    for name in ("theme", "elsewhere"):
        (tmp_path / name).mkdir()
    config = completed(tmp_path, "theme: {name: material, custom_dir: elsewhere}\n")
    assert folders(config, 3) == [tmp_path / "elsewhere", SLIM_THEME, THEME]
    assert str(tmp_path / "theme") not in config.theme.dirs


def test_an_old_mkdocs_yml_that_names_our_folder_builds_still(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    config = completed(tmp_path, f"theme: {{name: material, custom_dir: {THEME}}}\n")
    assert folders(config, 3) == [tmp_path / "theme", SLIM_THEME, THEME]


def test_another_theme_than_materials_is_left_alone(tmp_path: Path) -> None:
    config = completed(tmp_path, "theme: mkdocs\n")
    assert str(THEME) not in config.theme.dirs
    assert "material_scripts" not in config.extra


def test_extensions_are_added_once(tmp_path: Path) -> None:
    config = completed(tmp_path, "markdown_extensions: [attr_list, footnotes]\n")
    assert [config.markdown_extensions.count(name) for name in MARKDOWN_EXTENSIONS] == [1, 1, 1]
    assert "footnotes" in config.markdown_extensions


def test_patterns_of_the_operators_stand_beside_ours(tmp_path: Path) -> None:
    config = completed(tmp_path, "exclude_docs: drafts/\nnot_in_nav: /imprint.md\n")
    assert config.exclude_docs
    assert config.not_in_nav
    for path in ("drafts/one.md", "notes/2511.00001.md"):
        assert config.exclude_docs.match_file(path)
    for path in ("imprint.md", "papers/2511.00001.md", "topics/looms.md"):
        assert config.not_in_nav.match_file(path)
    assert not config.exclude_docs.match_file("notes/figure.png")
    assert not config.not_in_nav.match_file("about.md")


@pytest.mark.parametrize(
    ("options", "weights"),
    [("{}", (1000.0, 1.0, 1.0)), ("{fields: {tags: {boost: 7.0}}}", (1000.0, 1.0, 7.0))],
)
def test_titles_come_first_unless_mkdocs_yml_weighs(
    tmp_path: Path, options: str, weights: tuple[float, ...]
) -> None:
    config = completed(tmp_path, f"theme: material\nplugins: [search: {options}]\n")
    put_titles_first(config, choose_provider=True)
    fields = config.plugins["material/search"].config["fields"]
    assert tuple(fields[name]["boost"] for name in ("title", "text", "tags")) == weights


def test_no_template_cuts_what_the_engine_wrote() -> None:
    """Another order of attributes in a release of Material's must break no page."""
    for path in [*THEME.rglob("*.html"), *SLIM_THEME.rglob("*.html")]:
        text = path.read_text("utf-8")
        assert "split(" not in text, path.name
        # minijinja has no methods of a dict.
        assert ".items()" not in text, path.name
        assert ".get(" not in text, path.name


def test_what_comes_from_outside_is_escaped_in_the_frame(tmp_path: Path) -> None:
    hostile = "<b>&\"'</b>"
    config = completed(tmp_path)
    config.site_name, config.repo_url = hostile, f"https://looms.example/{hostile}"
    config.extra["services"] = {}
    item = {"title": hostile, "url": "topics/", "active": False}
    nav = SimpleNamespace(homepage=SimpleNamespace(url="."), items=[item])
    page = SimpleNamespace(
        meta={"title": hostile, "description": hostile},
        url="x/",
        canonical_url=hostile,
        toc=[],
        content="",
    )
    template = config.theme.get_env().get_template("main.html")
    html = template.render(config=config, nav=nav, page=page, base_url="..")
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.find_all("b")
    assert soup.select_one(".pd-brand").get_text() == hostile  # type: ignore[union-attr]
    assert soup.select_one('link[rel="canonical"]')["href"] == hostile  # type: ignore[index]
    assert soup.find("a", href=config.repo_url)
