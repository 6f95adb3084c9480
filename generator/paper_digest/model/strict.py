"""The base of every struct that is written to a file or read from outside."""

from __future__ import annotations

import msgspec


class StrictStruct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Immutable; decoding refuses unknown fields; encoding leaves out fields equal to their default."""
