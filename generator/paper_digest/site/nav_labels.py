"""What the navigation, which stands on every page, shows of its own pages: which there are, and their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mkdocs.utils.meta import get_data

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.site_cache import SiteCache
from paper_digest.model.late_pattern import late_pattern

#: The group of the manifest whose key is ``labels_hash`` of the archive's pages in the navigation.
NAV_GROUP = "\0nav"

#: A heading, or the line below one: a page without a title in its front matter has that of the first.
_HEADING_END = late_pattern(r"^[ \t]*(?:#.*|=+|-+)[ \t\r]*$", re.MULTILINE)


def labels_hash(nav: object, pages: Iterable[tuple[str, str]]) -> bytes:
    """Hash what the navigation shows of pages.

    Args:
        nav: the setting of mkdocs.yml.
        pages: the path under ``docs/`` of each page in it that there is, and its Markdown with front matter.
    """
    untitled = frozenset(_untitled_paths(nav))
    parts: list[bytes] = []
    for path, markdown in sorted(pages):
        text, meta = get_data(markdown)
        title = _title_text(text, meta) if path in untitled else ""
        # Material shows an icon and a status beside a title, too.
        label = repr((title, meta.get("icon"), meta.get("status")))
        parts += [path.encode(), label.encode()]
    return hash_bytes(*parts)


def archive_labels_changed(site_cache: SiteCache, labels: bytes) -> bool:
    """Tell whether the site has other labels of the archive's pages, and remember these for the next build."""
    if site_cache.is_up_to_date(NAV_GROUP, labels):
        return False
    site_cache.start_group(NAV_GROUP)
    return True


def _untitled_paths(nav: object) -> Iterator[str]:
    """Yield the paths to which mkdocs.yml gives no title, so that their pages' own are shown."""
    if isinstance(nav, dict):
        for value in nav.values():
            if not isinstance(value, str):
                yield from _untitled_paths(value)
    elif isinstance(nav, list):
        for value in nav:
            if isinstance(value, str):
                yield value
            else:
                yield from _untitled_paths(value)


def _title_text(text: str, meta: Mapping[str, Any]) -> str:
    """Return what a page's title is made of: that of its front matter, or the text up to its first heading."""
    if "title" in meta:
        return repr(meta["title"])
    heading = _HEADING_END.search(text)
    return text[: heading.end()] if heading else ""
