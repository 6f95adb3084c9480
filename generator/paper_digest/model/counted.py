"""A number with the noun of what it counts, in what is English alone: messages to operators, pages for programs; readers' texts go through ``ngettext``."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: ``1 paper``, ``2,000 papers``.

    Args:
        number: how many.
        one: what follows where it is one.
        many: what follows where it is another number; ``one`` with an s where nothing is given.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
