"""What a paper's own text says of its topics: scores by words and categories, and its words."""

from __future__ import annotations

from array import array
from itertools import chain
from zlib import crc32

import msgspec

from paper_digest.model.paper import Paper
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.tokenizer import MAX_WORD_LENGTH, index_words, stem, tokens

#: Words are told apart by a hash of 16 bits, so that no paper needs the vocabulary of the others.
BUCKET_COUNT = 1 << 16
#: A word of a title counts as often as three of an abstract.
_TITLE_COUNT = 3
_CACHED_PIECES = 1 << 15  # the commonest: more would fill the memory, and each process has its own
_SEPARATORS = str.maketrans(dict.fromkeys(".,;:()[]{}\"'`?!/$%\\", " "))  # stand in no word


class TopicEvidence(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What the topics of a paper are found from, without the paper.

    Attributes:
        scores: for each topic, the sum of the weights of its words and categories.
        by_words: the topics of which a word stands in the paper; the others have a category alone.
        sure: the topics from which it can be learned what their papers are like.
        words: the bucket of each word that says what the paper is about, two bytes each, as often as it stands there.
    """

    scores: dict[str, float]
    by_words: tuple[str, ...]
    sure: tuple[str, ...]
    words: bytes


def word_buckets(paper: Paper) -> bytes:
    """Return the words of title and abstract that say what a paper is about; see ``TopicEvidence.words``."""
    title, abstract = (
        b"".join(map(_BUCKETS.__getitem__, _pieces(text))) for text in (paper.title, paper.abstract)
    )
    return title * _TITLE_COUNT + abstract


def spellings_by_bucket(paper: Paper) -> dict[int, str]:
    """Return for each bucket of a paper's words the first of them: folded, a compound with its hyphens."""
    spellings: dict[int, str] = {}
    pieces = _pieces(f"{paper.title} {paper.abstract}")
    for token in chain.from_iterable(map(tokens, pieces)):
        for word in index_words(token)[1]:
            if is_content_word(word.text):
                spellings.setdefault(_bucket(word.text), token if word.span > 1 else word.text)
    return spellings


def _pieces(text: str) -> list[str]:
    return text.lower().translate(_SEPARATORS).split()


class _BucketsByPiece(dict[str, bytes]):
    """The buckets of the words in a piece of text without spaces, two bytes each; pieces that come again are remembered."""

    def __missing__(self, piece: str) -> bytes:
        if piece.isascii() and piece.isalnum():  # nearly all: one word, which is its own token
            words = [stem(piece[:MAX_WORD_LENGTH])]
        else:
            words = [word.text for token in tokens(piece) for word in index_words(token)[1]]
        buckets = array("H", map(_bucket, filter(is_content_word, words))).tobytes()
        if len(self) < _CACHED_PIECES:
            self[piece] = buckets
        return buckets


_BUCKETS = _BucketsByPiece()


def _bucket(word: str) -> int:
    return crc32(word.encode()) % BUCKET_COUNT
