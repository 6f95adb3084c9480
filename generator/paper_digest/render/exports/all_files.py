"""All files for machines, in groups that are made again only if their inputs changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.paper import Paper
from paper_digest.render import citation
from paper_digest.render.citation.facts import plain_abstract
from paper_digest.render.citation.keys import unique_key
from paper_digest.render.exports import (
    agent_lists,
    api_lists,
    api_types,
    bibliography,
    change_feed,
    curated_feeds,
    discovery,
    dump,
    feeds,
    llms,
    notice_feeds,
    paper_companions,
)
from paper_digest.render.exports.atom import STYLE_SHEET_PATH
from paper_digest.render.exports.feeds import Feed, archive_feeds
from paper_digest.render.exports.record_reader import InMemoryRecords, RecordReader
from paper_digest.render.exports.sitemap import Sitemap
from paper_digest.render.gone_ids import IdsOfRecords, gone_ids
from paper_digest.settings.config import Config

#: Paths under ``docs/`` that hold these files and nothing else.
GENERATED = (
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

FileGroup = OutputGroup[SiteFile]


def file_groups(
    catalog: Catalog,
    records: RecordReader,
    config: Config,
    extra_feeds: Iterable[Feed] = (),
    handwritten_paths: Iterable[str] = (),
) -> Iterator[FileGroup]:
    """Yield every file but those of single papers.

    Args:
        catalog: the archive.
        records: its papers in full, read when asked.
        config: the archive's settings.
        extra_feeds: feeds beside those of the archive and its topics (an author's, a trending list's).
        handwritten_paths: paths under ``docs/`` of the pages that somebody wrote by hand.
    """
    yield dump.dump_group(catalog, records)
    yield from bibliography.file_groups(catalog, records, with_abstracts=config.export_abstracts)
    yield from api_lists.file_groups(catalog, config)
    yield from agent_lists.file_groups(catalog)
    yield from llms.topic_groups(catalog, config)
    extra_feeds, make_entry = tuple(extra_feeds), feeds.feed_entry_maker(catalog, records, config)
    every_paper, *others = archive_feeds(catalog, config)
    # A list without papers has no feed; that of the whole archive is there from its first day.
    if not every_paper.slugs:
        yield notice_feeds.first_day_group(every_paper.stem, config)
    for feed in (feed for feed in (every_paper, *others, *extra_feeds) if feed.slugs):
        # The archive's newest date is an input of a feed with a paper dated ahead alone: it changes daily.
        newest = max(map(records.newest_date, feed.slugs))
        if newest > catalog.horizon:
            newest = catalog.newest_date
        inputs = hash_bytes(
            *(records.record_hash(slug) for slug in feed.slugs), repr((feed, newest)).encode()
        )
        make = partial(feeds.feed_files, feed, make_entry, config, newest)
        yield OutputGroup(feed.stem, inputs, make)
    yield from change_feed.change_feed_groups(catalog, config)
    yield from curated_feeds.curated_feed_groups(catalog, config)
    yield from notice_feeds.moved_topic_groups(catalog, config)
    yield OutputGroup(STYLE_SHEET_PATH, None, feeds.style_sheet_file)
    yield from Sitemap(catalog, records, config, handwritten_paths).file_groups()
    for path, data in (
        *discovery.discovery_files(config, [volume.url for volume in catalog.volumes]),
        llms.llms_file(catalog, config),
    ):
        yield OutputGroup(path, None, partial(_finished_file, path, data))


def gone_file_groups(
    catalog: Catalog, records: IdsOfRecords, config: Config
) -> Iterator[FileGroup]:
    """Yield the small record of each id that is no paper's."""
    for one in gone_ids(catalog, records):
        path, data = api_types.gone_file(one.paper_id, one.given_for, config)
        yield OutputGroup(path, hash_bytes(data), partial(_finished_file, path, data))


def paper_file_group(
    slug: str, catalog: Catalog, records: RecordReader, config: Config
) -> FileGroup:
    """Make the files of one paper."""
    entry, key = catalog.by_slug[slug], records.citation_keys[slug]

    def related() -> tuple[str, ...]:  # not held for all papers at once
        return tuple(near.slug for near in catalog.related.get(slug, ()))

    inputs = hash_bytes(records.record_hash(slug), key.encode(), repr(related()).encode())

    def make() -> Iterator[SiteFile]:
        paper = records.paper(slug)
        # Here the record is at hand; the files of months and topics then only join what is cached.
        bibliography.cache_citations(slug, records, with_abstract=config.export_abstracts)
        # Where the record's own abstract, on one line, is that of the citation, it stands there once.
        has_other_form = plain_abstract(paper) != " ".join(paper.abstract.split())
        item = citation.csl_item(paper, key, with_abstract=has_other_form)
        yield api_types.paper_file(paper, item, entry.topics, config, related())
        yield from paper_companions.companion_files(paper, key, config)
        yield from api_types.moved_files(paper, config, catalog.by_slug)

    return OutputGroup(f"api/papers/{slug}", inputs, make)


def files_of_papers(
    catalog: Catalog, papers: Iterable[Paper], config: Config, extra_feeds: Iterable[Feed] = ()
) -> Iterator[SiteFile]:
    """Yield every file of some papers at hand; one that the catalog does not have is left out."""
    by_slug = {p.slug: p for p in papers if p.slug in catalog.by_slug}
    taken: set[str] = set()
    cites = {slug: unique_key(citation.citation_key(p), slug, taken) for slug, p in by_slug.items()}
    records = InMemoryRecords(by_slug, cites)
    for slug in by_slug:
        yield from paper_file_group(slug, catalog, records, config).make()
    for group in file_groups(catalog, records, config, extra_feeds):
        yield from group.make()


def config_warnings(config: Config) -> tuple[str, ...]:
    """Return warnings about what these files lack with these settings."""
    if config.url:
        return ()
    what = "feeds and API have relative addresses; sitemap and opensearch.xml are left out"
    return (f"archive.yml has no url: {what}; write url: https://... to have them",)


def _finished_file(path: str, data: bytes) -> tuple[SiteFile]:
    return ((path, data),)
