"""The theme's scripts and style sheets as the site serves them: slim, what many pages share in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from pathlib import Path

import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.bundle import join_modules, page_scripts, slim_script
from paper_digest.site.asset_cache import cached_files, theme_cache
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


def slim_assets(files: Files, config: MkDocsConfig, *, use_cache: bool = False) -> None:
    """Put slim scripts and one joined style sheet in the place of the theme's files.

    With ``use_cache``, what an earlier build made of the same sources is read from a file.
    """
    names = theme_assets()
    assets = {file.src_uri: file for file in files if file.src_uri in names}
    sources = _theme_sources(files, config, assets)
    cache = theme_cache(Path(config.config_file_path).parent) if use_cache else None
    served = cached_files(cache, sources, lambda: _made_files(sources))
    for path, source in sources.texts.items():
        if path not in served or served[path] != source:
            files.remove(assets[path])
    for path, content in served.items():
        if content != sources.texts.get(path):
            files.append(File.generated(config, path, content=content))


class _ThemeSources(msgspec.Struct, array_like=True):
    """All that the theme's files are made from, but for the program and the language.

    Attributes:
        texts: the scripts and style sheets that come with the program, by path below the theme.
        ours: which of these no file of the operator stands in the place of.
        material_scripts: where Material's own scripts lie.
        material_sheet: Material's style sheet; "" where generated pages have no part of it.
        extra_sheets: the operator's style sheets.
        keeps_extensions: pages may hold what extensions of Markdown make.
    """

    texts: dict[str, str]
    ours: list[str]
    material_scripts: dict[str, str]
    material_sheet: str
    extra_sheets: list[str]
    keeps_extensions: bool


def _theme_sources(files: Files, config: MkDocsConfig, assets: Mapping[str, File]) -> _ThemeSources:
    with_sheet = bool(config.extra.get("page_sheet"))
    sheet = files.get_file_from_path(material_sheet(config)) if with_sheet else None
    extra_css = {*config.extra_css} if sheet else set()
    known = {*MARKDOWN_EXTENSIONS, *_BUILT_IN_EXTENSIONS}
    return _ThemeSources(
        {path: assets[path].content_string for path in sorted(assets)},
        sorted(path for path, file in assets.items() if _is_ours(file)),
        dict(config.extra.get("material_scripts") or {}),
        sheet.content_string if sheet else "",
        [file.content_string for file in files if file.src_uri in extra_css],
        not known.issuperset(config.markdown_extensions),
    )


def _made_files(sources: _ThemeSources) -> dict[str, str]:
    """Return the theme's files as they are served, the style sheet of generated pages among them.

    That sheet is the part of Material's that such pages use, and ours.
    """
    texts = with_material_scripts(sources.texts, sources.material_scripts)
    served = served_sources(texts, sources.ours)
    if sources.material_sheet:
        other_sheets = [text for path, text in served.items() if path.endswith(".css")]
        sheet = page_style_sheet(
            sources.material_sheet,
            [*other_sheets, *sources.extra_sheets],
            keep_extensions=sources.keeps_extensions,
        )
        served[PAGE_SHEET] = sheet + served[_ENTRY]
    return served


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
