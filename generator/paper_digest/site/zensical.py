"""Settings for Zensical, which runs no plugin: what ours would tell MkDocs, written into a file."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from paper_digest.incremental.sync_docs import sync
from paper_digest.settings.config import Config
from paper_digest.settings.content_use import content_use_context
from paper_digest.settings.services import services_context
from paper_digest.site.assets import served_sources, theme_assets
from paper_digest.site.mkdocs_settings import (
    EXCLUDED_DOCS,
    MARKDOWN_EXTENSIONS,
    OPERATORS_THEME,
    SEARCH_PAGE,
    THEME,
)
from paper_digest.text.language import ENGLISH, gettext, language

SETTINGS_FILE = "zensical.yml"
#: Our theme with the operator's over it, since Zensical takes one folder. Not in .cache, which
#: ``zensical build --clean`` empties.
THEME_FOLDER = "zensical-theme"
#: What in it is the theme's; papers' published Markdown stands beside that.
_THEME_PARTS = ("assets", "partials", "main.html", "404.html")

#: A text of a template.
_GETTEXT = re.compile(rb'gettext\("([^"]*)"\)')

_COMMENT = """\
# For Zensical: zensical build --config-file zensical.yml
# Written by digest build, from archive.yml; mkdocs.yml is read too, and is the one to edit.
"""


def write_zensical_settings(root: Path, config: Config) -> None:
    """Write ``zensical.yml`` and the theme's folder beside mkdocs.yml; what is the same is left alone.

    Zensical's search cannot read the archive's index, so the box leads to the search page.
    """
    extra = {
        "services": services_context(config.subscribe, config.comments, config.analytics),
        "search_page": SEARCH_PAGE,
        **content_use_context(config),
    }
    settings = {
        "INHERIT": "mkdocs.yml",
        "site_name": config.title,
        "site_description": config.description,
        "site_url": config.url,
        "repo_url": config.repository,
        "exclude_docs": "\n".join(EXCLUDED_DOCS),
        "theme": {
            "name": "material",
            "variant": "classic",
            "custom_dir": THEME_FOLDER,
            **({} if config.language == ENGLISH else {"language": config.language}),
        },
        "markdown_extensions": list(MARKDOWN_EXTENSIONS),
        "extra": extra,
    }
    # JSON is YAML: every value is quoted, and none is taken for something else.
    lines = [
        f"{name}: {msgspec.json.encode(value).decode()}\n"
        for name, value in settings.items()
        if value
    ]
    with language(config.language):
        theme = {f"{THEME_FOLDER}/{path}": data for path, data in _theme_files(root).items()}
    settings_file = {SETTINGS_FILE: "".join([_COMMENT, *lines]).encode()}
    generated = [f"{THEME_FOLDER}/{path}" for path in _THEME_PARTS]
    sync(root, (settings_file | theme).items(), generated)


def _theme_files(root: Path) -> dict[str, bytes]:
    """Read the files of our theme, and the operator's in the place of ours, by path below either."""
    ours, operators = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for folder in (THEME, root / OPERATORS_THEME)
    )
    files = ours | operators
    sources = {path: files.pop(path).decode() for path in theme_assets() if path in files}
    served = served_sources(sources, ours.keys() - operators.keys())
    templates = {path: files[path] for path in files if path.endswith(".html")}
    translated = {path: _with_words(data) for path, data in templates.items()}
    return files | translated | {path: source.encode() for path, source in served.items()}


def _with_words(template: bytes) -> bytes:
    """Put the active language's words in the place of the calls that ask for them, which Zensical has not."""
    return _GETTEXT.sub(lambda match: msgspec.json.encode(gettext(match[1].decode())), template)
