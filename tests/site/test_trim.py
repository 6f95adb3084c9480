"""What of the theme is listed, and what templates are stripped of: nothing but what Material's script asks for, where it waits."""

from __future__ import annotations

import jinja2
from bs4 import BeautifulSoup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme
from paper_digest.site.trim import list_visible_templates, trim_templates


def theme_files(theme: Theme) -> list[str]:
    config = MkDocsConfig()
    config.load_dict({"site_name": "T", "theme": {"name": "material"}})
    config.theme, config.site_dir, config.use_directory_urls = theme, "site", True
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return [file.src_uri for file in files]


def test_mkdocs_takes_the_same_files_from_the_theme() -> None:
    theme = Theme(name="material")
    before = theme_files(theme)
    list_visible_templates(theme)
    assert theme_files(theme) == before
    assert "assets/images/favicon.png" in before


def test_what_is_not_listed_can_still_be_included() -> None:
    theme = Theme(name="material")
    list_visible_templates(theme)
    env = theme.get_env()
    assert not any(name.startswith(".icons/") for name in env.list_templates())
    assert isinstance(env.get_template(".icons/material/arrow-up.svg"), jinja2.Template)


def _page(template: str, *, waits: bool) -> BeautifulSoup:
    """Render a template that extends Material's page, without the parts that need all of MkDocs."""
    theme = Theme(name="material")
    env = theme.get_env()
    trim_templates(env, material_script_waits=waits)
    emptied = "".join(
        f"{{% block {name} %}}{{% endblock %}}"
        for name in ("site_meta", "htmltitle", "styles", "libs", "analytics", "header", "site_nav", "footer", "config", "scripts")
    )  # fmt: skip
    theme["font"] = False
    config = {"site_name": "T", "theme": theme, "extra": {}}
    env.filters["url"] = str
    page = {"toc": [{"url": "#here"}], "meta": {}}
    made = env.from_string(f'{{% extends "base.html" %}}{emptied}{template}')
    html = made.render(config=config, page=page, features=[], base_url="", nav=None)
    return BeautifulSoup(html, "html.parser")


def test_a_page_whose_script_waits_has_all_but_what_that_script_asks_for() -> None:
    container = '{% block container %}<article class="md-content__inner x" data-md-component="content">a</article>{% endblock %}'
    whole, slim = _page(container, waits=False), _page(container, waits=True)
    for page in (whole, slim):
        assert page.select_one("a.md-skip[href='#here']")
        assert page.select_one(".md-container main.md-main article.md-content__inner.x")
    assert {str(one["data-md-component"]) for one in whole.select("[data-md-component]")} == {
        "skip", "announce", "container", "main", "content", "dialog",
    }  # fmt: skip
    assert not slim.select("[data-md-component]")
    assert [one.get_text() for one in slim.select("body > div:empty")] == []


def test_an_operators_announcement_is_whole() -> None:
    announcement = (
        "{% block announce %}<p>Read this</p>{% endblock %}{% block container %}{% endblock %}"
    )
    whole, slim = _page(announcement, waits=False), _page(announcement, waits=True)
    for page in (whole, slim):
        [place] = page.select('body > div[data-md-component="announce"]')
        assert place.select_one("aside.md-banner p")
    assert str(whole.select_one("aside")) == str(slim.select_one("aside"))


def test_an_operators_own_part_keeps_its_name() -> None:
    container = (
        '{% block container %}<div class="mine" data-md-component="content">a</div>{% endblock %}'
    )
    assert _page(container, waits=True).select_one(".mine[data-md-component=content]")
