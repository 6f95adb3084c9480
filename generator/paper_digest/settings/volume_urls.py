"""Where the sites of an archive's volumes lie, as seen from the current site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import relpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text import fields

if TYPE_CHECKING:
    from paper_digest.settings.config import Config

#: Stands for a volume's name in ``volumes_url``.
VOLUME_PLACEHOLDER = "{volume}"


#: A part of an address; no folder of a site begins with a digit.
VOLUME_NAME = late_pattern(r"[0-9][a-z0-9-]{0,39}\Z")
_RELATIVE_FOLDER = late_pattern(r"(?:[\w.~-]{1,100}/){1,20}\Z", re.ASCII)


def volume_problems(config: Config) -> Iterator[Problem]:
    """Find what is wrong with the settings about volumes.

    Search asks the volumes' indexes, and marks are shared: both need one origin.
    """
    cure = "leave it out; `digest volumes` writes it"
    if config.volume and not VOLUME_NAME.match(config.volume):
        yield Problem("volume", f"is no name of a volume: {config.volume!r}", cure=cure)
    if config.current_site and not _RELATIVE_FOLDER.match(config.current_site):
        yield Problem("current_site", f"is no folder: {config.current_site!r}", cure=cure)
    url, volumes_url = config.url, config.volumes_url
    if not volumes_url:
        return
    name, example = "volumes_url", volumes_url.replace(VOLUME_PLACEHOLDER, "2024")
    if example == volumes_url or not volumes_url.endswith("/"):
        cure = f"write https://.../{VOLUME_PLACEHOLDER}/"
        yield Problem(name, f"does not hold {VOLUME_PLACEHOLDER}, or does not end in /", cure=cure)
    elif fields.valid_url(example) != example or "?" in example or "#" in example:
        yield Problem(name, f"is no web address: {volumes_url!r}", cure="write https://...")
    elif urlsplit(example)[:2] != urlsplit(url)[:2]:
        what = f"is on another host than url: {url!r}"
        yield Problem(name, what, cure="publish volumes under the same https://HOST")


def volume_url(name: str, config: Config) -> str:
    """Return the absolute address of a volume's site, with its last slash; "" where ``url`` is not set."""
    if config.volumes_url:
        return config.volumes_url.replace(VOLUME_PLACEHOLDER, name)
    return f"{config.url}{name}/" if config.url else ""


def volume_path(name: str, config: Config) -> str:
    """Return the same address from the current site's root: ``2024/``, or ``../2024/``."""
    url = volume_url(name, config)
    return _path_between(config.url, url) if url else f"{name}/"


def current_path(name: str, config: Config) -> str:
    """Return the address of the current site from a volume's root: ``../``."""
    url = volume_url(name, config)
    return _path_between(url, config.url) if url else "../"


def _path_between(start: str, end: str) -> str:
    path = relpath(urlsplit(end).path or "/", urlsplit(start).path or "/")
    return f"{path}/"
