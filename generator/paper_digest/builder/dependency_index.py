"""Which papers' own pages and files may differ from those of the last build, found without asking each.

A paper's groups (its page, its record for the API) are made of its record, its entry, its citation
key, its related papers and theirs, and its neighbours of the same day. The index remembers of each
paper what the first four hash to; the others follow from those of other papers. So a build asks the
groups of papers that changed, and where what others may show of them changed, the groups of the papers
that name one of them as related, and of their days. Most that change beside new papers do not: an author of
theirs has got a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import HASH_BYTES

if TYPE_CHECKING:
    from paper_digest.builder.records import ArchiveRecords
    from paper_digest.builder.related_cache import RelatedPapers

#: What each paper's groups were made of, by slug: a hash of what others may show of it, its day, a zero byte,
#: other hashes and its citation key.
PaperInputs = dict[str, bytes]

_DAY_END = b"\0"


class DependencyIndex:
    """The papers of one build beside those of the last; without those that are made of more: of notes, of former ids."""

    def __init__(self, catalog: Catalog, records: ArchiveRecords, related: RelatedPapers) -> None:
        """Hash the papers; ``related`` are the related papers of each."""
        self._catalog, self._related = catalog, related
        related_hashes = related.hashes()
        hashes, shown_hashes = catalog.entry_hashes, catalog.shown_hashes
        linked = catalog.linked_authors
        keys = records.citation_keys
        record_hashes, curated = records.record_hashes, catalog.curated
        is_curated = any(part.all for part in curated)  # it nearly never is
        noted_slugs = records.noted_slugs
        self._inputs: PaperInputs = {
            slug: b"".join(
                (
                    shown_hashes[slug],
                    summary.entry.filing_date.encode(),
                    _DAY_END,
                    record_hashes[slug],
                    curated.hash_of(slug) if is_curated else b"",
                    related_hashes.get(slug, b""),
                    keys[slug].encode(),
                    hashes[slug],
                    linked.get(slug, b""),
                )
            )
            for summary in records.summaries
            if len(summary.ids) == 1 and (slug := summary.entry.slug) not in noted_slugs
        }

    def unchanged(self, packed: bytes) -> set[str]:
        """Name the papers whose groups are made of what they were made of when an index was packed.

        Args:
            packed: an index of the last build; b"" where it is not known.
        """
        previous = msgspec.msgpack.decode(packed, type=PaperInputs) if packed else {}
        now = self._inputs
        unchanged = {slug for slug, inputs in now.items() if previous.get(slug) == inputs}
        if not unchanged:
            return unchanged
        entries = self._catalog.by_slug
        same_elsewhere = {
            slug
            for slug in (now.keys() & previous.keys()) - unchanged
            if now[slug][:HASH_BYTES] == previous[slug][:HASH_BYTES]
        }
        changed = (entries.keys() | previous.keys()) - unchanged - same_elsewhere
        days = {
            previous[slug][HASH_BYTES:].partition(_DAY_END)[0].decode()
            for slug in changed & previous.keys()
        }
        days |= {entries[slug].filing_date for slug in changed & entries.keys()}
        for day in days:
            unchanged.difference_update(e.slug for e in self._catalog.by_day.get(day, ()))
        if changed:
            unchanged.difference_update(self._related.naming(changed))
        return unchanged

    def packed(self, without: Iterable[str] = ()) -> bytes:
        """Return this index for the next build, ``without`` the papers of which a group failed."""
        left_out = {*without}
        return msgspec.msgpack.encode(
            {slug: inputs for slug, inputs in self._inputs.items() if slug not in left_out}
        )


def group_names(slug: str) -> tuple[str, str]:
    """Name the groups of a paper that is in the index."""
    return f"papers/{slug}", f"api/papers/{slug}"


def has_groups(slug: str, names: AbstractSet[str]) -> bool:
    """Tell whether both are among some names."""
    page, record = group_names(slug)
    return page in names and record in names
