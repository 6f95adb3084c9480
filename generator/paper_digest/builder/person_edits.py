"""What persons say of an archive's papers beside their records: overrides and notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.topic import Topic, present_names
from paper_digest.store.notes import Note, Notes
from paper_digest.store.overrides import Override
from paper_digest.store.paper_override import override_of_ids


class PersonEdits:
    """Overrides and notes; a paper is asked for by its id and those it had before."""

    def __init__(
        self,
        overrides_by_id: dict[str, Override],
        notes: Notes,
        topics: tuple[Topic, ...],
        common_hash: bytes,
    ) -> None:
        """Take both; ``common_hash`` is of what else all papers are made from."""
        self._overrides_by_id, self.notes = overrides_by_id, notes
        self._overridden_ids = frozenset(overrides_by_id)
        self._topic_names, self._common_hash = present_names(topics), common_hash

    def override_for(self, ids: Sequence[str]) -> Override | None:
        """Return the override of a paper."""
        if self._overridden_ids.isdisjoint(ids):  # nearly always
            return None
        return override_of_ids(self._overrides_by_id, ids)

    def is_edited(self, ids: tuple[str, ...]) -> bool:
        """Tell whether a paper may be shown otherwise than its record has it."""
        return not self._overridden_ids.isdisjoint(ids) or bool(self.notes.for_paper(ids))

    def is_hidden(self, ids: Sequence[str]) -> bool:
        """Tell whether a paper is left out of the site."""
        override = self.override_for(ids)
        return bool(override and (override.hide or override.removed))

    def decided_topics(self, override: Override | None) -> tuple[str, ...] | None:
        """Return the topics that a person gave a paper, by their present names; ``None`` where none did."""
        if override is None or override.topics is None:
            return None
        present = (self._topic_names.get(name) for name in override.topics)
        return tuple(dict.fromkeys(filter(None, present)))

    def hash_for(self, ids: tuple[str, ...]) -> bytes:
        """Hash what a paper is made from beside its record."""
        if not self.is_edited(ids):
            return self.unedited_hash
        return self._hash(self.override_for(ids), self.notes.for_paper(ids))

    @cached_property
    def unedited_hash(self) -> bytes:
        """What ``hash_for`` is for the many papers of which nobody said anything, and for no other."""
        return self._hash(None, ())

    def _hash(self, override: Override | None, notes: tuple[Note, ...]) -> bytes:
        return hash_bytes(self._common_hash, msgspec.msgpack.encode((override, notes)))
