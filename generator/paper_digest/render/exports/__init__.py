"""The files for machines beside the pages: feeds, API, dump, citations, sitemaps; all without I/O."""

from paper_digest.render.exports.all_files import (
    GENERATED,
    files_of_papers,
    file_groups,
    paper_file_group,
    config_warnings,
)

__all__ = ["GENERATED", "files_of_papers", "file_groups", "paper_file_group", "config_warnings"]
