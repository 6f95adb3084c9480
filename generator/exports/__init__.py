"""The files for machines beside the pages: feeds, API, dump, citations, sitemaps; all without I/O."""

from generator.exports.everything import OWNED, files, groups, of_paper, warnings

__all__ = ["OWNED", "files", "groups", "of_paper", "warnings"]
