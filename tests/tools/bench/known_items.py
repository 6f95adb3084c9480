"""Makes known-item queries from real records: each is made of one paper, which it should find."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from paper_digest.search.document import Document
from paper_digest.search.tokenizer import STOP_WORDS, stem
from paper_digest.text.fold import fold_text

#: A word a reader would type: no piece of 3DViT, of an accented name or of a TeX formula.
_WORD = re.compile(r"(?<![\w\\{}^$'`])[A-Za-z]{3,}(?![\w\\{}^$'`])")
_HYPHENED = re.compile(r"\b([A-Za-z]{3,})-([A-Za-z]{3,})\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRIES = 60


class Known(NamedTuple):
    """A query of one kind and the slug of the paper it was made from."""

    kind: str
    text: str
    slug: str


class Maker:
    """Draws papers at random (with a fixed seed) and makes queries of them."""

    def __init__(self, documents: Sequence[Document], seed: int) -> None:
        """Count in how many papers each word stands."""
        self._documents = documents
        self._random = random.Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
        self._frequency: Counter[str] = Counter()
        for document in documents:
            text = f"{document.title} {document.text}"
            self._frequency.update({stem(word) for word in _words(text)})

    def make(self, each: int) -> list[Known]:
        """Make ``each`` queries of every kind."""
        kinds: dict[str, Callable[[Document], str]] = {
            "title words": self._title,
            "full title": lambda document: document.title,
            "common words": self._common,
            "half-typed": lambda document: self._title(document)[: -self._random.randint(1, 3)],
            "phrase": self._phrase,
            "typo + two": self._typo,
            "typo alone": self._typo_alone,
            "hyphen": lambda document: self._compound(document, "-"),
            "joined": lambda document: self._compound(document, ""),
            "spaced": lambda document: self._compound(document, " "),
            "author + word": self._author,
        }
        return [
            Known(kind, *found)
            for kind, maker in kinds.items()
            for found in self._each(maker, each)
        ]

    def _each(self, maker: Callable[[Document], str], count: int) -> list[tuple[str, str]]:
        made: list[tuple[str, str]] = []
        for _ in range(count * _TRIES):
            document = self._random.choice(self._documents)
            text = maker(document)
            if text:
                made.append((text, document.slug))
            if len(made) == count:
                break
        return made

    def _good(self, document: Document) -> list[str]:
        """Title words, the rarest first."""
        words = {word for word in _words(document.title) if word not in STOP_WORDS}
        return sorted(words, key=lambda word: (self._frequency[stem(word)], word))

    def _title(self, document: Document) -> str:
        size = self._random.randint(2, 4)
        rare = self._good(document)[: size + 2]
        if len(rare) < size:
            return ""
        return " ".join(sorted(self._random.sample(rare, size), key=fold_text(document.title).find))

    def _common(self, document: Document) -> str:
        words = self._good(document)
        return " ".join(words[-3:]) if len(words) >= 5 else ""

    def _phrase(self, document: Document) -> str:
        words = document.text.split()
        size = self._random.randint(5, 6)
        if len(words) < size + 10:
            return ""
        at = self._random.randrange(len(words) - size)
        phrase = " ".join(words[at : at + size])
        return phrase if re.fullmatch(r"[A-Za-z, -]+", phrase) else ""

    def _typo(self, document: Document) -> str:
        long = [word for word in self._good(document) if len(word) >= 6]
        if not long:
            return ""
        wrong = self._random.choice(long[:4])
        others = [word for word in self._good(document) if word != wrong][:4]
        if len(others) < 2:
            return ""
        return " ".join([*self._random.sample(others, 2), self._misspelt(wrong)])

    def _typo_alone(self, document: Document) -> str:
        rare = [word for word in self._good(document) if len(word) >= 6]
        if not rare or self._frequency[stem(rare[0])] > 2:
            return ""
        wrong = self._misspelt(rare[0])
        return "" if self._frequency[stem(wrong)] else wrong

    def _misspelt(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        kind = self._random.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        letter = self._random.choice(_LETTERS)
        return word[:at] + letter + word[at + (kind == 2) :]

    def _compound(self, document: Document, joint: str) -> str:
        found = _HYPHENED.search(document.title)
        if not found:
            return ""
        others = [word for word in self._good(document) if word not in found[0].lower()]
        return f"{found[1]}{joint}{found[2]} {others[0]}" if others else ""

    def _author(self, document: Document) -> str:
        words = self._good(document)
        if not document.authors or not words:
            return ""
        name = self._random.choice(document.authors[:8]).split()[-1]
        return f"{name} {self._random.choice(words[:4])}" if len(name) > 2 else ""


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
