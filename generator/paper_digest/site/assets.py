"""The theme's scripts and style sheets as the site serves them: slim, and one style sheet for all."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from paper_digest.search.bundle import slim_script

_THEME = Path(__file__).resolve().parent / "theme"
_STYLE_SHEETS = "assets/stylesheets/"
#: The style sheet that pages name; it imports the others in the order of the cascade.
_ENTRY = f"{_STYLE_SHEETS}paper-digest.css"

_CSS_IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAK_AFTER_SIGN = re.compile(r"(?<=[{};,])\s*\n\s*")
_LINE_BREAK = re.compile(r"\s*\n\s*")


def slim_assets(files: Files, config: MkDocsConfig) -> None:
    """Put slim scripts and one joined style sheet in the place of the theme's files.

    A file that an operator puts in the place of one of ours is served, or joined, as it is.
    Engines that run no plugin serve our sources, which work as they are.
    """
    for file in list(files):
        if file.src_uri.endswith(".js") and _is_ours(file):
            _replace(file, slim_script(_read(file)), files, config)
    entry = files.get_file_from_path(_ENTRY)
    if entry and _is_ours(entry):
        source = _read(entry)
        parts = {}
        for name in _CSS_IMPORT.findall(source):
            if part := files.get_file_from_path(_STYLE_SHEETS + name):
                parts[name] = _read(part)
                files.remove(part)
        _replace(entry, join_style_sheets(source, parts), files, config)


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


def _read(file: File) -> str:
    return Path(file.abs_src_path or "").read_text(encoding="utf-8")


def _replace(file: File, content: str, files: Files, config: MkDocsConfig) -> None:
    files.remove(file)
    files.append(File.generated(config, file.src_uri, content=content))
