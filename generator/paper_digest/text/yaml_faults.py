"""Finds what is at fault in a YAML document that parses: values that cannot be made, names that are no text or stand twice."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from paper_digest.model.errors import ConfigError

_TEXT_TAG = "tag:yaml.org,2002:str"


def impossible_value_line(node: yaml.Node | None) -> int:
    """Return the line (from 1) of the first value that is written like one of a kind and is none, as 2026-02-30; or 0."""
    loader = yaml.SafeLoader("")
    for scalar in _scalars(node, set()):
        try:
            loader.construct_object(scalar)
        except (ValueError, yaml.YAMLError):
            return int(scalar.start_mark.line) + 1
    return 0


def name_that_is_no_text(mapping: yaml.Node | None) -> yaml.ScalarNode | None:
    """Return the first key of a mapping that YAML takes for something else than text: 2024, no, on, 2026-03-05."""
    if not isinstance(mapping, yaml.MappingNode):
        return None
    keys = (key for key, _ in mapping.value if isinstance(key, yaml.ScalarNode))
    return next((key for key in keys if key.tag != _TEXT_TAG), None)


def check_names(node: yaml.MappingNode, where: str) -> None:
    """See that no key of a mapping stands twice.

    Raises:
        ConfigError: one does; names both lines.
    """
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        line = key.start_mark.line + 1
        if key.value in lines:
            what = f"{key.value} stands here and on line {lines[key.value]}"
            raise ConfigError(f"{where}:{line}", what, "put both into one")
        lines[key.value] = line


def _scalars(node: yaml.Node | None, walked: set[int]) -> Iterator[yaml.ScalarNode]:
    """Yield the values below a node in order, each once though it be named twice."""
    if node is None or id(node) in walked:
        return
    walked.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child, walked)
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for child in pair:
                yield from _scalars(child, walked)
