"""What the site shows: a module with a ``KIND`` makes one kind of page; no module does I/O."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paper_digest.render.pages.page_kind import PageKind


def page_kinds() -> tuple[PageKind, ...]:
    """Return the kinds of all modules of this folder, in the order of the modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.KIND for module in modules if hasattr(module, "KIND"))
