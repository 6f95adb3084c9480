"""Which papers' own pages and files may differ from those of the last build, found without asking each.

A paper's groups (its page, its record for the API) are made of its record, its entry, its citation
key, its related papers and theirs, and its neighbours of the same day. The index remembers of each
paper what the first four hash to; the others follow from those of other papers. So a build asks the
groups of papers that changed and, of those of which others may show something else than they did, the groups
of the papers that name one of them as related, and of their days. When papers come, that is seldom so: what
changes of older ones is mostly that an author has got a page, and only a paper's own page links its authors.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import HASH_BYTES

if TYPE_CHECKING:
    from paper_digest.builder.records import ArchiveRecords
    from paper_digest.builder.related_cache import RelatedPapers

#: What each paper's groups were made of, by slug: a hash of what others may show of it, its day, a zero byte,
#: other hashes and its citation key; none of these where its groups are to be asked in any case.
PaperInputs = dict[str, bytes]

_DAY_END = b"\0"


class DependencyIndex:
    """The papers of one build beside those of the last."""

    def __init__(self, catalog: Catalog, records: ArchiveRecords, related: RelatedPapers) -> None:
        """Hash the papers; ``related`` are the related papers of each."""
        self._catalog, self._related = catalog, related
        related_hashes, record_hashes = related.hashes(), records.record_hashes
        entries, shown_hashes = catalog.by_slug, catalog.shown_hashes
        days = {day: day.encode() + _DAY_END for day in {e.filing_date for e in catalog.entries}}
        keys = records.citation_keys
        self._inputs: PaperInputs = {
            slug: b"".join(
                (
                    shown_hashes[slug],
                    days[entry.filing_date],
                    record_hashes[slug],
                    related_hashes.get(slug, b""),
                    keys[slug].encode(),
                )
            )
            for slug, entry in entries.items()
        }
        # Few papers are made of more than that.
        for slug, linked in catalog.linked_authors.items():
            self._inputs[slug] += linked
        for e in chain.from_iterable(catalog.by_organisation.values()):
            self._inputs[e.slug] += b"\0organisation"
        curated = catalog.curated
        if any(part.all for part in curated):  # there nearly never is
            for slug in entries:
                self._inputs[slug] += curated.hash_of(slug)
        #: Those that are made of more: of notes, of former ids.
        self._asked = {one.entry.slug for one in records.summaries if len(one.ids) > 1}
        self._asked |= records.noted_slugs & self._inputs.keys()

    def unchanged(self, packed: bytes) -> set[str]:
        """Name the papers whose groups are made of what they were made of when an index was packed.

        Args:
            packed: an index of the last build; b"" where it is not known.
        """
        previous = msgspec.msgpack.decode(packed, type=PaperInputs) if packed else {}
        now = self._inputs
        unchanged = {slug for slug, inputs in now.items() if previous.get(slug) == inputs}
        unchanged -= self._asked
        if not unchanged:
            return unchanged
        changed = {
            slug
            for slug in (now.keys() & previous.keys()) - unchanged
            if now[slug][:HASH_BYTES] != previous[slug][:HASH_BYTES]
        }
        moved = changed | (now.keys() ^ previous.keys())
        days = {_day(index[slug]) for index in (previous, now) for slug in moved & index.keys()}
        for day in days:
            unchanged.difference_update(e.slug for e in self._catalog.by_day.get(day, ()))
        if changed:  # who names a paper that came or went has other related papers itself
            unchanged.difference_update(self._related.naming(changed))
        return unchanged

    def packed(self, without: Iterable[str] = ()) -> bytes:
        """Return this index for the next build, which asks the papers ``without`` in any case: a group of theirs failed."""
        asked = {slug: _shown(self._inputs[slug]) for slug in {*without} & self._inputs.keys()}
        return msgspec.msgpack.encode(self._inputs | asked)


def _shown(inputs: bytes) -> bytes:
    """Return the part of a paper's inputs that others show, its day included."""
    return inputs[: inputs.index(_DAY_END, HASH_BYTES) + 1]


def _day(inputs: bytes) -> str:
    return _shown(inputs)[HASH_BYTES : -len(_DAY_END)].decode()


def group_names(slugs: Iterable[str]) -> list[str]:
    """Name the two groups of each of some papers: its page, and its files."""
    listed = [*slugs]
    return [*map("papers/".__add__, listed), *map("api/papers/".__add__, listed)]


def with_groups(slugs: set[str], names: AbstractSet[str]) -> set[str]:
    """Return those of some papers of which both groups are among some names."""
    if all(map(names.__contains__, group_names(slugs))):  # nearly always
        return slugs
    return {slug for slug in slugs if all(name in names for name in group_names([slug]))}
