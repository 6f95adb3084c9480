"""The base of an index in two segments: which papers it is made of, and when it is made anew.

A build writes the base, by far the larger part, once; later papers and changed ones go into the newer
segment beside it, until the archive has grown to the next round number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.cache import pack_forward_index, unpack_forward_index
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.inverted_index import InvertedIndex

#: Papers from which on an archive has two segments; fewer are indexed in about a second.
MIN_SEGMENTED_PAPERS = 8_192
_SIGNIFICANT_BITS = 6  # of a round number: steps of a thirty-second to a sixty-fourth
_MAX_STEP_BITS = 12  # more papers than 4,096 would make the newer segment's lists long

#: A paper as a segment holds it: its slug, and the hash of its row.
Member = tuple[str, bytes]


class MemberPlaces(NamedTuple):
    """Where the papers of an archive are, in the order of their numbers.

    Attributes:
        newer: places in the forward index of those that the base has not, or has otherwise.
        newer_numbers: their numbers in the archive, ascending.
        replaced_members: numbers within the base of its papers that were changed or removed.
    """

    newer: list[int]
    newer_numbers: list[int]
    replaced_members: list[int]


class BaseSegment(msgspec.Struct, array_like=True):
    """What a later build needs to know of the base without reading its files.

    Attributes:
        key: a hash of all else that the files are made from.
        members: its papers, in the order of their numbers.
        root: what the root says of its files, as JSON.
        terms: its terms, sorted, one a line.
        frequencies: how many of its papers hold each term, as 32-bit integers.
        replaced: its papers that were changed or removed since, as they were: a packed forward index.
    """

    key: bytes
    members: list[Member]
    root: bytes
    terms: str
    frequencies: bytes
    replaced: bytes

    @property
    def identity(self) -> bytes:
        """A hash of all that the files are made from."""
        return hash_bytes(self.key, msgspec.msgpack.encode(self.members))

    def root_entry(self) -> dict[str, Any]:
        """Return what the root says of the files."""
        entry: dict[str, Any] = msgspec.json.decode(self.root)
        return entry

    def frequency_by_term(self) -> dict[str, int]:
        """Return how many papers of the base hold each term."""
        counts = np.frombuffer(self.frequencies, np.int32).tolist()
        return dict(zip(self.terms.split("\n") if counts else (), counts, strict=True))

    def replaced_members(self) -> ForwardIndex:
        """Return papers of the base that were changed or removed since, as they were; also some that came back."""
        return unpack_forward_index(self.replaced)[0]


def base_size(paper_count: int) -> int:
    """Return how many papers of an archive its base holds: the next lower round number; 0 for none."""
    if paper_count < MIN_SEGMENTED_PAPERS:
        return 0
    return paper_count - paper_count % _step(paper_count)


def _step(paper_count: int) -> int:
    """Return the difference of two round numbers at this size."""
    return 1 << min(paper_count.bit_length() - _SIGNIFICANT_BITS, _MAX_STEP_BITS)


def members_of(forward: ForwardIndex) -> list[Member]:
    """Return the papers of a forward index as members of a segment, in the order of the index."""
    return [(row.slug, row.row_hash) for row in forward.rows]


def member_places(
    base: BaseSegment, members: Sequence[Member], order: Sequence[int]
) -> MemberPlaces:
    """Find the papers of an archive that are not in the base as they are, and those it has otherwise.

    ``members`` are the archive's papers in the order of its forward index, ``order`` their places there by number.
    """
    numbers = {member: number for number, member in enumerate(base.members)}
    newer = [number for number, place in enumerate(order) if members[place] not in numbers]
    for member in members:
        numbers.pop(member, None)
    return MemberPlaces([order[number] for number in newer], newer, sorted(numbers.values()))


def retained_base(
    base: BaseSegment, forward: ForwardIndex, dropped: ForwardIndex, places: MemberPlaces
) -> BaseSegment | None:
    """Return a base with those of its papers that no longer count; None if it has to be made anew.

    It has when the archive has grown to the next round number, when twice as many papers as a step
    between such numbers are not in it, or when one that was changed cannot be had as it was.
    ``dropped`` holds papers as they were in the last build.
    """
    size = base_size(len(forward.rows))
    max_newer = 2 * _step(len(forward.rows))
    if not size or size > len(base.members) or len(places.newer) > max_newer:
        return None
    return with_replaced(base, dropped, places)


def with_replaced(
    base: BaseSegment, dropped: ForwardIndex, places: MemberPlaces
) -> BaseSegment | None:
    """Return a base with those of its papers that no longer count; None if one cannot be had as it was."""
    replaced = base.replaced_members()
    needed = {base.members[number] for number in places.replaced_members} - {*members_of(replaced)}
    if not needed:
        return base
    dropped_members = members_of(dropped)
    if not needed <= {*dropped_members}:
        return None
    chosen = dropped.select(np.array([member in needed for member in dropped_members], bool))
    united = ForwardIndex()
    united.merge(replaced)
    united.merge(chosen.compacted())
    return msgspec.structs.replace(base, replaced=pack_forward_index(united, []))


def base_documents(base: BaseSegment, forward: ForwardIndex) -> tuple[ForwardIndex, list[int]]:
    """Return a forward index that holds the base's papers as they were, and their places in it."""
    places = {member: place for place, member in enumerate(members_of(forward))}
    if not all(member in places for member in base.members):
        united = ForwardIndex()
        united.merge(forward)
        united.merge(base.replaced_members())
        forward = united
        places = {member: place for place, member in enumerate(members_of(forward))}
    return forward, [places[member] for member in base.members]


def describe_base(
    key: bytes, members: Sequence[Member], root: dict[str, Any], inverted: InvertedIndex
) -> BaseSegment:
    """Describe a base that was just written."""
    return BaseSegment(
        key,
        list(members),
        msgspec.json.encode(root),
        "\n".join(inverted.terms),
        np.diff(inverted.starts).astype(np.int32).tobytes(),
        pack_forward_index(ForwardIndex(), []),
    )
