"""Addresses of pages: from a path under ``docs/`` to a URL, and from one URL to another."""

from __future__ import annotations

import re
from functools import lru_cache
from posixpath import dirname, relpath

#: Delimiters of a link to a page of the site until the linking page's own address is known.
#: Text never contains them: control characters are dropped from it.
_LINK_START, _LINK_END = "\x02", "\x03"
_PLACEHOLDER = re.compile(f"{_LINK_START}([^{_LINK_START}{_LINK_END}]*){_LINK_END}")


def url_from_path(path: str) -> str:
    """Turn a path under ``docs/`` into the address below the site's root, as MkDocs does.

    ``papers/x.md`` -> ``papers/x/``, ``topics/index.md`` -> ``topics/``, ``a.bib`` -> ``a.bib``.
    """
    if not path.endswith(".md"):
        return path
    if path == "index.md":
        return ""
    return path.removesuffix("/index.md").removesuffix(".md") + "/"


def relative_url(url: str, from_url: str) -> str:
    """Return the address of ``url`` relative to the page at ``from_url``, as MkDocs writes it."""
    top = url.partition("/")[0]
    if top and "/" in url and "//" not in from_url and top != from_url.partition("/")[0]:
        return "../" * from_url.count("/") + url  # most links: nothing is worked out part by part
    from_dir = (
        from_url.rstrip("/").split("/") if from_url.endswith("/") else from_url.split("/")[:-1]
    )
    to = url.split("/")
    common = 0
    for a, b in zip(from_dir, to[:-1], strict=False):
        if a != b:
            break
        common += 1
    up = [".."] * (len([p for p in from_dir if p]) - common)
    rest = "/".join((*up, *to[common:]))
    return (rest or "./") if url else (rest.rstrip("/") or ".")


def link_placeholder(path: str) -> str:
    """Wrap a path under ``docs/`` so that the ``resolve_..._links`` functions find it."""
    return _LINK_START + path + _LINK_END


def resolve_markdown_links(text: str, path: str) -> str:
    """Replace the placeholders of a page's Markdown by paths relative to its own ``path``."""
    here = dirname(path)
    return _PLACEHOLDER.sub(lambda match: _relative_path(match[1], here), text)


def resolve_published_links(text: str, path: str) -> str:
    """Do the same for Markdown published at ``path`` of the site.

    Links to papers lead to their published Markdown, links to other pages to the HTML.
    """
    here = dirname(path)
    return _PLACEHOLDER.sub(
        lambda match: (
            _relative_path(match[1], here)
            if dirname(match[1]) == here
            else _relative_page_url(match[1], path)
        ),
        text,
    )


def resolve_html_links(text: str, path: str) -> str:
    """Replace the placeholders of a page's HTML by addresses relative to the page's own."""
    from_url = url_from_path(path)
    before, *linked = text.split(_LINK_START)  # a page has dozens: quicker than by the pattern
    pieces = [before]
    for piece in linked:
        target, _, rest = piece.partition(_LINK_END)
        pieces += (_relative_page_url(target, from_url), rest)
    return "".join(pieces)


@lru_cache(maxsize=4096)
def relative_folder(folder: str, from_folder: str) -> str:
    """Return one folder relative to another: ``../papers/``, or "" where they are the same."""
    relative = relpath(folder or ".", from_folder or ".")
    return "" if relative == "." else f"{relative}/"


def _relative_path(target: str, here: str) -> str:
    folder, _, name = target.rpartition("/")
    return relative_folder(folder, here) + name


def _relative_page_url(target: str, from_url: str) -> str:
    url, anchor = _url_and_anchor(target)
    return relative_url(url, from_url) + anchor


@lru_cache(maxsize=4096)
def _url_and_anchor(target: str) -> tuple[str, str]:
    page, hash_, anchor = target.partition("#")
    return url_from_path(page), hash_ + anchor
