"""One hash of what people wrote for the site outside the archive, by which a site older than that is known."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import iglob
from pathlib import Path

from paper_digest.builder.generated import is_generated
from paper_digest.builder.standard_pages import absent_pages
from paper_digest.incremental.hashing import file_hash, hash_bytes
from paper_digest.incremental.site_cache import SiteCache

#: The group of the manifest whose key is the hash that the site was built of.
FRAME_GROUP = "\0frame"

_DOCS, _THEME, _SETTINGS = "docs", "theme", "mkdocs.yml"


def frame_state(root: Path) -> bytes:
    """Hash ``mkdocs.yml``, what people wrote under ``docs/``, and the templates and files of ``theme/``.

    Left out is what a build writes under ``docs/``, and what no site shows: files whose names begin with a dot.

    Args:
        root: the folder of the project.
    """
    parts: list[bytes] = []
    for name in (_SETTINGS, *_own_names(root / _DOCS, _DOCS), *_names_below(root, _THEME)):
        path = root / name
        # Of a pipe the reading would never end.
        parts += [os.fsencode(name), file_hash(path)] if path.is_file() else []
    return hash_bytes(*parts)


def remember_frame(site_cache: SiteCache, state: bytes) -> None:
    """Note in the manifest of the site to come what it was built of."""
    if not site_cache.is_up_to_date(FRAME_GROUP, state):
        site_cache.start_group(FRAME_GROUP)


def _own_names(docs: Path, name: str) -> Iterator[str]:
    """Yield what people wrote under ``docs/``; folders of generated pages are not looked into."""
    standard = absent_pages(docs)
    for top in sorted(iglob("*", root_dir=docs)):  # noqa: PTH207 - names, without hidden ones
        if not is_generated(top) and top not in standard:
            below = _names_below(docs, top)
            yield from (f"{name}/{path}" for path in (top, *below) if not is_generated(path))


def _names_below(root: Path, name: str) -> list[str]:
    """Return all names below a folder, behind links too."""
    return sorted(iglob(f"{name}/**/*", root_dir=root, recursive=True))  # noqa: PTH207 - as above
