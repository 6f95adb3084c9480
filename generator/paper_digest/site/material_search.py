"""Entries of Material's search index for pages that MkDocs does not build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, file_sort_key
from mkdocs.structure.pages import Page

Entries = list[dict[str, Any]]


def index(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the search plugin is untyped
    """Return the search index of this build, or ``None`` where Material's search is off."""
    plugin: Any = config.plugins.get("material/search")
    return plugin.search_index if plugin and plugin.config.enabled else None


def entries(page: Page, config: MkDocsConfig) -> Entries:
    """Make a page's entries as the search plugin does."""
    made = type(index(config))(**config.plugins["material/search"].config)
    made.add_entry_from_context(page)
    found: Entries = made.entries
    return found


def splice(own: Iterable[tuple[str, Entries]], built: Iterable[File], config: MkDocsConfig) -> None:
    """Put entries of other pages among those of the pages MkDocs built, in the order of files."""
    into = index(config)
    by_url: dict[str, Entries] = {}
    for entry in into.entries:
        by_url.setdefault(entry["location"].partition("#")[0], []).append(entry)
    placed = [(file_sort_key(f), by_url.get(f.url if f.url != "./" else "", [])) for f in built]
    placed += [
        (file_sort_key(File(path, None, "", use_directory_urls=True)), found) for path, found in own
    ]
    placed.sort(key=lambda pair: pair[0])
    into.entries[:] = [entry for _, found in placed for entry in found]
