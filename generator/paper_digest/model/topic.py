"""A topic of the archive: its name, its place in the tree, and what papers belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from paper_digest.model.strict import StrictStruct


class Topic(StrictStruct, frozen=True):
    """One topic; ``name`` is the last part of its URL, ``parent`` another topic's name.

    A word or phrase in ``words`` counts where it stands in a title, digest or abstract;
    ``categories`` are upstream labels (``cs.CL``; ``math.*`` takes the whole archive). ``was`` are
    names it had before, or of topics that went up in it: their addresses lead to it.
    """

    name: str
    title: str
    description: str = ""
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    parent: str = ""
    was: tuple[str, ...] = ()


def present_names(topics: Iterable[Topic]) -> dict[str, str]:
    """Return the present name of each topic, by every name it has or had."""
    return {name: topic.name for topic in topics for name in (*topic.was, topic.name)}
