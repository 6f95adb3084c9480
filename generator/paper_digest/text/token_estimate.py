"""How many tokens of a language model a text costs, estimated without any model's vocabulary."""

from __future__ import annotations

#: What one answer to a program may cost.
MAX_ANSWER_TOKENS = 4_000

#: Bytes of UTF-8 that are counted as one token. English has 4 to 5, JSON of ids and dates about 3;
#: signs of Chinese and Japanese take 3 bytes and about one token each.
BYTES_PER_TOKEN = 2.5

#: The same limit in bytes.
MAX_ANSWER_BYTES = int(MAX_ANSWER_TOKENS * BYTES_PER_TOKEN)


def estimate_tokens(text: str | bytes) -> int:
    """Return about how many tokens a text has; rather too many than too few."""
    data = text.encode() if isinstance(text, str) else text
    return -int(-len(data) // BYTES_PER_TOKEN)
