"""Ranks of sources, by which one is believed where several give a field different values."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

#: A person's own record: believed before every source, however good its value.
EDITOR = "editor"

#: The rank of a source that states none, and of one that is gone: after all that state theirs.
UNRANKED = 900


class SourceRanking(msgspec.Struct, frozen=True):
    """Ranks by a source's name, the smallest believed first.

    ``by_field`` holds, for a claimed field, the ranks that differ from ``general``. Merging is order-free
    only if all merges of an archive use the same ranking. ``whole`` names the sources each of whose
    statements holds all that they know: a field left out of the newer one was removed. ``with_withdrawals`` names,
    for others, the field with which a withdrawal is stated or taken back.
    """

    general: Mapping[str, int]
    by_field: Mapping[str, Mapping[str, int]] = {}
    whole: frozenset[str] = frozenset()
    with_withdrawals: Mapping[str, str] = {}

    def rank(self, field: str, source: str) -> int:
        """Return the rank of ``source`` for ``field``; the smallest is believed."""
        exceptions = self.by_field.get(field, {})
        return exceptions.get(source, self.general.get(source, UNRANKED))
