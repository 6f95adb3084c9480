"""The files for machines beside the pages: feeds, API, dump, citations, sitemaps; all without I/O."""

from paper_digest.render.exports.all_files import OWNED, files, groups, of_paper, warnings

__all__ = ["OWNED", "files", "groups", "of_paper", "warnings"]
