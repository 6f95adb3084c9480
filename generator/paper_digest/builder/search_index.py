"""The search index and related papers, made from the words of all papers where those changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from paper_digest.builder.index_segments import IndexSegments, in_search_folder
from paper_digest.builder.monitors import decode_monitored, find_monitored
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.related_cache import CachedRelated, RelatedPapers
from paper_digest.builder.search_document import make_search_document
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.map_places import MapPlaces
from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.topic import Topic
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.search.document import Document
from paper_digest.settings.config import Config
from paper_digest.text.language import catalogue_hash

if TYPE_CHECKING:
    from paper_digest.search.cache import ForwardUpdate
    from paper_digest.search.forward_index import ForwardIndex
    from paper_digest.search.index_reader import IndexReader


class SearchIndexBuilder:
    """Makes both in one build; ``cache`` is a file that may be deleted at any time."""

    def __init__(
        self,
        library: ArchiveRecords,
        catalog: Catalog,
        topics: Iterable[Topic],
        cache: Path,
        *,
        uses_lunr: bool = False,
        volume_paths: tuple[str, ...] = (),
    ) -> None:
        """Take the papers of a build; nothing is read yet.

        ``uses_lunr``: the index is lunr's. ``volume_paths`` lead to sites that are searched too.
        """
        self._uses_lunr = uses_lunr
        self._library, self._catalog, self._cache_path = library, catalog, cache
        #: The related papers of each; none until they are asked for.
        self.related = RelatedPapers({})
        #: Where papers lie on the map; known once the related papers are.
        self.map_places = MapPlaces()
        self._volume_paths = volume_paths
        self._topics = {topic.name: (topic.title, topic.parent) for topic in topics}

    def related_papers(self) -> RelatedPapers:
        """Return the related papers of each paper, the nearest first, with the words they share."""
        packed = self._library.cached_text(
            "related", self._library.records_hash, self._find_related
        )
        cached = msgspec.msgpack.decode(packed, type=CachedRelated)
        self.related = RelatedPapers(cached.papers)
        self.map_places = MapPlaces(tuple(cached.papers), cached.places)
        return self.related

    def index_groups(self) -> Iterator[OutputGroup[SiteFile]]:
        """Yield the groups of the index's files and of the scripts that read it."""
        if not self._uses_lunr:
            plan = self._index_plan()
            self._forget_words()
            yield from self._segments.groups(plan)
            paths = msgspec.json.encode(self._volume_paths)
            yield OutputGroup(f"{INDEX_FOLDER}/scripts", hash_bytes(paths), self._script_files)
            return
        rows = self._library.cached_text("lunr rows", self._library.records_hash, self._rows_hash)
        self._forget_words()
        inputs = hash_bytes(rows, msgspec.json.encode(self._topics), b"lunr")
        yield OutputGroup(INDEX_FOLDER, inputs, self._lunr_files)

    def _forget_words(self) -> None:
        """Free the words of all papers before the forks come that would share them; asked again, they are read again."""
        self.__dict__.pop("_forward_update", None)
        self._segments.forget_words()

    @cached_property
    def _segments(self) -> IndexSegments:
        return IndexSegments(lambda: self._forward_update, self._topics)

    def first_files(self) -> tuple[str, ...]:
        """Name what the worker loads for any question, by path below the site: its engine, the index's root."""
        from paper_digest.search import bundle

        if self._uses_lunr:
            scripts, root = bundle.lunr_worker_scripts().keys(), bundle.LUNR_INDEX_FILE
        else:
            scripts, root = self._scripts.keys(), bundle.ROOT_FILE
        return tuple(f"{INDEX_FOLDER}/{name}" for name in (bundle.engine_name(scripts), root))

    @cached_property
    def _scripts(self) -> dict[str, bytes]:
        """What pages and workers run, by file name: as kept, until program, language or volumes are others."""
        from paper_digest.search.bundle import page_scripts, worker_scripts

        packed = self._library.cached_text(
            "search scripts",
            hash_bytes(catalogue_hash(), msgspec.json.encode(self._volume_paths)),
            lambda: msgspec.msgpack.encode(worker_scripts(self._volume_paths) | page_scripts()),
        )
        return msgspec.msgpack.decode(packed, type=dict[str, bytes])

    def _script_files(self) -> Iterator[SiteFile]:
        yield from in_search_folder(self._scripts.items())

    def _index_plan(self) -> bytes:
        return self._library.cached_text(
            "index",
            hash_bytes(self._library.records_hash, msgspec.json.encode(self._topics)),
            lambda: self._segments.pack_plan(self._library.texts.last_text("index")),
        )

    def monitored_papers(self, config: Config) -> tuple[MonitoredPapers, ...]:
        """Answer the queries of an archive's monitors; those of the last build where no record changed."""
        if not config.monitors:
            return ()
        asked = msgspec.json.encode((config.monitors, self._topics))
        key = hash_bytes(self._library.records_hash, asked)
        packed = self._library.cached_text(
            "monitors",
            key,
            lambda: find_monitored(config, self._open_index),
        )
        return decode_monitored(packed, self._catalog.by_slug)

    def _open_index(self) -> IndexReader:
        from paper_digest.search.index_reader import IndexReader

        return IndexReader(self._segments.files(self._index_plan()).__getitem__)

    @cached_property
    def _forward_update(self) -> ForwardUpdate:
        # Here and below: numpy takes a tenth of a second to load, and most builds need none of it.
        from paper_digest.search.cache import update_forward_index

        hashes = dict(sorted(self._library.record_hashes.items()))
        return update_forward_index(hashes, self._search_document, self._cache_path)

    @property
    def _forward_index(self) -> ForwardIndex:
        return self._forward_update.forward

    def _rows_hash(self) -> bytes:
        """Hash what the index is made from: less than the records, whose upvotes it leaves out."""
        forward = self._forward_index
        return hash_of_hashes(forward.rows[place].row_hash for place in forward.document_order())

    def _search_document(self, slug: str) -> Document:
        paper, notes = self._library.paper(slug), self._library.notes(slug)
        return make_search_document(paper, self._catalog.by_slug[slug], notes)

    def _find_related(self) -> bytes:
        from paper_digest.builder.related_finder import RelatedFinder

        return RelatedFinder(self._library, self._catalog, self._forward_index).find()

    def _lunr_files(self) -> Iterator[SiteFile]:
        from paper_digest.search.bundle import LUNR_INDEX_FILE, lunr_worker_scripts, page_scripts
        from paper_digest.search.lunr_index import lunr_index

        topics = self._segments.topic_names()
        documents = map(self._search_document, sorted(self._catalog.by_slug))
        yield (
            f"{INDEX_FOLDER}/{LUNR_INDEX_FILE}",
            lunr_index(documents, topics.titles, topics.parents),
        )
        for name, data in (lunr_worker_scripts() | page_scripts()).items():
            yield f"{INDEX_FOLDER}/{name}", data
