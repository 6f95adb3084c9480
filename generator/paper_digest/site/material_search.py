"""Material's search: what it weighs, and entries of its index for pages that MkDocs does not build.

MaterialX, a fork, has the same index behind a choice of providers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, file_sort_key
from mkdocs.structure.pages import Page

SearchEntries = list[dict[str, Any]]


#: Of Material's search and its fork's.
_PLUGIN_NAMES = ("material/search", "materialx/search")

#: Material ranks a topic's name a thousand times above a title: here titles come first.
_FIELD_BOOSTS = {"title": 1000.0, "text": 1.0, "tags": 1.0}


def has_providers(config: MkDocsConfig) -> bool:
    """Tell whether the search is MaterialX's, which asks an engine of the operator's choice."""
    plugin = _search_plugin(config)
    return plugin is not None and "provider" in plugin.config


def put_titles_first(config: MkDocsConfig, *, choose_provider: bool) -> None:
    """Set the weights of the fields that mkdocs.yml does not weigh, before the search reads them.

    With ``choose_provider`` the one with an index that pages can be added to is chosen.
    """
    plugin = _search_plugin(config)
    if plugin is None:
        return
    if choose_provider and has_providers(config):
        plugin.config["provider"] = "lunr"
    for field, boost in _FIELD_BOOSTS.items():
        _index_settings(plugin)["fields"].setdefault(field, {"boost": boost})


def search_index(config: MkDocsConfig) -> Any:  # noqa: ANN401 - the search plugin is untyped
    """Return the search index of this build, or ``None`` where there is none to add pages to."""
    plugin = _search_plugin(config)
    return getattr(getattr(plugin, "provider", plugin), "search_index", None)


def page_search_entries(page: Page, config: MkDocsConfig) -> SearchEntries:
    """Make a page's entries as the search plugin does."""
    page_index = type(search_index(config))(**_index_settings(_search_plugin(config)))
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


def _search_plugin(config: MkDocsConfig) -> Any:  # noqa: ANN401 - as above
    """Return Material's search plugin, or ``None`` where there is none or it is off."""
    plugins = (config.plugins.get(name) for name in _PLUGIN_NAMES)
    return next((one for one in plugins if one and one.config.get("enabled", True)), None)


def _index_settings(plugin: Any) -> Any:  # noqa: ANN401 - as above
    return plugin.config["lunr"] if "provider" in plugin.config else plugin.config
