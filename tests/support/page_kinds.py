"""One page of every kind, on the site of the bundled archive and the awkward papers."""

from __future__ import annotations

#: Path below the site's root, by what kind of page it is.
KINDS = {
    "home": "",
    "day": "dates/2026-03-05/",
    "week": "dates/2026-W10/",
    "month": "dates/2026-03/",
    "year": "dates/2026/",
    "undated": "dates/undated/",
    "dates": "dates/",
    "topic": "topics/language-models/",
    "topics": "topics/",
    "author": "authors/ada-weaver/",
    "authors": "authors/",
    "letter": "authors/a-z/w/",
    "organisations": "organisations/",
    "organisation": "organisations/weavers-guild-975d40/",
    "trending": "trending/",
    "map": "map/",
    "statistics": "statistics/",
    "status": "status/",
    "api": "api/",
    "new": "new/",
    "starred": "starred/",
    "about": "about/",
    "missing": "404.html",
    "paper": "papers/2603.00001/",
    "formula": "papers/2603.00003/",
    "rtl": "papers/2603.00004/",
    "crowd": "papers/2603.00005/",
    "withdrawn": "papers/2603.00006/",
    "long": "papers/2603.00007/",
    "hostile": "papers/2603.00008/",
}
