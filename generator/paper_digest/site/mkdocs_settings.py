"""What the plugin puts into MkDocs' configuration, so that mkdocs.yml need not say it.

The configuration is read once and shared by the plugins of one build: what is added here is added
before any of them looks (``PaperDigestPlugin.on_config``).
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from paper_digest.builder.generated import ignore_patterns
from paper_digest.settings.config import Config
from paper_digest.settings.volume_urls import volume_path
from paper_digest.site import material_search
from paper_digest.site.material_styles import MATERIAL_SHEET, PAGE_SHEET
from paper_digest.store.notes import NOTES_FOLDER
from paper_digest.store.volume_lists import linked_volumes, read_volumes
from paper_digest.text.language import (
    active_language,
    gettext,
    gettext_noop,
    is_english,
    language_problems,
)

log = logging.getLogger("mkdocs.plugins.paper-digest")

#: Templates, styles and scripts for any engine whose theme is Material's.
THEME = Path(__file__).parent / "theme"
#: What goes before them where Material's scripts wait until a reader searches.
SLIM_THEME = Path(__file__).parent / "theme_slim"
#: An operator's own templates and files, beside mkdocs.yml; they go before all others.
OPERATORS_THEME = "theme"

#: Where the archive's own search page is, below the site's root.
SEARCH_PAGE = "search/"

#: Extensions of Python-Markdown that the pages are written for.
MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "paper_digest.site.markdown_math")

#: The navigation of a site whose mkdocs.yml has none.
NAVIGATION = (
    {gettext_noop("Latest"): "index.md"},
    {gettext_noop("Topics"): "topics/index.md"},
    {gettext_noop("Dates"): "dates/index.md"},
    {gettext_noop("Trending"): "trending.md"},
    {gettext_noop("Map"): "map.md"},
    {gettext_noop("Authors"): "authors/index.md"},
    {gettext_noop("Starred"): "starred.md"},
    {gettext_noop("About"): "about.md"},
)

#: Notes stand on the pages of their papers.
EXCLUDED_DOCS = (f"/{NOTES_FOLDER}/**/*.md",)


def complete_settings(config: MkDocsConfig, root: Path) -> None:
    """Add the theme's folders, the Markdown extensions, the navigation, and what it leaves out.

    Args:
        config: MkDocs' configuration as mkdocs.yml gives it; changed in place.
        root: the folder of mkdocs.yml.
    """
    for extension in MARKDOWN_EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    # Aligned columns of an operator's tables: the policy of the pages allows no style attribute.
    config.mdx_configs.setdefault("tables", {}).setdefault("use_align_attribute", True)
    if config.nav is None:
        config.nav = [
            {gettext(title): path} for entry in NAVIGATION for title, path in entry.items()
        ]
    # Papers, topics and dates are reached from their indexes: in the navigation, 1,000 papers would
    # cost two minutes and 1.8 GB (ARCHITECTURE.md, "Papers stay out of the nav").
    config.not_in_nav = _with_patterns(config.not_in_nav, (*ignore_patterns(), "/api.md"))
    config.exclude_docs = _with_patterns(config.exclude_docs, EXCLUDED_DOCS)
    if not is_english():
        config.theme["language"] = active_language()
        for problem in language_problems(active_language()):
            log.info("%s", problem)
    if _theme_files(config, "assets/javascripts/bundle.*.js"):
        _add_theme_folders(config, root)


def volumes_context(root: Path, settings: Config) -> dict[str, object]:
    """Return what templates see of an archive's volumes: their names and paths, and the way back."""
    archive = root / "archive"
    volumes = linked_volumes(archive, settings.volume, read_volumes(archive, []))
    return {
        "volumes": [(v.name, volume_path(v.name, settings)) for v in volumes],
        "current_site": settings.current_site,
    }


def theme_folders(config: MkDocsConfig) -> list[Path]:
    """List the folders of templates that may change between builds: the operator's, then ours."""
    folders = [Path(folder) for folder in config.theme.dirs]
    if THEME in folders:
        return folders[: folders.index(THEME) + 1]
    return [Path(config.theme.custom_dir)] if config.theme.custom_dir else []


def _add_theme_folders(config: MkDocsConfig, root: Path) -> None:
    """Put the operator's templates before ours, and ours before Material's."""
    theme = config.theme
    scripts = _material_scripts(config)
    if scripts:
        config.extra.setdefault("material_scripts", scripts)
    ours = [str(SLIM_THEME), str(THEME)] if scripts else [str(THEME)]
    first = theme.custom_dir
    if (not first or Path(first).resolve() == THEME.resolve()) and (
        root / OPERATORS_THEME
    ).is_dir():
        first = str(root / OPERATORS_THEME)
    # An operator's templates and scripts may use any part of Material's page.
    if scripts and not first and not config.extra_javascript and material_sheet(config):
        config.extra.setdefault("page_sheet", PAGE_SHEET)
    theme.dirs[:] = [
        *([first] if first else []),
        *ours,
        *(folder for folder in theme.dirs if folder not in {first, *ours}),
    ]


def _material_scripts(config: MkDocsConfig) -> dict[str, str]:
    """Name Material's script and its search worker, by path below the site; {} if unsure.

    MaterialX has a search of another make, which runs as it comes.
    """
    bundles = _theme_files(config, "assets/javascripts/bundle.*.min.js")
    workers = _theme_files(config, "assets/javascripts/workers/search.*.min.js")
    if len(bundles) != 1 or len(workers) != 1 or material_search.has_providers(config):
        return {}
    return {"bundle": bundles[0], "worker": workers[0]}


def material_sheet(config: MkDocsConfig) -> str:
    """Return the path of Material's main style sheet below a theme's folder; "" where there is not one."""
    sheets = _theme_files(config, "assets/stylesheets/main.*.min.css")
    return sheets[0] if len(sheets) == 1 and MATERIAL_SHEET.fullmatch(sheets[0]) else ""


def _theme_files(config: MkDocsConfig, pattern: str) -> list[str]:
    """List the files of the theme that fit a pattern, by path below the theme's folders."""
    return sorted(
        {
            path.relative_to(folder).as_posix()
            for folder in config.theme.dirs
            for path in Path(folder).glob(pattern)
        }
    )


def _with_patterns(spec: Any, patterns: tuple[str, ...]) -> GitIgnoreSpec:  # noqa: ANN401 - what MkDocs made of the setting: a GitIgnoreSpec or None
    added = GitIgnoreSpec.from_lines(patterns)
    return GitIgnoreSpec([*spec.patterns, *added.patterns]) if spec else added
