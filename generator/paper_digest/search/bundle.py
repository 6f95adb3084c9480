"""Joins the browser's modules into the two scripts of the search worker, without a bundler."""

from __future__ import annotations

import re
from importlib.resources import files

from paper_digest.search.codec import content_hash

#: The modules of the engine, each after those it imports.
_WORKER_MODULES = (
    "normalise", "codec", "store", "spelling", "lookup", "query", "match", "engine", "pages",
    "present", "worker",
)  # fmt: skip
_JS_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_JS_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function) (\w+))", re.MULTILINE)
_JS_COMMENT = re.compile(r"^[ ]*//.*\n", re.MULTILINE)
_JS_INDENT = re.compile(r"^[ ]+", re.MULTILINE)

WORKER_FILE = "worker.js"
_PAGE_MODULES = ("search-page", "search-page-dom", "search-page-passages", "search-page-saved")


def worker_scripts() -> dict[str, bytes]:
    """Give the worker's files by name: ``worker.js``, which pages start, and the engine it loads.

    A worker is a classic script, so its modules cannot import each other: each becomes a function
    of one script, which keeps its own scope and returns what the module exports.
    """
    engine_source = '"use strict";\nconst modules = {};\n' + "".join(
        map(_module_function, _WORKER_MODULES)
    )
    script = _minify(engine_source).encode()
    name = f"engine-{content_hash(script)}.js"
    return {
        WORKER_FILE: _minify(_read_script("worker/boot")).replace("{engine}", name).encode(),
        name: script,
    }


def page_scripts() -> dict[str, bytes]:
    """Give the modules of the search page by name; ``search-page.js`` is the one to start."""
    return {f"{name}.js": _read_script(f"page/{name}").encode() for name in _PAGE_MODULES}


def _module_function(name: str) -> str:
    source = _read_script(f"worker/{name}")
    exports = ", ".join(_JS_EXPORT.findall(source))
    body = _JS_EXPORT.sub("", _JS_IMPORT.sub(r"const \1 = modules.\2;", source))
    return f"modules.{name} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def _minify(source: str) -> str:
    """Drop the comments and indents; no template string of ours runs over a line."""
    return _JS_INDENT.sub("", _JS_COMMENT.sub("", source))


def _read_script(name: str) -> str:
    return (
        files("paper_digest.search").joinpath("browser", f"{name}.js").read_text(encoding="utf-8")
    )
