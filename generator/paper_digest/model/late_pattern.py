"""Regular expressions that are compiled when they are first used: most builds use a few of the program's hundreds."""

from __future__ import annotations

from functools import cached_property
from re import Pattern, RegexFlag
from re import compile as compile_pattern
from typing import cast


class LatePattern:
    """Stands for a pattern; what was once asked of it is an attribute of its own, as quick as the pattern's."""

    def __init__(self, pattern: str, flags: int | RegexFlag) -> None:
        self._source, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> Pattern[str]:
        """The pattern itself."""
        return compile_pattern(self._source, self._flags)

    def __getattr__(self, name: str) -> object:
        value: object = getattr(self.compiled, name)
        setattr(self, name, value)
        return value


def late_pattern(pattern: str, flags: int | RegexFlag = 0) -> Pattern[str]:
    """Return what stands for ``re.compile(pattern, flags)`` and compiles it at its first use.

    The methods of patterns take it for one; functions of ``re`` do not. A pattern that is none raises
    ``re.error`` at that first use.
    """
    return cast("Pattern[str]", LatePattern(pattern, flags))
