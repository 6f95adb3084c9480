"""Two versions of a site of a few files, and what became of them at a target."""

from __future__ import annotations

import re
from pathlib import Path

from paper_digest.deliver.publish import NAME_LIST_FILE

OLD = {
    "index.html": '<link href="look-1.css"><a href="papers/1/index.html">1</a><a href="[x]*.html">x</a>',
    "papers/1/index.html": '<link href="../../look-1.css"><a href="../../index.html">home</a>',
    "papers/2/index.html": '<link href="../../look-1.css">',
    "look-1.css": "old look",
    "[x]*.html": "an awkward name",
    "feed.xml": "one",
}
NEW = {
    "index.html": '<link href="look-2.css"><a href="papers/1/index.html">1</a><a href="papers/3/index.html">3</a>',
    "papers/1/index.html": '<link href="../../look-2.css"><a href="../../index.html">home</a>',
    "papers/3/index.html": '<link href="../../look-2.css"><img src="image.png">',
    "papers/3/image.png": "image",
    "look-2.css": "new look",
    "feed.xml": "two",
}


def write_site(place: Path, held: dict[str, str]) -> Path:
    """Write files, by name, below ``place``, and return it."""
    for path, text in held.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text)
    return place


def site_files(place: Path) -> dict[str, str]:
    """Return all files below ``place`` by name, without the list of names that publishing leaves."""
    found = {p.relative_to(place).as_posix(): p for p in place.rglob("*") if p.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != NAME_LIST_FILE}


def broken_links(place: Path) -> list[str]:
    """List what pages lead to and is not there."""
    return [
        f"{name}: {link}"
        for name, text in site_files(place).items()
        if name.endswith(".html")
        for link in re.findall(r'(?:href|src)="([^"]*)"', text)
        if not ((place / name).parent / link).exists()
    ]
