"""The byte that the index holds for a word in a paper: where it stands and how much it matters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from paper_digest.search.ranking import RANKING

#: The word stands in the title.
TITLE_BIT = RANKING.payload.title_bit
#: Positions of the word, modulo four; none at all for an author's name.
POSITION_BITS = RANKING.payload.position_bits
#: What the term of a paper's id begins with; it has no positions either, and names nobody.
ID_SIGN = "#"
#: Above these bits: the level of how much the paper is about the word.
IMPACT_SHIFT = RANKING.payload.impact_shift
#: The payload of a word that names one of few authors and stands nowhere in the text; 0 if of many.
FEW_AUTHORS_PAYLOAD = TITLE_BIT

#: Low bits of an author's place that say where in the name a word stands (``term_counts``).
NAME_BITS = 2

_USUAL_NAME_WORDS = 2
_POSITIONS = 4  # positions in a paper are known modulo this

_ByteArray = npt.NDArray[np.uint8]
_FloatArray = npt.NDArray[np.float64]


def text_scores() -> _FloatArray:
    """Return what each payload byte is worth as a word of the text, before its rarity.

    That is the middle of its level of impact, and more in the title.
    """
    payloads, impact = np.arange(256), RANKING.impact
    middles = (payloads >> IMPACT_SHIFT) + 0.5
    in_title = payloads & TITLE_BIT > 0
    scores: _FloatArray = (
        impact.lowest + impact.range * middles / impact.levels + RANKING.fields.title * in_title
    )
    return scores


def is_long_name(word_count: int) -> bool:
    """Say whether a name has more words than most, two, so that such names are not taken for each other."""
    return word_count > _USUAL_NAME_WORDS


def place_bits(payloads: _ByteArray) -> _ByteArray:
    """Return the positions (modulo four) of a word in each paper, as bits.

    A word that also names an author has none listed; where it has an impact it stands in the text
    too, so anywhere.
    """
    bits = payloads & POSITION_BITS
    anywhere = (bits == 0) & (payloads >> IMPACT_SHIFT > 0)
    return np.where(anywhere, POSITION_BITS, bits).astype(np.uint8)


def names_author(payloads: _ByteArray) -> npt.NDArray[np.bool_]:
    """Say of each posting of a word whether it names an author."""
    is_name: npt.NDArray[np.bool_] = payloads & POSITION_BITS == 0
    return is_name


def has_positions(payloads: _ByteArray) -> npt.NDArray[np.bool_]:
    """Say of each posting whether the word stands in title or text."""
    return (payloads & POSITION_BITS > 0) | (payloads >> IMPACT_SHIFT > 0)


def turn(bits: _ByteArray, steps: int) -> _ByteArray:
    """Move positions (modulo four) some steps on."""
    steps %= _POSITIONS
    moved = bits.astype(np.int64)
    return ((moved << steps | moved >> (_POSITIONS - steps)) & POSITION_BITS).astype(np.uint8)


def _payload_scores(name_share: float) -> _FloatArray:
    scores = text_scores()
    scores[0] = RANKING.fields.many_authors * name_share
    scores[FEW_AUTHORS_PAYLOAD] = RANKING.fields.few_authors * name_share
    return scores.astype(np.float32).astype(np.float64)


#: What each payload byte is worth, before the rarity of its word.
PAYLOAD_SCORES = _payload_scores(1)
#: The same of a word typed in capitals, which is hardly a name.
ACRONYM_SCORES = _payload_scores(RANKING.fields.acronym_as_name)
