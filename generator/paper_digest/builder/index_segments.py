"""The files of the search index as groups: of a large archive the base, which stays for many builds, and all else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

import msgspec

from paper_digest.incremental.hashing import hash_bytes, program_hash
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render.generated_paths import INDEX_FOLDER

if TYPE_CHECKING:
    from paper_digest.search.base_segment import BaseSegment, Member, MemberPlaces
    from paper_digest.search.cache import ForwardUpdate
    from paper_digest.search.forward_index import ForwardIndex
    from paper_digest.search.segment_writer import Topics


class _IndexPlan(msgspec.Struct, array_like=True):
    """What the index is made from.

    Attributes:
        rows_hash: a hash of all papers as the index shows them.
        base_identity: a hash of what the base is made from; b"" where there is one segment.
        base: the base, packed.
    """

    rows_hash: bytes
    base_identity: bytes
    base: bytes


class IndexSegments:
    """Plans and makes the index of one build."""

    def __init__(
        self,
        update: Callable[[], ForwardUpdate],
        topics: Mapping[str, tuple[str, str]],
    ) -> None:
        """Take what gives the words of all papers, and the title and parent of each topic's name.

        Numpy takes a tenth of a second to load and most builds need none of it, so what does is imported where it is used.
        """
        self._update, self._topics = update, topics
        # What this build has made, without the folder: for the site and for the archive's monitors.
        self._made_base: list[SiteFile] = []
        self._made_others: list[SiteFile] = []
        #: The members of a base, and where the archive's papers are.
        self._placed: tuple[list[Member], MemberPlaces] | None = None

    def pack_plan(self, last_plan: bytes) -> bytes:
        """Choose the base, given the plan of the last build; make it where it has to be made anew.

        Where the plan is another than the last, its other files are made too, while the words are at hand.
        """
        from paper_digest.search.base_segment import base_size

        rows_hash = hash_bytes(msgspec.msgpack.encode(sorted(self._members)))
        plan = _IndexPlan(rows_hash, b"", b"")
        if size := base_size(len(self._members)):
            base = self._retained_base(last_plan) or self._new_base(size)
            plan = _IndexPlan(rows_hash, base.identity, msgspec.msgpack.encode(base))
        packed = msgspec.msgpack.encode(plan)
        if packed != last_plan:
            self._other_data(plan.base)
        return packed

    def forget_words(self) -> None:
        """Let go what was derived from the words of all papers, but the files that were made of it."""
        self.__dict__.pop("_members", None)
        self._placed = None

    def groups(self, packed_plan: bytes) -> Iterator[OutputGroup[SiteFile]]:
        """Yield the groups of a plan."""
        plan = msgspec.msgpack.decode(packed_plan, type=_IndexPlan)
        if plan.base:
            yield OutputGroup(
                f"{INDEX_FOLDER}/base", plan.base_identity, partial(self._base_files, plan.base)
            )
        inputs = plan.rows_hash, plan.base_identity, msgspec.json.encode(self._topics)
        yield OutputGroup(INDEX_FOLDER, hash_bytes(*inputs), partial(self._other_files, plan.base))

    def _retained_base(self, last_plan: bytes) -> BaseSegment | None:
        """Return the base of the last build; None if it has to be made anew."""
        from paper_digest.search.base_segment import BaseSegment, retained_base

        try:
            plan = msgspec.msgpack.decode(last_plan, type=_IndexPlan)
            base = msgspec.msgpack.decode(plan.base, type=BaseSegment)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        if base.key != self._base_key():
            return None
        forward, _, dropped = self._update()
        return retained_base(base, forward, dropped, self._places_beside(base, forward))

    def _places_beside(self, base: BaseSegment, forward: ForwardIndex) -> MemberPlaces:
        """Find where the archive's papers are, once for each base that is looked at."""
        from paper_digest.search.base_segment import member_places

        if not self._placed or self._placed[0] != base.members:
            places = member_places(base, self._members, forward.document_order())
            self._placed = base.members, places
        return self._placed[1]

    @cached_property
    def _members(self) -> list[Member]:
        from paper_digest.search.base_segment import members_of

        return members_of(self._update().forward)

    def _new_base(self, size: int) -> BaseSegment:
        from paper_digest.search.build import write_new_base

        forward, write = self._update().forward, _appending(self._made_base)
        return write_new_base(forward, size, self._base_key(), self.topic_names(), write)

    def _base_key(self) -> bytes:
        return hash_bytes(program_hash(), msgspec.json.encode(self._topics))

    def topic_names(self) -> Topics:
        """Return what readers call the topics."""
        from paper_digest.search.segment_writer import Topics

        titles = {name: title for name, (title, _) in self._topics.items()}
        parents = {name: parent for name, (_, parent) in self._topics.items() if parent}
        return Topics(titles, parents)

    def files(self, packed_plan: bytes) -> dict[str, bytes]:
        """Return all files of a plan's index by name, those of the base among them."""
        plan = msgspec.msgpack.decode(packed_plan, type=_IndexPlan)
        base_files = self._base_data(plan.base) if plan.base else []
        return dict([*base_files, *self._other_data(plan.base)])

    def _base_files(self, packed_base: bytes) -> Iterator[SiteFile]:
        yield from in_search_folder(self._base_data(packed_base))

    def _other_files(self, packed_base: bytes) -> Iterator[SiteFile]:
        """Make the root, and the newer segment or the only one."""
        yield from in_search_folder(self._other_data(packed_base))

    def _base_data(self, packed_base: bytes) -> list[SiteFile]:
        """Make the files of the base, unless this build has made them."""
        from paper_digest.search.base_segment import BaseSegment
        from paper_digest.search.build import rewrite_base

        if not self._made_base:
            base = msgspec.msgpack.decode(packed_base, type=BaseSegment)
            forward, write = self._update().forward, _appending(self._made_base)
            rewrite_base(base, forward, self.topic_names(), write)
        return self._made_base

    def _other_data(self, packed_base: bytes) -> list[SiteFile]:
        """Make the other files of the index, unless this build has made them."""
        from paper_digest.search.base_segment import BaseSegment
        from paper_digest.search.build import write_beside_base, write_index

        if self._made_others:
            return self._made_others
        forward, topics = self._update().forward, self.topic_names()
        write = _appending(self._made_others)
        if packed_base:
            base = msgspec.msgpack.decode(packed_base, type=BaseSegment)
            places = self._places_beside(base, forward)
            write_beside_base(base, forward, places, topics, write)
        else:
            write_index(forward, topics.titles, write, parent_topics=topics.parents)
        return self._made_others


def _appending(files: list[SiteFile]) -> Callable[[str, bytes], None]:
    return lambda *file: files.append(file)


def in_search_folder(files: Iterable[SiteFile]) -> Iterator[SiteFile]:
    """Yield files by their paths below the site."""
    for name, data in files:
        yield f"{INDEX_FOLDER}/{name}", data
