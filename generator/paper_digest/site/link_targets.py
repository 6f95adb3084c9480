"""What MkDocs knows of archive pages that it does not build: enough to resolve links to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

#: What the older pages of a list add to its path.
_OLDER = re.compile(r"-page-\d+\Z")


class LinkedFiles(Files):
    """The files of a build, and beside them paths that can be linked to but are not built."""

    def __init__(self, files: Iterable[File], linked: Iterable[str], config: MkDocsConfig) -> None:
        """Take what MkDocs builds, and the paths, without ending, of what it does not."""
        super().__init__(files)
        self._linked = frozenset(linked)
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at ``path``, whether MkDocs builds it or not."""
        found = super().get_file_from_path(path)
        name = PurePath(path).as_posix()
        if found or _OLDER.sub("", name.rpartition(".")[0]) not in self._linked:
            return found
        return File.generated(self._config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
