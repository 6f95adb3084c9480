"""Templates set without what only their authors need: it would stand in every page."""

from __future__ import annotations

import re

import jinja2
from jinja2.ext import Extension

_INDENT = re.compile(r"\n[ \t]+")


class Unindented(Extension):
    """Takes the indent off each line of a template; text that pages bring along keeps its own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source without its indent."""
        del name, filename
        return _INDENT.sub("\n", source)


def lean(env: jinja2.Environment) -> None:
    """Have the lines of the templates' own logic, their indent, and spaces in JSON left out."""
    env.add_extension(Unindented)
    env.trim_blocks = True
    env.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
