"""What is wrong in groups that were made, kept with them for the builds that do not make them again."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import msgspec
from mkdocs.exceptions import Abort

from paper_digest.incremental.site_cache import SiteCache
from paper_digest.model.errors import Problem

#: Under what a group remembers the faults of its pages: an empty path, then the group's name.
_PREFIX = "\0faults\0"

log = logging.getLogger("mkdocs.plugins.paper-digest")

_decode_faults = msgspec.json.Decoder(list[Problem]).decode


def remember_faults(site_cache: SiteCache, group: str, faults: Iterable[Problem]) -> None:
    """Keep what is wrong in the open group for as long as it is not made again."""
    site_cache.remember(_PREFIX + group, msgspec.json.encode([*faults]))


def remembered_faults(site_cache: SiteCache) -> list[Problem]:
    """Return what is wrong in the groups the site will have, made now or earlier."""
    remembered = site_cache.remembered()
    packed = (value for path, value in remembered.items() if path.startswith(_PREFIX))
    return [fault for value in packed for fault in _decode_faults(value)]


def report_faults(faults: list[str], *, serving: bool) -> None:
    """Name what the site lacks, and have ``mkdocs build`` end with exit code 1 if there is any.

    The site is in its place by then: a fault of one record keeps no other from going out.

    Raises:
        Abort: there are faults, and the site is built and not served.
    """
    for fault in faults:
        log.error("%s", fault)
    if faults and not serving:
        count = f"{len(faults):,} fault{'s'[: len(faults) > 1]}"
        raise Abort(f"{count}, named above and on /status/; all else is in the site.")
