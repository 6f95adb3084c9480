"""Entries of Material's search index for pages that MkDocs does not build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, file_sort_key
from mkdocs.structure.pages import Page

SearchEntries = list[dict[str, Any]]


def search_index(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the search plugin is untyped
    """Return the search index of this build, or ``None`` where Material's search is off."""
    plugin: Any = config.plugins.get("material/search")
    return plugin.search_index if plugin and plugin.config.enabled else None


def page_search_entries(page: Page, config: MkDocsConfig) -> SearchEntries:
    """Make a page's entries as the search plugin does."""
    page_index = type(search_index(config))(**config.plugins["material/search"].config)
    page_index.add_entry_from_context(page)
    result: SearchEntries = page_index.entries
    return result


def insert_entries(
    added: Iterable[tuple[str, SearchEntries]], built_files: Iterable[File], config: MkDocsConfig
) -> None:
    """Put entries of other pages among those of the pages MkDocs built, in the order of files."""
    target = search_index(config)
    by_url: dict[str, SearchEntries] = {}
    for entry in target.entries:
        by_url.setdefault(entry["location"].partition("#")[0], []).append(entry)
    placed = [
        (file_sort_key(f), by_url.get(f.url if f.url != "./" else "", [])) for f in built_files
    ]
    placed += [
        (file_sort_key(File(path, None, "", use_directory_urls=True)), file_entries)
        for path, file_entries in added
    ]
    placed.sort(key=lambda pair: pair[0])
    target.entries[:] = [entry for _, entries in placed for entry in entries]
