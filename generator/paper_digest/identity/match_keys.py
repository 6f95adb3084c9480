"""Under which keys a record is looked up, so that records that may be one paper share a key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from paper_digest.identity.abstracts import plain_words
from paper_digest.identity.features import Features
from paper_digest.identity.titles import is_distinctive, main_title, title_words
from paper_digest.model.ids import hash_text

#: Length of the hash that a key is, or that stands for an id.
KEY_BYTES = 8
#: First plain words of an abstract that make a key; the second key begins after the first.
_KEY_WORDS = 6
#: Words a title needs for its halves to be keys: a changed word leaves the other half as it was.
_MIN_WORDS_IN_HALVES = 6


def match_keys(record: Features) -> Iterator[int | str]:
    """Yield all keys of a record."""
    yield from certain_keys(record)
    yield from hint_keys(record)


def certain_keys(record: Features) -> Iterator[int | str]:
    """Yield the keys that are looked up however many records share them.

    They are its ids and DOI, and its whole titles that are long enough to name one paper.
    """
    yield from record.all_ids
    yield from record.disputed_ids
    yield from record.stated_ids
    for title in filter(is_distinctive, record.titles):
        yield hash_key("".join(title_words(title)))


def hint_keys(record: Features) -> Iterator[int]:
    """Yield the keys that say little where many records share them ("a survey of").

    They are a short title, a title without its subtitle and each half of it, so that one changed
    word leaves a key, and two pieces of an abstract's beginning.
    """
    for title in record.titles:
        yield from _title_hints(title)
    for printed in record.openings:
        opening = tuple(islice(plain_words(printed), 2 * _KEY_WORDS))
        for start in (0, _KEY_WORDS):
            if len(opening) >= start + _KEY_WORDS:
                yield hash_key("abstract " + " ".join(opening[start : start + _KEY_WORDS]))


def _title_hints(title: str) -> Iterator[int]:
    words = title_words(title)
    if not words:
        return
    if not is_distinctive(title):
        yield hash_key("".join(words))
    main = "".join(title_words(main_title(title)))
    if main and main != "".join(words):
        yield hash_key(main)
    if len(words) >= _MIN_WORDS_IN_HALVES:
        middle = len(words) // 2
        yield hash_key("first " + "".join(words[:middle]))
        yield hash_key("second " + "".join(words[-middle:]))


def hash_key(text: str) -> int:
    """Return a hash of ``KEY_BYTES`` bytes of a text, as a number."""
    return int(hash_text(text, KEY_BYTES), 16)
