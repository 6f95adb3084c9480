"""All files for machines, in groups that are made again only if what they hold has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.paper import Paper
from paper_digest.render import citation
from paper_digest.render.citation.keys import unlike
from paper_digest.render.exports import (
    api_lists,
    api_types,
    bibliography,
    discovery,
    dump,
    feeds,
    llms,
)
from paper_digest.render.exports.feeds import Feed, of_archive
from paper_digest.render.exports.record_reader import Made, Records
from paper_digest.render.exports.sitemap import Sitemap
from paper_digest.settings.config import Config

#: What of ``docs/`` these files fill; nothing else may lie there.
OWNED = (
    "api",
    "exports",
    "feeds",
    "sitemaps",
    "sitemap.xml",
    "robots.txt",
    "llms.txt",
    "opensearch.xml",
)

Files = OutputGroup[SiteFile]


def groups(
    catalog: Catalog,
    records: Records,
    config: Config,
    more: Iterable[Feed] = (),
    written: Iterable[str] = (),
) -> Iterator[Files]:
    """Yield every file but those of single papers.

    Args:
        catalog: the archive.
        records: its papers in full, read when asked.
        config: the archive's settings.
        more: feeds beside those of the archive and its topics (an author's, a trending list's);
            the page of each stands in the sitemap too.
        written: paths under ``docs/`` of the pages that somebody wrote by hand.
    """
    yield dump.group(catalog, records)
    yield from bibliography.groups(catalog, records)
    yield from api_lists.groups(catalog, config)
    more, told = tuple(more), feeds.of_papers(catalog, records, config)
    for feed in (*of_archive(catalog, config), *more):
        inputs = hash_bytes(
            *(records.record_hash(slug) for slug in feed.slugs), repr(feed).encode()
        )
        yield OutputGroup(feed.stem, inputs, partial(feeds.files, feed, told, config))
    yield from Sitemap(catalog, records, config, more, written).groups()
    for path, data in (
        *discovery.files(config, catalog.has_sharded_search),
        llms.file(catalog, config),
    ):
        yield OutputGroup(path, None, partial(_ready, path, data))


def of_paper(slug: str, catalog: Catalog, records: Records, config: Config) -> Files:
    """Make the files of one paper."""
    entry, key = catalog.by_slug[slug], records.citation_keys[slug]
    inputs = hash_bytes(records.record_hash(slug), key.encode())

    def make() -> Iterator[SiteFile]:
        _, item = bibliography.cited(slug, records)
        yield api_types.file(records.paper(slug), msgspec.json.decode(item), entry.topics, config)

    return OutputGroup(f"api/papers/{slug}", inputs, make)


def files(
    catalog: Catalog, papers: Iterable[Paper], config: Config, more: Iterable[Feed] = ()
) -> Iterator[SiteFile]:
    """Yield every file of some papers at hand; one that the catalog does not have is left out."""
    held = {p.slug: p for p in papers if p.slug in catalog.by_slug}
    taken: set[str] = set()
    cites = {slug: unlike(citation.key(p), slug, taken) for slug, p in held.items()}
    records = Made(held, cites)
    for slug in held:
        yield from of_paper(slug, catalog, records, config).make()
    for group in groups(catalog, records, config, more):
        yield from group.make()


def warnings(config: Config) -> tuple[str, ...]:
    """Say what these files lack as ``archive.yml`` stands, for the command line to print."""
    if config.url:
        return ()
    what = "feeds and API have relative addresses; sitemap and opensearch.xml are left out"
    return (f"archive.yml has no url: {what}; write url: https://... to have them",)


def _ready(path: str, data: bytes) -> tuple[SiteFile]:
    return ((path, data),)
