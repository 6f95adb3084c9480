"""Addresses of the site: absolute where ``archive.yml`` knows them, else relative to the file."""

from __future__ import annotations

from posixpath import dirname, relpath

from generator.config import Config


def address(path: str, config: Config, seen_from: str) -> str:
    """Return the address of a page or file of the site.

    Args:
        path: its path under ``docs/``; a page's ends in ``.md``.
        config: the archive's settings; ``url`` makes the address absolute.
        seen_from: path under ``docs/`` of the file that holds the address.
    """
    place = _place(path)
    if config.url:
        return config.url + place
    if not place:
        return relpath(".", dirname(seen_from) or ".") + "/"
    return relpath(place, dirname(seen_from) or ".") + ("/" if place.endswith("/") else "")


def _place(path: str) -> str:
    """Turn a path under ``docs/`` into the address below the site's root, as MkDocs does."""
    if not path.endswith(".md"):
        return path
    if path == "index.md":
        return ""
    return path.removesuffix("/index.md").removesuffix(".md") + "/"
