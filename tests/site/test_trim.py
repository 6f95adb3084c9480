"""What of the theme is listed: all that MkDocs takes, and none of the ten thousand icons."""

from __future__ import annotations

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme
from paper_digest.site.trim import list_visible_templates


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
