"""The papers a build shows: what is known of all of them, and the record of one when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from paper_digest.builder.record_cache import TABLES, Found, Known, found
from paper_digest.catalog.catalog import entry
from paper_digest.catalog.topics import Classifier
from paper_digest.incremental.hashing import hash_bytes, program_hash
from paper_digest.incremental.sqlite import open_database
from paper_digest.model.errors import RecordError
from paper_digest.model.paper import Paper, Topic
from paper_digest.render import citation
from paper_digest.render.citation.keys import unlike
from paper_digest.store import overrides
from paper_digest.store.files import Store
from paper_digest.store.notes import Note, Notes
from paper_digest.store.overrides import Override

VERSION = 1
_AT_ONCE = 500  # texts written in one step

_TEXTS = "CREATE TABLE texts (name TEXT PRIMARY KEY, key BLOB, value BLOB) WITHOUT ROWID;"


class Library:
    """The papers of a store that are shown, the operator's decisions and notes in place.

    ``cache`` may be deleted at any time. ``broken`` are files that could not be read.
    """

    def __init__(
        self,
        store: Store,
        decided: dict[str, Override],
        notes: Notes,
        topics: tuple[Topic, ...],
        cache: Path,
    ) -> None:
        """Read what changed since the cache was written."""
        self._store, self._decided, self._notes = store, decided, notes
        self._classifier = Classifier(topics)
        self._common = hash_bytes(program_hash(), msgspec.json.encode(topics))
        self._cache, self._made = cache, dict[str, tuple[bytes, bytes]]()
        self._database = open_database(cache, TABLES + _TEXTS, VERSION)
        self.broken: list[RecordError] = []
        every = found(store, self._database, self._decide, self._known, self.broken)
        self._found = {one.known.entry.slug: one for one in every if not self._hidden(one)}

    @property
    def known(self) -> Iterable[Known]:
        """What is known of each paper, in order of folder and name."""
        return (one.known for one in self._found.values())

    @property
    def pinned(self) -> frozenset[str]:
        """The ids of papers kept at the head of the home page."""
        return frozenset(
            known.entry.id for known in self.known if (o := self._override(known.ids)) and o.pin
        )

    def mark(self, slug: str) -> bytes:
        """Return a hash of all that a paper's record is made from, and of the notes about it."""
        return self._found[slug].mark

    def changed(self, slug: str) -> str:
        """Return the newest date a paper's record knows."""
        return self._found[slug].known.changed

    def paper(self, slug: str) -> Paper:
        """Read a paper's record, fixed as the operator decided."""
        return self._last(slug)

    def renote(self, notes: Notes) -> list[Known]:
        """Take the notes as they are now; returns the papers that have any, or had."""
        before, self._notes = self._notes, notes
        return [
            known
            for known in self.known
            if before.for_paper(known.ids) or notes.for_paper(known.ids)
        ]

    def notes(self, slug: str) -> tuple[Note, ...]:
        """Return what the operator noted about a paper."""
        return self._notes.for_paper(self._found[slug].known.ids)

    @cached_property
    def cites(self) -> dict[str, str]:
        """Citation keys by slug, no two alike."""
        taken: set[str] = set()
        return {slug: unlike(one.known.cite, slug, taken) for slug, one in self._found.items()}

    def text(self, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Return a text kept under a name, made anew if its key is another than last time."""
        key = hash_bytes(self._common, key)
        kept = self._kept(name)
        if kept and kept[0] == key:
            return kept[1]
        made = make()
        self._made[name] = (key, made)
        if len(self._made) >= _AT_ONCE:
            self.keep()
        return made

    def last(self, name: str) -> bytes:
        """Return the text last kept under a name, whatever it was made from; "" where none is."""
        kept = self._kept(name)
        return kept[1] if kept else b""

    def apart(self) -> None:
        """Go on in a fork, which must not use what its parent has open, nor close it."""
        self._inherited = self._database
        self._database = open_database(self._cache, TABLES + _TEXTS, VERSION)

    def keep(self) -> None:
        """Write the texts made, for this build's other processes and the next build."""
        rows = ((name, *kept) for name, kept in self._made.items())
        with self._database as into:
            into.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", rows)
        self._made.clear()

    def close(self) -> None:
        """Keep the texts for the next build."""
        with closing(self._database):
            self.keep()

    def _kept(self, name: str) -> tuple[bytes, bytes] | None:
        query = "SELECT key, value FROM texts WHERE name = ?"
        return self._made.get(name) or self._database.execute(query, (name,)).fetchone()

    @cached_property
    def _last(self) -> Callable[[str], Paper]:
        return lru_cache(maxsize=64)(self._read)

    def _read(self, slug: str) -> Paper:
        one = self._found[slug]
        return overrides.apply_fixes(
            self._store.read_paper(one.name), self._override(one.known.ids)
        )

    def _known(self, data: bytes, name: str) -> Known:
        stored = self._store.parse_paper(data, name)
        override = overrides.find_override(self._decided, stored)
        paper = overrides.apply_fixes(stored, override)
        if override and override.topics is not None:
            names = override.topics
        else:
            names = tuple(match.topic for match in self._classifier.classify(paper))
        changed = max(paper.updated, paper.announced, paper.published)
        ids = (stored.id, *stored.aliases)
        return Known(ids, entry(paper, names), citation.key(paper), changed)

    def _override(self, ids: tuple[str, ...]) -> Override | None:
        return next((self._decided[i] for i in ids if i in self._decided), None)

    def _decide(self, ids: tuple[str, ...]) -> bytes:
        override = self._override(ids) if self._decided else None
        return hash_bytes(
            self._common, msgspec.msgpack.encode((override, self._notes.for_paper(ids)))
        )

    def _hidden(self, one: Found) -> bool:
        override = self._override(one.known.ids) if self._decided else None
        return bool(override and override.hide)
