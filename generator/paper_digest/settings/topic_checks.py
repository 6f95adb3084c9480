"""Refuses topics that cannot work: a name no address can have, a word that never matches."""

from __future__ import annotations

from collections.abc import Container, Iterable

from paper_digest.model.arxiv_categories import (
    CATEGORIES,
    CATEGORY_PATTERNS,
    similar_categories,
)
from paper_digest.model.errors import ConfigError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.topic import Topic
from paper_digest.text.fields import one_line
from paper_digest.text.phrases import MIN_STEM_LETTERS, MIN_WORD_LETTERS, is_phrase

#: Longer names make no file name, longer titles no link.
MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS = 80, 200

_NAME = late_pattern(r"[a-z0-9-]+\Z")


def check_topics(topics: Iterable[tuple[Topic, str]]) -> None:
    """Check topics, no two of one name, each with the place it is written at (``FILE:LINE``).

    Raises:
        ConfigError: naming that place, the topic and the cure.
    """
    by_name = {topic.name: (topic, place) for topic, place in topics}
    heirs: dict[str, str] = {}
    for topic, place in by_name.values():
        faults = (*_faults(topic), *_parent_faults(topic, by_name))
        for what, cure in (*faults, *_former_name_faults(topic, by_name, heirs)):
            raise ConfigError(place, f"topic {topic.name!r}: {what}", cure)


def _faults(topic: Topic) -> Iterable[tuple[str, str]]:
    if not _NAME.match(topic.name) or len(topic.name) > MAX_NAME_CHARACTERS:
        cure = f"use only a-z, 0-9 and hyphens, at most {MAX_NAME_CHARACTERS}"
        yield "a name is part of an address", cure
    if topic.name == "index":
        yield "the list of all topics has this address", "give it another name"
    if not 0 < len(topic.title) <= MAX_TITLE_CHARACTERS or one_line(topic.title) != topic.title:
        yield (
            "its title is no line of text",
            f"write one, at most {MAX_TITLE_CHARACTERS} characters",
        )
    if not topic.words and not topic.categories:
        yield "nothing can match it", "give it words or categories"
    for word in topic.words:
        if not is_phrase(word):
            cure = (
                f"write {MIN_WORD_LETTERS} or more letters or digits, joined by spaces or hyphens, "
                f"or {MIN_STEM_LETTERS} or more and a final *"
            )
            yield f"the word {word!r} can never match, or matches too much", cure
    for category in topic.categories:
        if category not in CATEGORIES and category not in CATEGORY_PATTERNS:
            close = " or ".join(similar_categories(category))
            cure = f"did you mean {close}?" if close else "see https://arxiv.org/category_taxonomy"
            yield f"arXiv has no category {category!r}", cure


def _former_name_faults(
    topic: Topic, by_name: Container[str], heirs: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """Find former names that cannot lead to one topic; ``heirs`` holds, and gets, where each leads."""
    for name in topic.was:
        if not _NAME.match(name) or name == "index" or len(name) > MAX_NAME_CHARACTERS:
            yield (
                f"was: {name!r} was never the name of a topic",
                "write the last part of its address",
            )
        elif name in by_name:
            yield f"was: there is a topic {name!r} now", "hide that one, or leave it out here"
        elif name in heirs:
            yield f"was: {name!r} leads to {heirs[name]!r} already", "leave one out"
        heirs[name] = topic.name


def _parent_faults(
    topic: Topic, by_name: dict[str, tuple[Topic, str]]
) -> Iterable[tuple[str, str]]:
    if not topic.parent:
        return
    if topic.parent not in by_name:
        yield f"its parent {topic.parent!r} does not exist", "add it, or correct the name"
    elif topic.parent == topic.name:
        yield "it is its own parent", "remove its parent"
    elif grandparent := by_name[topic.parent][0].parent:
        yield (
            f"its parent {topic.parent!r} has a parent itself, {grandparent!r}",
            "keep the tree two levels deep: name a topic without a parent",
        )
