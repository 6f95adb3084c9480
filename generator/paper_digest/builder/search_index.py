"""Search and related papers: made from the words of all papers, and anew only where those change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from paper_digest.builder.records import Library
from paper_digest.builder.search_document import document
from paper_digest.catalog.catalog import Catalog, Neighbour
from paper_digest.incremental.hashing import hash_bytes, program_hash
from paper_digest.incremental.output_group import SiteFile, OutputGroup
from paper_digest.model.paper import Topic
from paper_digest.render.pages.search import FOLDER
from paper_digest.search.document import Document

if TYPE_CHECKING:
    from paper_digest.search.forward_index import Collection

#: Related papers shown on a paper's page.
NEAREST = 5

_NONE = msgspec.msgpack.encode({})
_decode = msgspec.msgpack.Decoder(tuple[Neighbour, ...]).decode


class _Near(msgspec.Struct, array_like=True, gc=False):
    """What was found near a paper: what it was found by, and the neighbours, packed."""

    key: bytes
    found: bytes


class Nearby(Mapping[str, tuple[Neighbour, ...]]):
    """The papers nearest to each paper, by slug, unpacked when asked for: they are many."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, slug: str) -> tuple[Neighbour, ...]:
        """Return a paper's neighbours, the nearest first."""
        return _decode(self._packed[slug])

    def __iter__(self) -> Iterator[str]:
        """Name the papers."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Count the papers."""
        return len(self._packed)


class Finding:
    """What is found by words in one build; ``cache`` is a file that may be deleted at any time."""

    def __init__(
        self, library: Library, catalog: Catalog, topics: Iterable[Topic], cache: Path
    ) -> None:
        """Take the papers of a build; nothing is read yet."""
        self._library, self._catalog, self._cache = library, catalog, cache
        self._topics = {topic.name: (topic.title, topic.parent) for topic in topics}

    def related(self) -> Nearby:
        """Find the papers nearest to each paper, the nearest first, with the words they share."""
        kept = self._library.text("related", self._marks, self._related)
        near = msgspec.msgpack.decode(kept, type=dict[str, _Near])
        return Nearby({slug: one.found for slug, one in near.items()})

    def index(self) -> OutputGroup[SiteFile]:
        """Name the files of the search index and the scripts that read it."""
        rows = self._library.text("index", self._marks, self._rows)
        return OutputGroup(FOLDER, hash_bytes(rows, msgspec.json.encode(self._topics)), self._files)

    @cached_property
    def _marks(self) -> bytes:
        return hash_bytes(*(self._library.mark(slug) for slug in sorted(self._catalog.by_slug)))

    @cached_property
    def _collection(self) -> Collection:
        # Here and below: numpy takes a tenth of a second to load, and most builds need none of it.
        from paper_digest.search.cache import gathered

        marks = {slug: self._library.mark(slug) for slug in sorted(self._catalog.by_slug)}
        return gathered(marks, self._document, self._cache)[0]

    def _rows(self) -> bytes:
        """Hash what the index is made of: less than the records, which also count votes."""
        rows = self._collection.rows
        return hash_bytes(
            *(msgspec.msgpack.encode(rows[place]) for place in self._collection.order())
        )

    def _document(self, slug: str) -> Document:
        paper, notes = self._library.paper(slug), self._library.notes(slug)
        return document(paper, self._catalog.by_slug[slug], notes)

    def _related(self) -> bytes:
        """Find neighbours, those of the last build left as they are where no word of theirs changed."""
        from paper_digest.search.related import keys, related, spelt

        last = self._last()
        told = {
            slug: hash_bytes(program_hash(), key, self._told(slug).encode())
            for slug, key in keys(self._collection).items()
        }
        near = {slug: one for slug, one in last.items() if told.get(slug) == one.key}
        wanted = told.keys() - near.keys()
        for slug, found in related(self._collection, NEAREST, wanted) if wanted else ():
            shared = iter(spelt([word for n in found for word in n.words], self._told(slug)))
            shown = tuple(Neighbour(n.slug, tuple(islice(shared, len(n.words)))) for n in found)
            near[slug] = _Near(told[slug], msgspec.msgpack.encode(shown))
        return msgspec.msgpack.encode(near)

    def _last(self) -> dict[str, _Near]:
        """Return the neighbours kept last; none if a version that kept them otherwise wrote them."""
        try:
            kept = self._library.last("related") or _NONE
            return msgspec.msgpack.decode(kept, type=dict[str, _Near])
        except msgspec.DecodeError:
            return {}

    def _told(self, slug: str) -> str:
        """Return what a reader knows of a paper from the start: its own spelling of the words."""
        return f"{self._catalog.by_slug[slug].title} {self._catalog.by_slug[slug].blurb}"

    def _files(self) -> Iterator[SiteFile]:
        from paper_digest.search.build import write_index
        from paper_digest.search.bundle import page_scripts, worker_scripts

        made: list[SiteFile] = []
        titles = {name: title for name, (title, _) in self._topics.items()}
        above = {name: parent for name, (_, parent) in self._topics.items() if parent}
        write_index(self._collection, titles, lambda *file: made.append(file), above=above)
        for name, data in (*made, *worker_scripts().items(), *page_scripts().items()):
            yield f"{FOLDER}/{name}", data
