"""What one process of a build made, and what a whole build did to the site."""

from __future__ import annotations

from typing import NamedTuple

from paper_digest.incremental.manifest import OutputState


class PublishResult(NamedTuple):
    """What a build did to the site: files written, deleted and left alone."""

    written: int
    deleted: int
    unchanged: int


class WorkerResult(NamedTuple):
    """What one process made in a build.

    Attributes:
        group_keys: the key of each group made, by its name.
        outputs: the files of these groups, by path.
        staged: paths of the files that lie in the staging folder.
        stale: paths of files that these groups had before and have not any more.
        remembered: values to remember by path, each with its group.
    """

    group_keys: dict[str, bytes]
    outputs: dict[str, OutputState]
    staged: set[str]
    stale: set[str]
    remembered: dict[str, tuple[str, bytes]]
