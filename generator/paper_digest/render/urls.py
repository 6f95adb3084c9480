"""Addresses of pages: from a path under ``docs/`` to a URL, and from one URL to another."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import dirname, relpath

#: Around a link to a page of the site, until the page it stands on is known (never in text:
#: control characters are dropped from it).
_OPEN, _CLOSE = "\x02", "\x03"
_INTERNAL = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def url_of(path: str) -> str:
    """Turn a path under ``docs/`` into the address below the site's root, as MkDocs does.

    ``papers/x.md`` -> ``papers/x/``, ``topics/index.md`` -> ``topics/``, ``a.bib`` -> ``a.bib``.
    """
    if not path.endswith(".md"):
        return path
    if path == "index.md":
        return ""
    return path.removesuffix("/index.md").removesuffix(".md") + "/"


def relative_url(url: str, other: str) -> str:
    """Say how to get to ``url`` from the page at ``other``, in MkDocs' own way."""
    from_dir = other.rstrip("/").split("/") if other.endswith("/") else other.split("/")[:-1]
    to = url.split("/")
    common = 0
    for a, b in zip(from_dir, to[:-1], strict=False):
        if a != b:
            break
        common += 1
    up = [".."] * (len([p for p in from_dir if p]) - common)
    rest = "/".join((*up, *to[common:]))
    return (rest or "./") if url else (rest.rstrip("/") or ".")


def to_place(path: str) -> str:
    """Mark a path under ``docs/`` as the end of a link that ``in_markdown`` or ``in_html`` places."""
    return _OPEN + path + _CLOSE


def in_markdown(text: str, path: str) -> str:
    """Make the marked links of a page's Markdown relative to its ``path`` under ``docs/``."""
    here = dirname(path)
    return _INTERNAL.sub(lambda found: _file(found[1], here), text)


def in_html(text: str, path: str) -> str:
    """Make the marked links of a page's HTML relative to the address of its ``path``."""
    there = url_of(path)
    return _INTERNAL.sub(lambda found: _address(found[1], there), text)


@lru_cache(maxsize=4096)
def way(folder: str, here: str) -> str:
    """Say how to get from one folder to another: ``../papers/``, or "" where they are the same."""
    found = relpath(folder or ".", here or ".")
    return "" if found == "." else f"{found}/"


def _file(target: str, here: str) -> str:
    folder, _, name = target.rpartition("/")
    return way(folder, here) + name


def _address(target: str, there: str) -> str:
    page, hash_, anchor = target.partition("#")
    return relative_url(url_of(page), there) + hash_ + anchor
