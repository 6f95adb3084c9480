"""The file of what stands against papers, for scripts that name a paper and have not read its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.news import News
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render.change_words import news_words
from paper_digest.render.generated_paths import NOTICES_FILE
from paper_digest.render.pages.redirect import former_slugs


def notice_groups(
    catalog: Catalog, ids_of: Callable[[str], tuple[str, ...]]
) -> Iterator[OutputGroup[SiteFile]]:
    """Make the file, which every archive has: by slug the words of a paper's badge, and where volumes lie.

    A paper stands there under its former addresses too: a reader may have starred it at one of them.
    The papers of a volume stand in the file of its own site.

    Args:
        catalog: the archive.
        ids_of: returns, by slug, a paper's present id, then those it had before.
    """
    notices = {
        slug: news_words(News(entry.notice))
        for entry in catalog.entries
        if entry.notice
        for slug in (entry.slug, *former_slugs(ids_of(entry.slug)[1:], catalog.by_slug))
    }
    volumes = [volume.path for volume in catalog.volumes]
    data = msgspec.json.encode({"notices": notices, "volumes": volumes}) + b"\n"
    yield OutputGroup("assets/notices", hash_bytes(data), lambda: ((NOTICES_FILE, data),))
