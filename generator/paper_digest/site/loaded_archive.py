"""An archive as a build read it, for the next build of the same process (``mkdocs serve``)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paper_digest.builder.site_build import SiteBuild
    from paper_digest.site.nav_pages import NavPage


@dataclass
class LoadedArchive:
    """What a build read, and of what.

    Attributes:
        key: hashes all that the archive was read from but the notes.
        site_build: the archive.
        nav_pages: the pages of the archive in the navigation.
        group_names: the groups that its site is made of; known once they are written.
    """

    key: bytes
    site_build: SiteBuild
    nav_pages: list[NavPage]
    group_names: set[str] = field(default_factory=set)

    def is_of_site(self, key: bytes, present_groups: AbstractSet[str]) -> bool:
        """Tell whether a site with these groups, read from what ``key`` hashes, lacks nothing.

        It does where somebody deleted the cache or a page since the last build.
        """
        return self.key == key and self.group_names <= present_groups
