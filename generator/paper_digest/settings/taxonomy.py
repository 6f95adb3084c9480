"""The topics of an archive: those of the package or of archive.yml, changed as topics.yml says."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from paper_digest.model.errors import ConfigError
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic
from paper_digest.settings.settings_file import read_settings_file
from paper_digest.settings.topic_checks import check_topics
from paper_digest.text.suggestion import suggestion
from paper_digest.text.yaml_document import (
    YamlDocument,
    convert_document,
    parse_yaml,
)

TOPICS_FILE = "topics.yml"
DEFAULT_TOPICS_FILE = "default_topics.yml"

_CURE = "compare with “Topics” in the manual, Reference"


class TopicChange(StrictStruct, frozen=True):
    """One entry of ``topics.yml``: a topic to change, to hide or to add, by its name.

    A field that is given replaces the topic's own; ``add_`` and ``drop_`` change a list instead.
    ``hide`` takes the topic away, and those below it that get no other parent here.
    """

    name: str
    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    words: tuple[str, ...] | UnsetType = UNSET
    categories: tuple[str, ...] | UnsetType = UNSET
    parent: str | UnsetType = UNSET
    was: tuple[str, ...] | UnsetType = UNSET
    add_words: tuple[str, ...] = ()
    drop_words: tuple[str, ...] = ()
    add_categories: tuple[str, ...] = ()
    drop_categories: tuple[str, ...] = ()
    hide: bool = False


class PlacedTopic(NamedTuple):
    """A topic and the ``FILE:LINE`` it was last written at."""

    topic: Topic
    place: str


def load_topics(root: Path, archive: YamlDocument) -> tuple[Topic, ...]:
    """Return the topics of the archive at ``root``, whose ``archive.yml`` is given.

    Its setting ``topics`` names where to start: ``default`` (the package's, also if it is left
    out), ``none``, or a list of its own. ``topics.yml`` beside it changes them.

    Raises:
        ConfigError: naming file, line and cure, for a topic that cannot be used.
    """
    topics = _collect(_first_topics(archive))
    path = root / TOPICS_FILE
    if path.exists() or path.is_symlink():
        changes = parse_yaml(read_settings_file(path), str(path))
        if changes.value is not None:
            _apply_changes(topics, changes)
    elif (misnamed := path.with_suffix(".yaml")).exists():
        raise ConfigError(str(misnamed), "is not read", f"name it {TOPICS_FILE}")
    check_topics((placed.topic, placed.place) for placed in topics.values())
    return tuple(placed.topic for placed in topics.values())


def default_topics() -> YamlDocument:
    """Return the taxonomy that the package brings."""
    file = resources.files("paper_digest.settings") / DEFAULT_TOPICS_FILE
    return parse_yaml(file.read_bytes(), DEFAULT_TOPICS_FILE)


def _first_topics(archive: YamlDocument) -> Iterable[PlacedTopic]:
    setting = archive.value.get("topics", "default")
    if setting == "none":
        return ()
    if setting == "default":
        document = default_topics()
    elif isinstance(setting, list):
        document = archive.child("topics")
    else:
        what = "topics is neither default, nor none, nor a list of topics"
        raise ConfigError(archive.place("topics"), what, "write topics: default")
    topics = convert_document(document, tuple[Topic, ...], _CURE)
    return (PlacedTopic(topic, document.place(n)) for n, topic in enumerate(topics))


def _collect(placed_topics: Iterable[PlacedTopic]) -> dict[str, PlacedTopic]:
    topics: dict[str, PlacedTopic] = {}
    for placed in placed_topics:
        name = placed.topic.name
        if name in topics:
            what = f"topic {name!r} stands on {topics[name].place} too"
            raise ConfigError(placed.place, what, "rename or remove one of them")
        topics[name] = placed
    return topics


def _apply_changes(topics: dict[str, PlacedTopic], document: YamlDocument) -> None:
    """Change, add and hide topics in place."""
    changes = convert_document(document, tuple[TopicChange, ...], _CURE)
    changed: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for number, change in enumerate(changes):
        place, name = document.place(number), change.name
        if name in changed:
            what = f"topic {name!r} stands on {changed[name]} too"
            raise ConfigError(place, what, "put both into one entry")
        changed[name] = place
        before = topics[name].topic if name in topics else None
        if change.hide:
            _check_hidden(change, before, tuple(topics), place)
            hidden[name] = place
        else:
            topic = _changed_topic(change, before, tuple(topics), place)
            topics[name] = PlacedTopic(topic, place)
    for name, (topic, place) in tuple(topics.items()):
        if name in hidden or (topic.parent in hidden and place != changed.get(name)):
            del topics[name]
    for topic, place in topics.values():
        if topic.parent in hidden:
            what = f"topic {topic.name!r} is below {topic.parent!r}, which {hidden[topic.parent]} hides"
            raise ConfigError(place, what, 'give it another parent, or parent: ""')


def _check_hidden(
    change: TopicChange, before: Topic | None, known: tuple[str, ...], place: str
) -> None:
    if before is None:
        what = f"there is no topic {change.name!r} to hide"
        raise ConfigError(place, what, suggestion(change.name, known))
    if change != TopicChange(change.name, hide=True):
        what = f"topic {change.name!r} is hidden, so that its other fields have no effect"
        raise ConfigError(place, what, "leave them out, or hide")


def _changed_topic(
    change: TopicChange, before: Topic | None, known: tuple[str, ...], place: str
) -> Topic:
    """Return the topic an entry makes of the one that has its name."""
    given = {
        name: value
        for name in ("title", "description", "words", "categories", "parent", "was")
        if not isinstance(value := getattr(change, name), UnsetType)
    }
    if before is None:
        if "title" not in given:
            what = f"there is no topic {change.name!r} to change, and a new one needs a title"
            raise ConfigError(place, what, suggestion(change.name, known))
        before = Topic(change.name, str(given["title"]))
    for field in ("words", "categories"):
        added, dropped = (getattr(change, f"{verb}_{field}") for verb in ("add", "drop"))
        if not added and not dropped:
            continue
        if field in given:
            what = f"topic {change.name!r} has {field} as well as add_{field} or drop_{field}"
            raise ConfigError(place, what, f"write {field} alone to replace all of them")
        given[field] = _edited_list(getattr(before, field), added, dropped, change.name, place)
    return msgspec.structs.replace(before, **given)


def _edited_list(
    values: tuple[str, ...],
    added: tuple[str, ...],
    dropped: tuple[str, ...],
    topic_name: str,
    place: str,
) -> tuple[str, ...]:
    for value in dropped:
        if value not in values:
            what = f"topic {topic_name!r} has no {value!r} to drop"
            raise ConfigError(place, what, suggestion(value, values))
    remaining = (value for value in values if value not in dropped)
    return tuple(dict.fromkeys((*remaining, *added)))
