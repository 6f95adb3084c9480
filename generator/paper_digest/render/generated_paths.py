"""The paths under ``docs/`` that hold nothing but what a build writes.

Taken from the text of the modules of pages, because a build with nothing to do asks for them, and
importing those modules would take a third of such a build's time.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

#: Where the search index and its scripts lie on the site.
INDEX_FOLDER = "assets/search"
#: Where the rows of what came last lie (``render/exports/arrivals.py``).
ARRIVALS_FOLDER = "assets/arrivals"
#: What stands against papers (``render/exports/standing_notices.py``).
NOTICES_FILE = "assets/notices.json"
#: Where the points of the map lie (``render/exports/archive_map.py``).
MAP_FOLDER = "assets/map"

#: The paths of the files for machines (``exports.GENERATED``).
FILES_FOR_MACHINES = (
    "api",
    "exports",
    "feeds",
    "sitemaps",
    "sitemap.xml",
    "robots.txt",
    "llms.txt",
    "llms-full",
    "opensearch.xml",
)

#: The first argument of a module's ``KIND``, on one line.
_KIND_PATHS = re.compile(r"^KIND = PageKind\(\s*\(([^)\n]*)\)", re.MULTILINE)
_QUOTED = re.compile(r'"([^"\n]+)"')


@cache
def generated_paths() -> tuple[str, ...]:
    """Return the folders and files of every kind of page (``PageKind.paths``) and of the files for machines.

    ``tests/builder/test_generated.py`` compares them with what the modules say once they are imported.
    """
    folder = resources.files("paper_digest.render") / "pages"
    modules = sorted(item.name for item in folder.iterdir() if item.name.endswith(".py"))
    texts = ((folder / name).read_text("utf-8") for name in modules)
    kinds = [
        path
        for text in texts
        for paths in _KIND_PATHS.findall(text)
        for path in _QUOTED.findall(paths)
    ]
    return tuple(dict.fromkeys((*kinds, INDEX_FOLDER, *FILES_FOR_MACHINES)))
