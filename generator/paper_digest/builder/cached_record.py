"""What a build keeps of each paper of the store in memory and between builds."""

from __future__ import annotations

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model.strict import StrictStruct


class RecordSummary(StrictStruct, frozen=True, gc=False):
    """What a build needs of a paper without its record.

    Attributes:
        ids: the paper's id, and the ids it had before.
        entry: what lists show of it.
        citation_key: its citation key, which another paper may share.
        newest_date: the newest date in the record (``YYYY-MM-DD`` or shorter).
        disputed_ids: ids that were given for the paper and are not its own.
        phrases: the topics' words and phrases it holds, joined by ``|``: one text takes less memory.
        has_decided_topics: whether a person gave it its topics. Else those of ``entry`` are found once
            all papers are read (``TopicPlacement``).
        doi: its DOI without resolver, or "".
    """

    ids: tuple[str, ...]
    entry: CatalogEntry
    citation_key: str
    newest_date: str
    disputed_ids: tuple[str, ...] = ()
    phrases: str = ""
    has_decided_topics: bool = False
    doi: str = ""


class CachedRecord(StrictStruct, frozen=True, array_like=True, gc=False):
    """A paper of the store.

    Attributes:
        name: path of its file below the store's root.
        summary: what lists show of it.
        record_hash: hash of all that the summary was made from.
        content_hash: hash of the file's bytes.
        decision_hash: hash of all else that the summary was made from.
        stat: the file's times, size and inode; b"" where nobody can be sure of them.
        training_hash: hash of what the paper's topics were found by; b"" where they are not found yet.
        placed_hash: hash of the record with these topics.
        entry_hash: hash of its entry with them.
    """

    name: str
    summary: RecordSummary
    record_hash: bytes
    content_hash: bytes
    decision_hash: bytes
    stat: bytes
    training_hash: bytes = b""
    placed_hash: bytes = b""
    entry_hash: bytes = b""
