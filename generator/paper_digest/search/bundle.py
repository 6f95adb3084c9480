"""Joins the browser's modules into the two scripts of the search worker, without a bundler."""

from __future__ import annotations

import re
from importlib.resources import files

from paper_digest.search.codec import name_hash

#: The modules of the engine, each after those it imports.
_MODULES = (
    "normalise", "codec", "store", "spelling", "lookup", "query", "match", "engine", "pages",
    "present", "worker",
)  # fmt: skip
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ ]+", re.MULTILINE)

WORKER = "worker.js"
PAGE = ("search-page", "search-page-dom", "search-page-passages", "search-page-saved")


def worker_scripts() -> dict[str, bytes]:
    """Give the worker's files by name: ``worker.js``, which pages start, and the engine it loads.

    A worker is a classic script, so its modules cannot import each other: each becomes a function
    of one script, which keeps its own scope and returns what the module exports.
    """
    engine = '"use strict";\nconst modules = {};\n' + "".join(map(_function, _MODULES))
    script = _slim(engine).encode()
    name = f"engine-{name_hash(script)}.js"
    return {WORKER: _slim(_read("worker/boot")).replace("{engine}", name).encode(), name: script}


def page_scripts() -> dict[str, bytes]:
    """Give the modules of the search page by name; ``search-page.js`` is the one to start."""
    return {f"{name}.js": _read(f"page/{name}").encode() for name in PAGE}


def _function(name: str) -> str:
    source = _read(f"worker/{name}")
    exports = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = modules.\2;", source))
    return f"modules.{name} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"


def _slim(source: str) -> str:
    """Drop the comments and indents; no template string of ours runs over a line."""
    return _INDENT.sub("", _COMMENT.sub("", source))


def _read(name: str) -> str:
    return (
        files("paper_digest.search").joinpath("browser", f"{name}.js").read_text(encoding="utf-8")
    )
