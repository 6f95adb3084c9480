"""What a file or an entry of overrides that cannot be used still says: which papers are to stay hidden.

A site goes out although an override is broken. What somebody wanted off the site must not come back
with it, so a broken entry about hiding a paper hides it until the entry is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ID = re.compile(
    rb"""^[ \t]*(?:-[ \t]+)?(?:\{[ \t]*)?["']?id["']?[ \t]*:[ \t]*["']?([^\s"',}]+)""", re.MULTILINE
)
_HIDE = re.compile(
    rb"""["']?(?:hide|removed)["']?[ \t]*:(?![ \t]*["']?(?:false|no|off)\b)""", re.IGNORECASE
)


def hidden_in_text(data: bytes) -> Iterator[str]:
    """Yield the ids whose entries speak of hiding, in the bytes of a file that is no YAML."""
    starts = [*_ID.finditer(data)]
    ends = [*(entry.start() for entry in starts[1:]), len(data)]
    for entry, end in zip(starts, ends, strict=False):
        if _HIDE.search(data, entry.start(), end):
            yield entry[1].decode("utf-8", "replace")


def hidden_in_entry(entry: object) -> str:
    """Return the id that an entry of no valid form wants hidden, or ""."""
    if not isinstance(entry, dict):
        return ""
    paper_id = entry.get("id")
    return (
        paper_id
        if isinstance(paper_id, str) and (entry.get("hide") or entry.get("removed"))
        else ""
    )
