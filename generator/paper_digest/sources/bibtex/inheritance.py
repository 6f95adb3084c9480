"""What a BibTeX entry takes from others: from its proceedings (``crossref``), and from ``@xdata``.

Rules: https://ctan.org/pkg/biblatex (manual, sections 2.4.1.1, 3.14 and appendix B).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

#: Fields that a paper takes from the proceedings its ``crossref`` names.
_CROSSREF_FIELDS = (
    "booktitle", "booksubtitle", "journal", "journaltitle", "series", "volume", "publisher",
    "eventtitle", "date", "year", "month",
)  # fmt: skip
_DATE_FIELDS = frozenset({"date", "year", "month"})

#: Entries whose data is shared may share that of others; no style goes further.
_MAX_DEPTH = 8


def inherit_fields(
    own_fields: Mapping[str, str], parents: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """Add what an entry leaves to others: all fields of its ``xdata``, some of its ``crossref``.

    Its own fields count first; nothing is taken without such a field.

    Args:
        own_fields: by lower-case name.
        parents: the fields of all entries, by lower-case citation key.
    """
    entry_fields = _with_xdata(own_fields, parents)
    key = entry_fields.get("crossref", "").strip().lower()
    parent = parents.get(key) if key else None
    if not parent or parent is own_fields:
        return entry_fields
    parent = _with_xdata(parent, parents)
    inherited_fields = {name: parent[name] for name in _CROSSREF_FIELDS if name in parent}
    if "booktitle" not in inherited_fields and "title" in parent:
        inherited_fields["booktitle"] = parent["title"]
        if "subtitle" in parent:
            inherited_fields["booksubtitle"] = parent["subtitle"]
    # What belongs together comes from one entry: a year is not mixed with another's month.
    for group in (_DATE_FIELDS, {"booktitle", "booksubtitle"}, {"journal", "journaltitle"}):
        if any(name in entry_fields for name in group):
            inherited_fields = {n: t for n, t in inherited_fields.items() if n not in group}
    return {**inherited_fields, **entry_fields}


def parent_keys(entry_fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each field that names another entry to take from, with that entry's lower-case key."""
    for key in _xdata_keys(entry_fields):
        yield "xdata", key
    if key := entry_fields.get("crossref", "").strip().lower():
        yield "crossref", key


def fields_by_key(entries: Iterable[tuple[str, dict[str, str]]]) -> dict[str, dict[str, str]]:
    """Index entries' fields by lower-case citation key; of equal keys, the first one counts.

    An entry without a key is nobody's parent.
    """
    index: dict[str, dict[str, str]] = {}
    for key, entry_values in entries:
        if key.strip():
            index.setdefault(key.strip().lower(), entry_values)
    return index


def _with_xdata(
    entry_fields: Mapping[str, str], parents: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """Add the fields of the shared data an entry names, and of the data which that names."""
    merged = dict(entry_fields)
    taken: set[str] = set()
    waiting = list(_xdata_keys(entry_fields))
    for _ in range(_MAX_DEPTH):
        keys = [key for key in dict.fromkeys(waiting) if key not in taken]
        taken.update(keys)
        waiting = []
        for shared in (parents[key] for key in keys if key in parents):
            has_date = any(name in merged for name in _DATE_FIELDS)
            for name, text in shared.items():
                if not (has_date and name in _DATE_FIELDS):
                    merged.setdefault(name, text)
            waiting += _xdata_keys(shared)
    return merged if taken else entry_fields


def _xdata_keys(entry_fields: Mapping[str, str]) -> Iterator[str]:
    for key in re.split(r"[,\s]+", entry_fields.get("xdata", "")):
        if key:
            yield key.lower()
