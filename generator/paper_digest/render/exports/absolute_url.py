"""Addresses of the site: absolute where ``archive.yml`` knows them, else relative to the file."""

from __future__ import annotations

from posixpath import dirname

from paper_digest.render.urls import relative_folder, url_from_path
from paper_digest.settings.config import Config


def site_url(path: str, config: Config, from_path: str) -> str:
    """Return the address of a page or file of the site.

    Args:
        path: its path under ``docs/``; a page's ends in ``.md``.
        config: the archive's settings; ``url`` makes the address absolute.
        from_path: path under ``docs/`` of the file that holds the address.
    """
    url = url_from_path(path)
    if config.url:
        return config.url + url
    here = dirname(from_path)
    if f"{here}/".startswith(url):
        return relative_folder(url, here) or "./"
    cut = url.rfind("/", 0, -1) + 1
    return relative_folder(url[:cut], here) + url[cut:]
