"""What an archive answers with all its sites: the current one, and the volumes that papers of past years are in."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from paper_digest.deliver.agents.published_archive import (
    GonePaperError,
    PublishedArchive,
    damage_named,
)
from paper_digest.deliver.agents.published_types import PublishedRecord, PublishedRow
from paper_digest.deliver.agents.site_files import NoSuchFileError
from paper_digest.model.errors import DigestError
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.search.search_answer import Order, SearchAnswer
from paper_digest.search.volume_search import VolumeSearch


class Located(NamedTuple):
    """A paper, and the site that has it."""

    site: PublishedArchive
    slug: str
    record: PublishedRecord


class Listed(NamedTuple):
    """A paper in a list, and the volume it is in; "" for the current site."""

    row: PublishedRow
    volume: str


class FoundPapers(NamedTuple):
    """What the search found, the sites that were asked by the names of their volumes, and the volumes that could not be."""

    answer: SearchAnswer
    sites: dict[str, PublishedArchive]
    missing: list[str]


def locate(archive: PublishedArchive, name: str) -> Located:
    """Find a paper on any site of an archive; see ``PublishedArchive.record``.

    Raises:
        NoSuchFileError: no site has it, or the archive took it out.
    """
    try:
        return Located(archive, *archive.record(name))
    except GonePaperError:
        raise
    except NoSuchFileError:
        for site in archive.volumes()[0]:
            try:
                return Located(site, *site.record(name))
            except DigestError:
                continue
        raise


def search(
    archive: PublishedArchive, query: str, limit: int, first: int, order: Order
) -> FoundPapers:
    """Answer a query as the archive's search page does."""
    sites, indexes = {"": archive}, {"": archive.ranked_search()}
    volumes, missing = archive.volumes()
    for site in volumes:
        try:
            indexes[site.volume] = site.ranked_search()
        except DigestError:
            missing.append(site.volume)
        else:
            sites[site.volume] = site
    with damage_named(INDEX_FOLDER):
        answer = VolumeSearch(indexes).answer(query, limit, first, order)
    return FoundPapers(answer, sites, missing)


def papers_of_day(archive: PublishedArchive, day: str) -> Iterator[Listed]:
    """Yield the papers filed under a day; see ``PublishedArchive.day``."""
    for site in (archive, *archive.volumes()[0]):
        yield from (Listed(row, site.volume) for row in site.day(day))


def papers_of_topic(archive: PublishedArchive, name: str) -> Iterator[Listed]:
    """Yield the papers of a topic, the newest first; see ``PublishedArchive.topic``."""
    sites = (archive, *archive.volumes()[0])
    lists = [_listed(site, name) for site in sites]
    return heapq.merge(*lists, key=lambda one: one.row.date, reverse=True)


def _listed(site: PublishedArchive, topic: str) -> Iterator[Listed]:
    """Yield the papers of a topic on one site; a volume may be older than the topic."""
    try:
        for row in site.topic(topic):
            yield Listed(row, site.volume)
    except DigestError:
        if not site.volume:
            raise
