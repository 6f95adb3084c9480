"""The files for machines beside the pages: feeds, API, dump, citations, sitemaps; all without I/O."""

from paper_digest.render.exports.all_files import (
    GENERATED,
    config_warnings,
    file_groups,
    files_of_papers,
    gone_file_groups,
    paper_file_group,
)
from paper_digest.render.exports.moved_papers import moved_groups

__all__ = [
    "GENERATED",
    "config_warnings",
    "file_groups",
    "files_of_papers",
    "gone_file_groups",
    "moved_groups",
    "paper_file_group",
]
