"""The paths under ``docs/`` that hold nothing but what a build writes.

Written out, because a build with nothing to do asks for them, and asking the kinds of pages and
files would load all modules that make them: a third of such a build's time.
"""

#: Folders and files of the kinds of pages (``PageKind.paths``) and of the files for machines
#: (``exports.GENERATED``); ``tests/builder/test_generated.py`` compares.
GENERATED_PATHS = (
    "authors",
    "dates",
    "papers",
    "index.md",
    "organisations",
    "search.md",
    "assets/search",
    "starred.md",
    "statistics.md",
    "status.md",
    "topics",
    "trending.md",
    "api",
    "exports",
    "feeds",
    "sitemaps",
    "sitemap.xml",
    "robots.txt",
    "llms.txt",
    "opensearch.xml",
)

#: Where the search index and its scripts lie on the site.
INDEX_FOLDER = "assets/search"
