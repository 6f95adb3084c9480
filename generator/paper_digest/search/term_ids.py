"""Gives every term a number, and every chunk of text the numbers and places of its words."""

from __future__ import annotations

from array import array

from paper_digest.search.tokenizer import LONGEST, STOP_WORDS, stem, words_of

STOP = 1  # flag of a word: indexed in titles only
SINGLE = 2  # flag of a word: one character, so not indexed as an author's name

_REMEMBERED = 150_000  # chunks


class Vocabulary(dict[str, int]):
    """A number for every term, given on first sight.

    A compound keeps a hyphen, so that it is told from the same letters written as one word:
    ``low-rank`` where it has two parts, ``stateoftheart-`` where it has more.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.terms: list[str] = []

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self.terms)
        self.terms.append(term)
        return number


class Chunks(dict[str, int]):
    """A number for every chunk of text met, and flat arrays of what it is made of.

    The words of chunk ``c`` stand at ``starts[c]:starts[c + 1]`` of ``numbers`` (of the
    vocabulary), ``offsets``, ``spans`` and ``flags``; it takes ``sizes[c]`` positions.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Start empty, over a vocabulary that will grow."""
        self._vocabulary = vocabulary
        self.forget()

    def forget(self) -> None:
        """Drop every chunk; the vocabulary stays."""
        self.clear()
        self.sizes = array("H")
        self.starts = array("I", [0])
        self.numbers = array("I")
        self.offsets = array("H")
        self.spans = array("B")
        self.flags = array("B")

    @property
    def full(self) -> bool:
        """Whether so many chunks are remembered that it is time to forget them."""
        return len(self) > _REMEMBERED

    def __missing__(self, chunk: str) -> int:
        if chunk.isascii() and chunk.isalpha() and len(chunk) <= LONGEST:
            return self._simple(chunk)
        size, words = words_of(chunk)
        for text, offset, span, split in words:
            self.numbers.append(self._vocabulary[_spelt(text, span, split, size)])
            self.offsets.append(offset)
            self.spans.append(min(span, 4))
            self.flags.append((text in STOP_WORDS) * STOP | (len(text) == 1) * SINGLE)
        self.sizes.append(min(size, 0xFFFF))
        self.starts.append(len(self.numbers))
        self[chunk] = number = len(self)
        return number

    def _simple(self, chunk: str) -> int:
        """Do the same for a plain word, which nearly every chunk is."""
        text = stem(chunk)
        self.numbers.append(self._vocabulary[text])
        self.offsets.append(0)
        self.spans.append(1)
        self.flags.append((text in STOP_WORDS) * STOP | (len(text) == 1) * SINGLE)
        self.sizes.append(1)
        self.starts.append(len(self.numbers))
        self[chunk] = number = len(self)
        return number


def _spelt(text: str, span: int, split: int, size: int) -> str:
    if split:
        return f"{text[:split]}-{text[split:]}"
    return text + "-" if span > 1 and span == size else text
