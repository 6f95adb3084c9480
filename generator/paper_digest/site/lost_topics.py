"""Warns of topics that the last build had and this one has not: their addresses lead nowhere."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable

_TOPIC_GROUPS = "topics/"
_NO_TOPIC = "index"

log = logging.getLogger("mkdocs.plugins.paper-digest")


def warn_of_lost_topics(previous_groups: Iterable[str], topic_names: Container[str]) -> None:
    """Warn of each topic that is gone.

    Args:
        previous_groups: the groups of the last build.
        topic_names: names that topics have now, and those that their ``was`` speaks of.
    """
    topics = (n.removeprefix(_TOPIC_GROUPS) for n in previous_groups if n.startswith(_TOPIC_GROUPS))
    for name in sorted(topics):
        if name not in topic_names and name != _NO_TOPIC:
            log.warning(
                "topics.yml: topic %r of the last build is gone, and /topics/%s/ leads nowhere; "
                "write was: [%s] at the topic that takes its place",
                *(name, name, name),
            )
