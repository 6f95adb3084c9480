"""Addresses of the site: absolute where ``archive.yml`` knows them, else relative to the file."""

from __future__ import annotations

from posixpath import dirname

from paper_digest.render.urls import url_of, way
from paper_digest.settings.config import Config


def address(path: str, config: Config, seen_from: str) -> str:
    """Return the address of a page or file of the site.

    Args:
        path: its path under ``docs/``; a page's ends in ``.md``.
        config: the archive's settings; ``url`` makes the address absolute.
        seen_from: path under ``docs/`` of the file that holds the address.
    """
    place = url_of(path)
    if config.url:
        return config.url + place
    here = dirname(seen_from)
    if f"{here}/".startswith(place):
        return way(place, here) or "./"
    cut = place.rfind("/", 0, -1) + 1
    return way(place[:cut], here) + place[cut:]
