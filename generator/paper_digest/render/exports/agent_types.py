"""What the lists for programs that read a little at a time say, as types."""

from __future__ import annotations

from paper_digest.model.strict import StrictStruct


class DailyPaper(StrictStruct, frozen=True, kw_only=True):
    """A paper of a day: its first authors, and the number of all; ``topics`` are names, ``notice`` as in a ``Row``."""

    slug: str
    title: str
    authors: tuple[str, ...] = ()
    author_count: int = 0
    topics: tuple[str, ...] = ()
    notice: str = ""


class DailyPage(StrictStruct, frozen=True, kw_only=True):
    """Papers of a day; ``count`` is the number of all, ``next`` the path of the page that goes on."""

    date: str
    count: int
    papers: tuple[DailyPaper, ...]
    next: str = ""


class DailyYear(StrictStruct, frozen=True):
    """The days of a year that have papers, with their numbers; ``papers`` are all of it, those without a day too."""

    year: str
    papers: int
    days: dict[str, int]


class TrendingPaper(StrictStruct, frozen=True):
    """A paper with upvotes; ``gain`` is how many it gained in the list's span, 0 where none is counted; ``notice`` as in a ``Row``."""

    slug: str
    title: str
    upvotes: int
    gain: int = 0
    notice: str = ""


class Trending(StrictStruct, frozen=True):
    """Papers that rank high by upvotes for their age, and those that gained most; "" is no day."""

    newest_day: str
    rising: tuple[TrendingPaper, ...] = ()
    week: tuple[TrendingPaper, ...] = ()
    month: tuple[TrendingPaper, ...] = ()


#: What the files are, each an entry of the API's schema.
KINDS = (DailyPage, DailyYear, Trending)
