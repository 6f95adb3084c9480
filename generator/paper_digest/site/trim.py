"""Leaves out of the site what only the theme's developers need: indentation, source maps, unused scripts."""

from __future__ import annotations

import os
import re

import jinja2
from jinja2.ext import Extension
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from paper_digest.model.late_pattern import late_pattern

#: Maps of minified scripts, for those who debug them.
_SOURCE_MAP = late_pattern(r"assets/.*\.map")
#: Material's own search and its languages, a megabyte.
_STOCK_SEARCH = late_pattern(r"assets/javascripts/(?:lunr|workers)/.*")

_INDENT = late_pattern(r"\n[ \t]+")
#: Material's toggles have an attribute that HTML gives to no checkbox (section 4.10.18.7).
_CHECKBOX_AUTOCOMPLETE = late_pattern(r'(<input\b[^>]* type="checkbox"[^>]*?) autocomplete="off"')


#: Of Material's page: the toggle of a drawer that our pages have not, what lies over the page while it
#: is open, and a place for short messages.
_MATERIAL_SCRIPT_PARTS = late_pattern(
    r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>\s*'
    r'|<label class="md-overlay" for="__drawer"></label>\s*'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div[^>]*></div>\s*</div>\s*'
)
#: Names by which that script finds parts of a page, where their classes say the same.
_SCRIPT_NAMES = late_pattern(
    r'(class="md-(?:header|search|container|main|content__inner)\b[^"<>]*") data-md-component="\w+"'
)
#: Elements around the link that skips to the content, and around an announcement that most sites have not.
_SKIP = late_pattern(r'<div data-md-component="skip">((?:(?!</?div).)*)</div>\s*', re.DOTALL)
_ANNOUNCE = late_pattern(
    r'(<div data-md-component="announce">)\s*(\{% if self\.announce\(\) %\})(.*?)'
    r"(\{% endif %\})\s*(</div>)(?=\s*\{% if config\.extra\.version %\})",
    re.DOTALL,
)


class TrimTemplates(Extension):
    """Strips templates of indentation, and of what is no HTML; the text of pages keeps its own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source without its indent."""
        del name, filename
        return _CHECKBOX_AUTOCOMPLETE.sub(r"\1", _INDENT.sub("\n", source))


class TrimWaitingTemplates(TrimTemplates):
    """Strips templates besides of what Material's script alone asks of a page, where that script waits.

    A script of ours makes it before that script is loaded (``search_box.js``).
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source without its indent and those elements."""
        source = _SKIP.sub(r"\1", _MATERIAL_SCRIPT_PARTS.sub("", source))
        source = _ANNOUNCE.sub(r"\2\1\3\5\4", _SCRIPT_NAMES.sub(r"\1", source))
        return super().preprocess(source, name, filename)


class VisibleTemplates(jinja2.FileSystemLoader):
    """Templates as they come, listed without those whose name or folder begins with a dot.

    MkDocs lists all templates to find the theme's files, and takes none of these: ten thousand of
    Material's are icons, and to list them is a fifth of a build with nothing to do.
    """

    def list_templates(self) -> list[str]:
        """List the templates by path below the theme's folders."""
        templates: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if not name.startswith(".")]
                start = folder[len(str(top)) :].replace(os.sep, "/").lstrip("/")
                paths = (f"{start}/{name}" if start else name for name in names if name[0] != ".")
                templates.update(paths)
        return sorted(templates)


def list_visible_templates(theme: Theme) -> None:
    """Have the theme's environments list its visible templates only."""
    make_env = theme.get_env

    def get_env() -> jinja2.Environment:
        env = make_env()
        env.loader = VisibleTemplates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign] # MkDocs has no event before it lists them


def trim_templates(env: jinja2.Environment, *, material_script_waits: bool = False) -> None:
    """Strip indentation, lines that hold only template logic, and spaces in JSON from the output.

    Args:
        env: MkDocs' environment of templates.
        material_script_waits: Material's script is loaded when a reader searches.
    """
    env.add_extension(TrimWaitingTemplates if material_script_waits else TrimTemplates)
    env.trim_blocks = True
    env.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}


def remove_unused_files(files: Files, *, keep_stock_search: bool) -> None:
    """Remove the theme's source maps, and Material's search unless ``keep_stock_search``."""
    patterns = (_SOURCE_MAP,) if keep_stock_search else (_SOURCE_MAP, _STOCK_SEARCH)
    for file in list(files.media_files()):
        if any(pattern.fullmatch(file.src_uri) for pattern in patterns):
            files.remove(file)
