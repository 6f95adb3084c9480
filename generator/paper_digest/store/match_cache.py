"""A cache of the records' match keys, so that adding papers reads only records that changed.

It holds where each record lies, what the file system says of it, its ids, and hashes of its match keys.
What else is compared of a record is read from its file when another shares a key with it. The cache
may be deleted at any time; one of another version of the program, or a damaged one, counts as absent.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.identity.features import Features, features
from paper_digest.identity.match_keys import KEY_BYTES, hash_key, match_keys
from paper_digest.incremental.checked_file import view_checked, write_checked
from paper_digest.incremental.file_times import file_times
from paper_digest.incremental.hashing import HASH_BYTES, hash_bytes, program_hash
from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store

#: The cache's name in the folder of caches.
MATCH_CACHE = "match-keys.bin"


class CachedKeys(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The match keys of one record.

    Attributes:
        name: its file's, below the store's root.
        signature: what the file system said of that file; see ``FileTimes``.
        content_hash: of the file's bytes.
        former_ids: ids that the record had before.
        key_hashes: eight bytes a key, joined.
    """

    name: str
    signature: bytes
    content_hash: bytes
    id: str
    former_ids: tuple[str, ...]
    key_hashes: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[CachedKeys]).decode


class StoredRecords:
    """The records of a store, by id and match key (``identity.record_table.KnownRecords``)."""

    def __init__(self, store: Store, cached: list[CachedKeys]) -> None:
        """Take the keys of all records of ``store``."""
        self._store = store
        self._ids = [one.id for one in cached]
        self._features: dict[str, Features] = {}
        self.ids: AbstractSet[str] = dict.fromkeys(self._ids).keys()
        self.former_ids = {former: one.id for one in cached for former in one.former_ids}
        # In the machine's own order of bytes: numpy copies numbers of another whenever it looks one up.
        hashes = _numbers(b"".join(one.key_hashes for one in cached))
        counts = [len(one.key_hashes) // KEY_BYTES for one in cached]
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._holders = np.repeat(np.arange(len(cached)), counts)[order]

    @property
    def have_leftovers(self) -> bool:
        """Whether one is another's former id too, as a run that was killed may leave it."""
        return not self.former_ids.keys().isdisjoint(self.ids)

    def features(self, paper_id: str) -> Features:
        """Return the features of a record; of one that cannot be read any more its id alone."""
        if paper_id not in self._features:
            try:
                paper = self._store.read_paper(self._store.relative_path(paper_id))
            except RecordError:  # whoever writes it reads it again, and says why it cannot
                paper = Paper(id=paper_id)
            self._features[paper_id] = features(paper)
        return self._features[paper_id]

    def holders(self, key: str | int) -> tuple[str, ...]:
        """Return the ids of the records that have a match key."""
        sought = _numbers(_key_hash(key))
        [begin], [end] = (np.searchsorted(self._hashes, sought, side) for side in ("left", "right"))
        return tuple(self._ids[number] for number in self._holders[begin:end])


def read_stored_records(store: Store, cache: Path, problems: list[Problem]) -> StoredRecords:
    """Return the records of a store, and bring the cache of their keys up to date.

    Args:
        store: the records.
        cache: the cache's file; that it cannot be written is no fault.
        problems: gets one for each record that cannot be read.
    """
    before = {one.name: one for one in _read_cache(cache)}
    signatures = store.signatures(file_times(store.papers_folder), problems)
    present: list[CachedKeys] = []
    for name, signature in signatures.items():
        cached = before.get(name)
        if not cached or not signature or cached.signature != signature:
            cached = _read_keys(store, name, signature, cached, problems)
        if cached:
            present.append(cached)
    if present != list(before.values()):
        with suppress(OSError):
            cache.parent.mkdir(parents=True, exist_ok=True)
            write_checked(cache, program_hash() + _encode(present))
    return StoredRecords(store, present)


def _read_cache(cache: Path) -> list[CachedKeys]:
    content = view_checked(cache)
    if content[:HASH_BYTES] != program_hash():
        return []
    try:
        return _decode(content[HASH_BYTES:])
    except msgspec.MsgspecError:  # somebody else wrote it
        return []


def _read_keys(
    store: Store, name: str, signature: bytes, cached: CachedKeys | None, problems: list[Problem]
) -> CachedKeys | None:
    """Make the keys of a record, unless its bytes are those of the cached ones."""
    try:
        data = store.read_bytes(name)
        content_hash = hash_bytes(data)
        if cached and cached.content_hash == content_hash:
            return msgspec.structs.replace(cached, signature=signature)
        paper = store.parse_paper(data, name)
    except RecordError as error:
        problems.append(error.problem)
        return None
    hashes = b"".join(_key_hash(key) for key in {*match_keys(features(paper))})
    return CachedKeys(name, signature, content_hash, paper.id, paper.aliases, hashes)


def _key_hash(key: str | int) -> bytes:
    return (key if isinstance(key, int) else hash_key(key)).to_bytes(KEY_BYTES)


def _numbers(joined_keys: bytes) -> npt.NDArray[np.uint64]:
    return np.frombuffer(joined_keys, ">u8").astype(np.uint64)
