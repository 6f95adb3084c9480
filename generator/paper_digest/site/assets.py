"""The theme's scripts and style sheets as the site serves them: slim, what many pages share in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.bundle import join_modules, page_scripts, slim_script
from paper_digest.site.material_styles import PAGE_SHEET, page_style_sheet
from paper_digest.site.mkdocs_settings import MARKDOWN_EXTENSIONS, material_sheet
from paper_digest.text.language import with_words

#: Extensions of Markdown that MkDocs brings itself.
_BUILT_IN_EXTENSIONS = ("toc", "tables", "fenced_code")

_THEME = Path(__file__).resolve().parent / "theme"
_STYLE_SHEETS = "assets/stylesheets/"
#: The style sheet that pages name; it imports the others in the order of the cascade.
_ENTRY = f"{_STYLE_SHEETS}paper-digest.css"

_SCRIPTS = "assets/javascripts/"
#: The module that has what the scripts of pages share; it names the others.
_SHARED = "shared.js"
#: The module with the words of the interface, which the scripts of pages share.
_WORDS = f"{_SCRIPTS}words.js"
#: The script of the search box, and its line that says where Material's script lies.
_SEARCH_BOX = f"{_SCRIPTS}search_box.js"
_NO_SCRIPTS = "const MATERIAL_SCRIPTS = {};"
_REEXPORT = late_pattern(r'^export \* from "\./([\w-]+\.js)";$', re.MULTILINE)

_CSS_IMPORT = late_pattern(r'@import url\("([\w-]+\.css)"\);')
_CSS_COMMENT = late_pattern(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAK_AFTER_SIGN = late_pattern(r"(?<=[{};,])\s*\n\s*")
_LINE_BREAK = late_pattern(r"\s*\n\s*")


def slim_assets(files: Files, config: MkDocsConfig) -> None:
    """Put slim scripts and one joined style sheet in the place of the theme's files."""
    names = theme_assets()
    assets = {file.src_uri: file for file in files if file.src_uri in names}
    sources = {path: file.content_string for path, file in assets.items()}
    ours = {path for path, file in assets.items() if _is_ours(file)}
    scripts = config.extra.get("material_scripts") or {}
    served = served_sources(with_material_scripts(sources, scripts), ours)
    for path in sorted(sources):
        if path not in served or served[path] != sources[path]:
            files.remove(assets[path])
        if path in served and served[path] != sources[path]:
            files.append(File.generated(config, path, content=served[path]))
    if config.extra.get("page_sheet"):
        _add_page_sheet(files, config, served)


def _add_page_sheet(files: Files, config: MkDocsConfig, served: Mapping[str, str]) -> None:
    """Add the style sheet of generated pages: the part of Material's that they use, and ours."""
    source = files.get_file_from_path(material_sheet(config))
    if source:
        other_sheets = [text for path, text in served.items() if path.endswith(".css")]
        other_sheets += [
            file.content_string for file in files if file.src_uri in set(config.extra_css)
        ]
        known = {*MARKDOWN_EXTENSIONS, *_BUILT_IN_EXTENSIONS}
        sheet = page_style_sheet(
            source.content_string, other_sheets, keep_extensions=not known.issuperset(config.markdown_extensions)
        )  # fmt: skip
        files.append(File.generated(config, PAGE_SHEET, content=sheet + served[_ENTRY]))


def theme_assets() -> frozenset[str]:
    """Return the paths, below the theme, of the scripts and style sheets that come with the program."""
    paths = (*_THEME.glob("assets/*/*.js"), *_THEME.glob("assets/*/*.css"))
    return frozenset(path.relative_to(_THEME).as_posix() for path in paths)


def served_sources(sources: Mapping[str, str], ours: Container[str]) -> dict[str, str]:
    """Return the theme's scripts and style sheets as they are served, by path below the theme.

    ``ours`` says which of them come with the program: a file that an operator puts in the place of
    one of these is served, or joined with the others, as it is.
    """
    sources = _with_language(sources) if _WORDS in ours else sources
    served = {
        path: slim_script(source) if path.endswith(".js") and path in ours else source
        for path, source in sources.items()
    }
    names = _REEXPORT.findall(sources.get(f"{_SCRIPTS}{_SHARED}", ""))
    if names and all(f"{_SCRIPTS}{name}" in ours for name in (_SHARED, *names)):
        shared = {name: sources[f"{_SCRIPTS}{name}"] for name in names}
        ours_served = {path for path in served if path.endswith(".js") and path in ours}
        served |= _join_scripts({path: served[path] for path in ours_served}, shared)
    if _ENTRY in sources and _ENTRY in ours:
        names = _CSS_IMPORT.findall(sources[_ENTRY])
        parts = {n: served.pop(_STYLE_SHEETS + n) for n in names if _STYLE_SHEETS + n in served}
        served[_ENTRY] = join_style_sheets(sources[_ENTRY], parts)
    return served


def with_material_scripts(
    sources: Mapping[str, str], scripts: Mapping[str, str]
) -> Mapping[str, str]:
    """Write into the script of the search box where Material's script and the search worker lie.

    Each page would say the same otherwise. ``scripts`` is empty where Material's script does not wait.
    """
    written = f"const MATERIAL_SCRIPTS = {json.dumps(dict(scripts))};"
    source = sources.get(_SEARCH_BOX, "")
    return {**sources, _SEARCH_BOX: source.replace(_NO_SCRIPTS, written)} if source else sources


def _with_language(sources: Mapping[str, str]) -> dict[str, str]:
    """Put the words that the scripts of pages use, in the archive's language, into the one that has them."""
    scripts = [source for path, source in sources.items() if path.endswith(".js")]
    search = [script.decode() for script in page_scripts().values()]
    return {**sources, _WORDS: with_words(sources[_WORDS], [*scripts, *search])}


def _join_scripts(scripts: Mapping[str, str], shared: Mapping[str, str]) -> dict[str, str]:
    """Put modules that pages share, by file name, into one, and have the other scripts import that.

    What imports one of them by its own address gets it from there too: a module that ran twice would
    have its state twice.
    """
    names = "|".join(re.escape(name) for name in shared)
    imported = re.compile(rf'^(import .*|\}} from )"\./(?:{names})";$', re.MULTILINE)
    joined = {path: imported.sub(rf'\1"./{_SHARED}";', source) for path, source in scripts.items()}
    stub = f'export * from "./{_SHARED}";\n'
    stubs = dict.fromkeys((f"{_SCRIPTS}{name}" for name in shared), stub)
    return joined | stubs | {f"{_SCRIPTS}{_SHARED}": join_modules(shared)}


def join_style_sheets(entry: str, parts: dict[str, str]) -> str:
    """Return a style sheet with the ones it imports, by file name, in the place of the imports.

    Comments and line breaks are left out.
    """
    joined = _CSS_IMPORT.sub(lambda match: parts.get(match[1], match[0]), entry)
    lines = _LINE_BREAK_AFTER_SIGN.sub("", _CSS_COMMENT.sub("", joined))
    return _LINE_BREAK.sub(" ", lines).strip() + "\n"


def _is_ours(file: File) -> bool:
    source = file.abs_src_path
    return source is not None and Path(source).resolve().is_relative_to(_THEME)
