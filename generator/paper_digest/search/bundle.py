"""Joins the browser's modules into the scripts that the site serves, without a bundler of Node's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from posixpath import dirname, join, normpath

import msgspec

from paper_digest.incremental.hashing import content_hash
from paper_digest.model.errors import ConfigError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.language import gettext, with_words

_JS_IMPORT = late_pattern(
    r'^import (\{[^}]*\}|\w+) from "(\.[^"]*)"(?: with \{ type: "json" \})?;\n', re.MULTILINE
)
_JS_EXPORT = late_pattern(r"^export (?=(?:async )?(?:const|class|function) ([\w$]+))", re.MULTILINE)
_JS_LATER = late_pattern(r'\bimport\("(\.[^"]*)"\)')
_JSDOC = r"/\*\*(?:[^*]|\*(?!/))*\*/"
_JS_COMMENT = late_pattern(rf"^[ ]*(?://.*|{_JSDOC})\n|{_JSDOC}[ ]?", re.MULTILINE)
#: A comment behind code. Nothing in it ends a string: what looks like one within a string is left.
_JS_END_COMMENT = late_pattern(r"(?<=[\w;,{}()\]]) // (?:[^\n\"'`]|(?<=\w)'(?=\w))*$", re.MULTILINE)
_JS_INDENT = late_pattern(r"^[ ]+", re.MULTILINE)

#: Where the theme's modules lie beside the folder of the search's, and the one that has all they share.
_THEME_FOLDER = "javascripts/"
_SHARED_MODULE = f"{_THEME_FOLDER}shared.js"

_LATER_PATH = late_pattern(r'\bimportLater\("([^"]*)"\)')
#: What stands for ``import(...)`` in a worker: the first one loads all that come later.
_IMPORT_LATER = """var importLater = (path) => {
if (!modules[path]) importScripts(new URL("{later}", self.location.href));
return modules[path];
};
"""

WORKER_FILE = "worker.js"
_ENGINE_PREFIX = "engine-"
#: What any query needs first of the index.
ROOT_FILE = "root.bin"
LUNR_INDEX_FILE = "lunr.json"
#: Where MkDocs, which the package needs in any case, has lunr.js.
_LUNR_SCRIPT = ("contrib", "search", "templates", "search", "lunr.js")
PAGE_FILE = "search-page.js"


def worker_scripts(volume_paths: Iterable[str] = ()) -> dict[str, bytes]:
    """Return the worker's files by name: ``worker.js``, which pages start, the engine it loads, and what that loads later.

    ``volume_paths`` are the roots of further sites to search, seen from this one's. All other
    names hold a hash of the contents, so a browser may keep these for ever.
    """
    paths = tuple(volume_paths)
    entry = "worker/sharded_volumes.js" if paths else "worker/sharded.js"
    return _worker_scripts(_bundle(entry), ROOT_FILE, paths)


def lunr_worker_scripts() -> dict[str, bytes]:
    """Return the same of the worker that asks lunr's index; lunr.js is MkDocs' copy of it.

    Raises:
        ConfigError: MkDocs was installed without it.
    """
    script = files("mkdocs").joinpath(*_LUNR_SCRIPT)
    try:
        lunr = script.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        where, cure = f"archive.yml, search: lunr ({script})", "install MkDocs anew, or set auto"
        raise ConfigError(where, "MkDocs was installed without lunr.js", cure) from error
    return _worker_scripts(slim_script(lunr) + _bundle("worker/lunr.js"), LUNR_INDEX_FILE)


def _worker_scripts(
    engine: str, root_file: str, volume_paths: Iterable[str] = ()
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if paths_later := dict.fromkeys(_LATER_PATH.findall(engine)):
        parts: dict[str, str] = {}
        for path in paths_later:
            _add_module(path, parts, _browser_source, is_worker=True)
        later = "".join(part for path, part in parts.items() if _defined(path) not in engine)
        later_name = f"later-{content_hash(later.encode())}.js"
        files[later_name] = later.encode()
        engine = _IMPORT_LATER.replace("{later}", later_name) + engine
    engine = with_words(engine, [engine])
    name = f"{_ENGINE_PREFIX}{content_hash(engine.encode())}.js"
    not_loaded = gettext("Search could not be loaded. Check the connection and try again.")
    main = _bundle("worker/main.js").replace("{engine}", name).replace("{root}", root_file)
    main = main.replace("{volumes}", " ".join(volume_paths)).replace("{notLoaded}", not_loaded)
    return {WORKER_FILE: main.encode(), name: engine.encode(), **files}


def engine_name(names: Iterable[str]) -> str:
    """Return which of the names of a worker's files is the engine's."""
    return next(name for name in names if name.startswith(_ENGINE_PREFIX))


def page_scripts() -> dict[str, bytes]:
    """Return the script of the search page by its name."""
    return {PAGE_FILE: _bundle("page/page.js").encode()}


def slim_script(source: str) -> str:
    """Drop types, comments and indents; no template string of ours runs over a line."""
    return _JS_INDENT.sub("", _JS_END_COMMENT.sub("", _JS_COMMENT.sub("", source)))


def join_modules(sources: Mapping[str, str]) -> str:
    """Return one module that exports all that some modules export, whose names are distinct.

    Args:
        sources: the modules, by file name; what one of them imports is among them.
    """
    parts: dict[str, str] = {}
    for name in sources:
        _add_module(name, parts, sources.__getitem__)
    exports = ", ".join(export for one in sources.values() for export in _JS_EXPORT.findall(one))
    joined = "Object.assign({}, ...Object.values(modules))"
    return f"const modules = {{}};\n{''.join(parts.values())}export const {{ {exports} }} = {joined};\n"


def _bundle(entry: str) -> str:
    """Join a module and all that it imports into one script.

    A worker is a classic script, whose parts cannot import each other: each module becomes a
    function, which keeps its own scope and returns what the module exports. In a page the theme's
    modules, which the site serves in any case, stay an import.
    """
    parts: dict[str, str] = {}
    _add_module(entry, parts, _browser_source, is_worker=entry.startswith("worker/"))
    # `var`, since the worker's first script and its engine share one global scope.
    lines = ['"use strict";\n', "var modules = {};\n", *parts.values()]
    if _SHARED_MODULE in parts:
        lines.insert(1, f'import * as shared from "../{_SHARED_MODULE}";\n')
    return "".join(lines)


def _defined(path: str) -> str:
    """Return what a module's part of a script begins with."""
    return f'modules["{path}"] = '


def _browser_source(path: str) -> str:
    folder = "site/theme/assets" if path.startswith(_THEME_FOLDER) else "search/browser"
    return files("paper_digest").joinpath(folder, path).read_text(encoding="utf-8")


def _add_module(
    path: str, parts: dict[str, str], read: Callable[[str], str], *, is_worker: bool = False
) -> None:
    """Add a module to those that are there, after the ones it imports."""
    if path in parts:
        return
    if path == _SHARED_MODULE:
        parts[path] = f"{_defined(path)}shared;\n"
        return
    source = read(path)
    if path.endswith(".json"):
        compact = msgspec.json.format(source, indent=-1)
        parts[path] = f"{_defined(path)}{compact};\n"
        return

    def required(match: re.Match[str]) -> str:
        imported = normpath(join(dirname(path), match[2]))
        if imported.startswith(_THEME_FOLDER) and not is_worker:
            imported = _SHARED_MODULE
        _add_module(imported, parts, read, is_worker=is_worker)
        return f'const {match[1]} = modules["{imported}"];\n'

    def required_later(match: re.Match[str]) -> str:
        return f'importLater("{normpath(join(dirname(path), match[1]))}")'

    body = _JS_EXPORT.sub("", _JS_IMPORT.sub(required, source))
    if is_worker:
        body = _JS_LATER.sub(required_later, body)
    exports = ", ".join(_JS_EXPORT.findall(source))
    function = f"{_defined(path)}(() => {{\n{body}return {{ {exports} }};\n}})();\n"
    parts[path] = slim_script(function)
