"""Fields of a fix as a person types them, by command or by form: to be set, or to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paper_digest.model.errors import DigestError
from paper_digest.model.paper import LINK_KINDS
from paper_digest.store.fixes import FIXABLE_FIELDS
from paper_digest.text.suggestion import suggestion

#: Fields of a fix that hold several values.
LIST_FIELDS = frozenset({"authors", "categories", "keywords"})

_LINK = "links."


def fix_fields(values: Iterable[tuple[str, str]], separator: str) -> dict[str, Any]:
    """Make fields of an override's ``fix`` of texts; what they may be is checked with the override.

    Args:
        values: pairs of a field, or ``links.KIND``, and its value; "" says that there is none.
        separator: what stands between the values of a list.
    """
    fields: dict[str, Any] = {}
    for name, value in values:
        if name.startswith(_LINK):
            fields.setdefault("links", {})[name.removeprefix(_LINK)] = value
        elif name in LIST_FIELDS:
            fields[name] = [part.strip() for part in value.split(separator) if part.strip()]
        elif name == "author_count" and value.isdecimal():
            fields[name] = int(value)
        else:
            fields[name] = value
    return fields


def forgotten_fields(names: Iterable[str]) -> dict[str, Any]:
    """Make the change of an override's ``fix`` that leaves fields to the sources again.

    Args:
        names: fields, or ``links.KIND``.

    Raises:
        DigestError: no fix has such a field.
    """
    fields: dict[str, Any] = {}
    known = (*FIXABLE_FIELDS, *(f"{_LINK}{kind}" for kind in LINK_KINDS))
    for name in names:
        if name not in known:
            raise DigestError(name, "is no field of a fix", suggestion(name, known))
        if not name.startswith(_LINK):
            fields[name] = None
        elif fields.setdefault("links", {}) is not None:
            fields["links"][name.removeprefix(_LINK)] = None
    return fields
