"""The index of papers between builds: a file that counts only while the site is the one it was written with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from paper_digest.builder.frame_state import FRAME_GROUP
from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.manifest import ARCHIVE_GROUP, ARCHIVE_STATE_KEY
from paper_digest.incremental.site_cache import SiteCache
from paper_digest.site.nav_labels import NAV_GROUP

if TYPE_CHECKING:
    from paper_digest.builder.site_build import SiteBuild

#: The group of the manifest that stands for the file: its key hashes what the file holds. It is committed
#: with the site, so that the file of a build that was killed, or of another site, fits no manifest.
PAPERS_GROUP = "\0papers"
#: The groups of the manifest that stand for no page or file of the site.
NO_OUTPUT_GROUPS = frozenset({ARCHIVE_GROUP, PAPERS_GROUP, FRAME_GROUP, NAV_GROUP})


class DependencyIndexFile:
    """The file, of the last build until it is written, then of this one."""

    def __init__(self, site_cache: SiteCache, common_key: bytes) -> None:
        """Take the site, and a hash of what all groups are made of."""
        self._site_cache, self._common_key = site_cache, common_key
        self._path = site_cache.folder / "papers.bin"

    def keep_unchanged(self, site_build: SiteBuild, asked_paths: Iterable[str]) -> set[str]:
        """Leave the groups of unchanged papers as the site has them.

        Args:
            site_build: the archive.
            asked_paths: paths under ``docs/`` of pages whose groups are asked in any case.

        Returns:
            The slugs of these papers.
        """
        packed = read_checked(self._path)
        if not self._site_cache.was_made_under(PAPERS_GROUP, self._key(packed)):
            return set()
        unchanged = site_build.plan.unchanged_papers(packed, self._site_cache.previous_group_names)
        unchanged -= {path.rpartition("/")[2].removesuffix(".md") for path in asked_paths}
        self._site_cache.keep_groups(site_build.plan.own_groups(unchanged))
        return unchanged

    def write(self, site_build: SiteBuild, failed_groups: Iterable[str]) -> None:
        """Write the index of the site that is about to be published, without papers of failed groups."""
        packed = site_build.plan.packed_index(failed_groups)
        write_checked(self._path, packed)
        self._site_cache.is_up_to_date(PAPERS_GROUP, self._key(packed))
        self._site_cache.start_group(PAPERS_GROUP)
        self._site_cache.remember(ARCHIVE_STATE_KEY, site_build.archive_state())

    def _key(self, packed: bytes) -> bytes:
        return hash_bytes(self._common_key, packed)
