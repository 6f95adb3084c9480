"""Values of JSON whose kind nobody vouches for, taken as what they should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def as_list(value: object) -> list[Any]:
    """Return a list as it is, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_objects(value: object) -> list[Mapping[str, object]]:
    """Return the objects of a list; what else is in it is left out."""
    return [item for item in as_list(value) if isinstance(item, dict)]
