"""YAML that a person wrote, with the line of each value; a key that stands twice is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec
import yaml
from msgspec import inspect

from paper_digest.model.errors import ConfigError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line
from paper_digest.text.suggestion import suggestion
from paper_digest.text.type_faults import type_fault, unknown_choice, unknown_key, wants_quotes
from paper_digest.text.yaml_errors import explain_yaml_error
from paper_digest.text.yaml_faults import check_names, impossible_value_line, name_that_is_no_text

T = TypeVar("T")
Step = str | int

#: libyaml's reader, which takes a ninth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: What is nested deeper is no setting, and would exhaust the stack.
MAX_NESTING = 30

#: More values, aliases written out, are no settings, and would exhaust the memory.
MAX_VALUES = 1_000_000

#: How msgspec words that a key is at fault, of a mapping and of a group of settings.
_KEY_FAULT = late_pattern(r" at `key` in |\AExpected `str`(?: - at .*)?\Z")

_PATH = late_pattern(r" - at (?:`key` in )?`\$([^`]*)`\Z")


class YamlDocument(NamedTuple):
    """A document, or a value inside one: plain data, its node, its file, and its name in messages."""

    value: Any
    node: yaml.Node | None
    where: str
    label: str = ""

    def line(self, *steps: Step) -> int:
        """Return the line (from 1) of the value at a path; of its nearest parent if there is none."""
        return self._walked(steps)[0]

    def node_at(self, *steps: Step) -> yaml.Node | None:
        """Return the node of the value at a path; of its nearest parent if there is none."""
        return self._walked(steps)[1]

    def _walked(self, steps: tuple[Step, ...]) -> tuple[int, yaml.Node | None]:
        """Walk a path as far as it goes; returns the line where that is, and its node."""
        node = self.node
        line = node.start_mark.line + 1 if node else 1
        for step in steps:
            if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
                node = node.value[step]
                line = node.start_mark.line + 1
            elif isinstance(step, str) and isinstance(node, yaml.MappingNode):
                pair = next((p for p in node.value if p[0].value == step), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            else:
                break
        return line, node

    def place(self, *steps: Step) -> str:
        """Return ``FILE:LINE`` of the value at a path."""
        return f"{self.where}:{self.line(*steps)}"

    def child(self, name: str) -> YamlDocument:
        """Return the value under a key of this mapping."""
        pairs = self.node.value if isinstance(self.node, yaml.MappingNode) else ()
        node = next((value for key, value in pairs if key.value == name), None)
        return YamlDocument(self.value[name], node, self.where, name)


def parse_yaml(data: bytes, where: str, *, make_values: bool = True) -> YamlDocument:
    """Read one YAML document.

    Args:
        data: its bytes.
        where: names its file.
        make_values: whether the values are wanted too: programs of others give tags (``!ENV``) a
            meaning that is not known here.

    Raises:
        ConfigError: naming file, line and cure, if it is not YAML or not UTF-8, a mapping has one key
            twice, it is nested too deeply or inside itself, or holds an unresolved merge conflict.
    """
    if line := conflict_line(data):
        raise ConfigError(f"{where}:{line}", CONFLICT_FAULT, CONFLICT_CURE)
    text = _decode(data, where)
    node = None
    try:
        # Read once; the same loader makes the values of the nodes.
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node:
            _check_node(node, where, (), {})
        value = loader.construct_document(node) if node and make_values else None
        return YamlDocument(value, node, where)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line, said = _fault_of(error, text)
        line = line or (impossible_value_line(node) if isinstance(error, ValueError) else 0)
        raise ConfigError(
            f"{where}:{line}" if line else where, *explain_yaml_error(said)
        ) from error


def _decode(data: bytes, where: str) -> str:
    """Return the text of a file; raises ``ConfigError``, naming the line, where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{where}:{line}", "is not UTF-8", "save it as UTF-8") from error


def _fault_of(error: Exception, text: str) -> tuple[int, str]:
    """Return the line (from 1; 0 where nobody knows) of a parser's fault, and its words on one line."""
    if isinstance(error, yaml.reader.ReaderError):
        # libyaml counts bytes to it and PyYAML characters: look for it instead.
        bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
        return (text.count("\n", 0, bad.start()) + 1 if bad else 0), str(error.reason)
    said = " ".join(str(getattr(error, "problem", None) or error).split())
    position = getattr(error, "problem_mark", None)
    if position is None:
        return 0, said
    lines = text.split("\n")
    line = lines[position.line] if position.line < len(lines) else ""
    if line[position.column : position.column + 1] == "\t":
        said = "tab character"
    return position.line + 1, said


def convert_document(document: YamlDocument, to: type[T], cure: str) -> T:
    """Convert a document to a strict type.

    Raises:
        ConfigError: naming file, line and value; its cure is ``cure`` where no better one is known.
    """
    try:
        return msgspec.convert(document.value, to)
    except msgspec.ValidationError as error:
        path = _PATH.search(str(error))
        said = _PATH.sub("", str(error))
        steps = tuple(_steps(path[1])) if path else ()
        label = f"{document.label}{path[1] if path else ''}".lstrip(".")
        label = re.sub(r"\A\[(\d+)\]", lambda index: f"entry {int(index[1]) + 1}", label)
        name = (
            name_that_is_no_text(document.node_at(*steps))
            if _KEY_FAULT.search(str(error))
            else None
        )
        if name is not None:
            what = f"{label} has the name {name.value}, which is no text"
            place = f"{document.where}:{name.start_mark.line + 1}"
            raise ConfigError(place, what.strip(), "put it in quotes") from error
        if unknown := unknown_key(said):
            known = _field_names(inspect.type_info(to), steps)
            steps, cure = (*steps, unknown), suggestion(unknown, known)
        elif choice := unknown_choice(said):
            known = _choices(inspect.type_info(to), steps)
            cure = suggestion(choice, known) if known else cure
        elif wants_quotes(said):
            cure = "put it in quotes"
        raise ConfigError(
            document.place(*steps), f"{label} {type_fault(said)}".strip(), cure
        ) from error


def _check_node(
    node: yaml.Node, where: str, parents: tuple[int, ...], sizes: dict[int, int]
) -> int:
    """Refuse duplicate keys, and aliases or nesting that grow too large; returns the values below.

    ``sizes`` holds those of the nodes already walked, so that one named twice is walked once.
    """
    if id(node) in sizes:
        return sizes[id(node)]
    place = f"{where}:{node.start_mark.line + 1}"
    if id(node) in parents or len(parents) > MAX_NESTING:
        what = "stands inside itself" if id(node) in parents else "is nested too deeply"
        raise ConfigError(place, what, "write it in fewer levels")
    children = list(node.value) if isinstance(node, yaml.SequenceNode) else []
    if isinstance(node, yaml.MappingNode):
        check_names(node, where)
        children = [part for pair in node.value for part in pair]
    size = 1 + sum(_check_node(child, where, (*parents, id(node)), sizes) for child in children)
    if size > MAX_VALUES:
        raise ConfigError(place, "holds too many values", "write fewer aliases (*NAME)")
    sizes[id(node)] = size
    return size


def _steps(path: str) -> Iterator[Step]:
    """Split msgspec's path of a value, ``.follow[0].source``."""
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]", path):
        if name:
            yield name
        elif index.isdigit():
            yield int(index)


def _field_names(info: inspect.Type, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Name the fields of the struct at a path below a type."""
    for one in _types_at(info, steps):
        if isinstance(one, inspect.StructType):
            return tuple(field.encode_name for field in one.fields)
    return ()


def _choices(info: inspect.Type, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Name the texts that a value at a path below a type may be, where these are listed."""
    texts: list[str] = []
    for one in _types_at(info, steps):
        if not isinstance(one, inspect.LiteralType):
            return ()  # a number, say, which no list names
        texts += map(str, one.values)
    return tuple(texts)


def _types_at(info: inspect.Type, steps: tuple[Step, ...]) -> tuple[inspect.Type, ...]:
    """Return the types that a value at a path below a type may have."""
    types = _alternatives(info)
    for step in steps:
        below: list[inspect.Type] = []
        for one in types:
            if isinstance(one, inspect.VarTupleType) and isinstance(step, int):
                below += _alternatives(one.item_type)
            elif isinstance(one, inspect.StructType):
                fields = (field for field in one.fields if field.encode_name == step)
                below += (part for field in fields for part in _alternatives(field.type))
        types = tuple(below)
    return types


def _alternatives(info: inspect.Type) -> tuple[inspect.Type, ...]:
    return info.types if isinstance(info, inspect.UnionType) else (info,)
