"""What is said of a name that no record has."""

from __future__ import annotations

from collections.abc import Sequence

from paper_digest.model.counted import counted
from paper_digest.model.errors import DigestError, Problem


def no_such_paper(name: str, unreadable: Sequence[Problem], cure: str) -> DigestError:
    """Return what to say of a name that no record has; where some cannot be read, one of them may have it.

    Args:
        name: as a person gave it.
        unreadable: the records that could not be read.
        cure: where to get the right one.
    """
    if not unreadable:
        return DigestError(name, "is not in the archive", cure)
    first = unreadable[0]
    place = first.where + (f":{first.line}" if first.line else "")
    what = f"is in no record that can be read, and {counted(len(unreadable), 'record')} cannot: "
    return DigestError(name, f"{what}{place}", "run `digest check`, which names each and its cure")
