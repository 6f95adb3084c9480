"""Lets MkDocs resolve links to pages of the archive that it does not build itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from paper_digest.model.late_pattern import late_pattern

#: What the older pages of a list add to its path.
_OLDER_PAGE_SUFFIX = late_pattern(r"-page-\d+\Z")


class FilesWithLinkTargets(Files):
    """The files that MkDocs builds, and paths that can be linked to though it does not build them."""

    def __init__(
        self, files: Iterable[File], link_targets: Iterable[str], config: MkDocsConfig
    ) -> None:
        """Take what MkDocs builds, and the paths, without ending, of what it does not."""
        super().__init__(files)
        self._link_targets = frozenset(link_targets)
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at ``path``, whether MkDocs builds it or not."""
        file = super().get_file_from_path(path)
        name = PurePath(path).as_posix()
        if file or _OLDER_PAGE_SUFFIX.sub("", name.rpartition(".")[0]) not in self._link_targets:
            return file
        return File.generated(self._config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
