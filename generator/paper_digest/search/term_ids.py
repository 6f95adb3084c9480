"""Numbers the terms, and remembers for every token the numbers and positions of its words."""

from __future__ import annotations

from array import array

from paper_digest.search.tokenizer import MAX_WORD_LENGTH, STOP_WORDS, indexed_words, stem

STOP_WORD_FLAG = 1  # flag of a word: indexed in titles only

_MAX_TOKENS = 150_000  # remembered at once: some 30 MB


class TermIds(dict[str, int]):
    """A number for every term, assigned at the first look-up.

    A compound has a hyphen, which sets it off from the same letters written as one word:
    ``low-rank`` where it has two parts, ``stateoftheart-`` where it has more.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.terms: list[str] = []

    def restore(self, terms: list[str]) -> None:
        """Number terms as they were numbered before; none is numbered yet."""
        self.terms = terms
        self.update(zip(terms, range(len(terms)), strict=True))

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self.terms)
        self.terms.append(term)
        return number


class TokenTable(dict[str, int]):
    """A number for every token looked up, and flat arrays of the words it consists of.

    The words of token ``t`` stand at ``starts[t]:starts[t + 1]`` of ``word_terms`` (numbers of
    terms), ``offsets`` and ``flags``; it takes ``position_counts[t]`` positions.
    """

    def __init__(self, term_ids: TermIds) -> None:
        """Start empty; terms not yet numbered are added to ``term_ids``."""
        self._term_ids = term_ids
        self.reset()

    def reset(self) -> None:
        """Forget every token; the numbers of the terms stay."""
        self.clear()
        self.position_counts = array("H")
        self.starts = array("I", [0])
        self.word_terms = array("I")
        self.offsets = array("H")
        self.flags = array("B")

    @property
    def is_full(self) -> bool:
        """Whether so many tokens are remembered that ``reset`` is due, to bound memory."""
        return len(self) > _MAX_TOKENS

    def __missing__(self, token: str) -> int:
        if token.isascii() and token.isalpha() and len(token) <= MAX_WORD_LENGTH:
            return self._add_plain_word(token)
        position_count, words = indexed_words(token)
        for text, offset, span, split in words:
            self.word_terms.append(
                self._term_ids[_term_spelling(text, span, split, position_count)]
            )
            self.offsets.append(offset)
            self.flags.append((text in STOP_WORDS) * STOP_WORD_FLAG)
        self.position_counts.append(min(position_count, 0xFFFF))
        self.starts.append(len(self.word_terms))
        self[token] = number = len(self)
        return number

    def _add_plain_word(self, token: str) -> int:
        """Do the same, faster, for a plain word, which nearly every token is."""
        text = stem(token)
        self.word_terms.append(self._term_ids[text])
        self.offsets.append(0)
        self.flags.append((text in STOP_WORDS) * STOP_WORD_FLAG)
        self.position_counts.append(1)
        self.starts.append(len(self.word_terms))
        self[token] = number = len(self)
        return number


def _term_spelling(text: str, span: int, split: int, position_count: int) -> str:
    if split:
        return f"{text[:split]}-{text[split:]}"
    return text + "-" if span > 1 and span == position_count else text
