"""One hash of what people wrote for the site outside the archive, by which a site older than that is known."""

from __future__ import annotations

import os
from glob import iglob
from pathlib import Path

from paper_digest.builder.generated import own_paths
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
    own = (f"{_DOCS}/{path}" for path in own_paths(root / _DOCS))
    theme = sorted(iglob(f"{_THEME}/**/*", root_dir=root, recursive=True))  # noqa: PTH207 - behind links too
    parts: list[bytes] = []
    for name in (_SETTINGS, *own, *theme):
        path = root / name
        # Of a pipe the reading would never end.
        parts += [os.fsencode(name), file_hash(path)] if path.is_file() else []
    return hash_bytes(*parts)


def remember_frame(site_cache: SiteCache, state: bytes) -> None:
    """Note in the manifest of the site to come what it was built of."""
    if not site_cache.is_up_to_date(FRAME_GROUP, state):
        site_cache.start_group(FRAME_GROUP)
