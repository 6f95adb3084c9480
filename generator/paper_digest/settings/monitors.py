"""The setting ``monitors``: queries that an archive answers anew in every build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields

#: Monitors of one archive: each is a page, two feeds and a question to every build.
MAX_MONITORS = 100

#: Characters of a query: what the search box takes is longer than any person's question.
MAX_QUERY_CHARACTERS = 500

_NAME = late_pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_MAX_NAME_CHARACTERS = 60
#: The page that lists the monitors has this name.
_RESERVED_NAMES = frozenset({"index"})
#: The older pages of a list end so.
_PAGE_NUMBER = late_pattern(r"-page-[0-9]+\Z")


class Monitor(StrictStruct, frozen=True):
    """A query whose papers have a page, a feed and a section of the mail.

    Attributes:
        name: the last part of the page's address: a-z, 0-9 and hyphens.
        query: in the language of the search box.
        title: what readers see; the query where there is none.
    """

    name: str
    query: str
    title: str = ""

    @property
    def shown_title(self) -> str:
        """What readers see."""
        return self.title or self.query


def monitors_problems(monitors: Sequence[Monitor]) -> Iterator[Problem]:
    """Find what the types cannot refuse; whether a query can be answered is checked with the topics."""
    names: set[str] = set()
    if len(monitors) > MAX_MONITORS:
        yield Problem("monitors", f"are more than {MAX_MONITORS}", cure="leave some out")
    for number, monitor in enumerate(monitors):
        path = f"monitors.{number}"
        name = monitor.name
        is_name = _NAME.match(name) and len(name) <= _MAX_NAME_CHARACTERS
        if not is_name or name in _RESERVED_NAMES or _PAGE_NUMBER.search(name):
            cure = "write a-z, 0-9 and hyphens, as in protein-design"
            yield Problem(f"{path}.name", f"is no name: {name!r}", cure=cure)
        elif name in names:
            yield Problem(f"{path}.name", f"stands twice: {name}", cure="give another")
        names.add(name)
        if not monitor.query.strip() or len(monitor.query) > MAX_QUERY_CHARACTERS:
            cure = f"write 1 to {MAX_QUERY_CHARACTERS} characters, as in the search box"
            yield Problem(f"{path}.query", "asks for nothing, or for too much", cure=cure)
        for field in ("query", "title"):
            text = getattr(monitor, field)
            if text and fields.one_line(text) != text:
                cure = "write it on one line, without spaces at its ends"
                yield Problem(f"{path}.{field}", "is more than one line", cure=cure)
