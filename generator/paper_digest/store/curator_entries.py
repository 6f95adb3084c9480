"""Files of the archive in which a curator's entries stand as one list: read entry by entry, and added to at their end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from msgspec.structs import replace

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.store.atomic import replace_file
from paper_digest.text.yaml_document import YamlDocument, parse_yaml


class CuratorEntry(Protocol):
    """An entry, which knows the line of its file on which it begins."""

    @property
    def line(self) -> int:
        """The line, from 1."""


T = TypeVar("T", bound=CuratorEntry)


class EntryKind(NamedTuple, Generic[T]):
    """One kind of entries.

    Attributes:
        word: what one is called: ``pick``. ``max_entries``: of one file. ``cure``: for entries that are wrong.
        read: reads a value, whose ``where`` is ``FILE:LINE``, on that line; raises ConfigError.
        statement: what an entry says, in words that no second entry may repeat.
    """

    word: str
    max_entries: int
    cure: str
    read: Callable[[YamlDocument, int], T]
    statement: Callable[[T], str]


def load_entries(path: Path, kind: EntryKind[T], problems: list[Problem]) -> tuple[T, ...]:
    """Read a file, which need not be there.

    Args:
        path: the file.
        kind: of its entries.
        problems: gets one problem for each entry that cannot be used, or one for the file; it is passed over.
    """
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        return tuple(read_entries(path, read_file(path), kind, problems))
    except ConfigError as error:
        problems.append(error.problem)
    except OSError as error:
        problems.append(unreadable_problem(error, str(path)))
    return ()


def read_entries(
    path: Path, data: bytes, kind: EntryKind[T], problems: list[Problem]
) -> Iterator[T]:
    """Yield the entries of a file's bytes; see ``load_entries``.

    Raises:
        ConfigError: it is no list, or has too many entries.
    """
    document = parse_yaml(data, str(path))
    values = document.value or []
    if not isinstance(values, list):
        raise ConfigError(str(path), "is no list", kind.cure)
    if len(values) > kind.max_entries:
        what = f"has more than {kind.max_entries:,} {kind.word}s"
        raise ConfigError(str(path), what, "take the oldest out")
    lines: dict[str, int] = {}
    for number, value in enumerate(values):
        line = document.line(number)
        part = YamlDocument(value, None, f"{path}:{line}", f"{kind.word} {number + 1}")
        try:
            entry = kind.read(part, line)
        except ConfigError as error:
            problems.append(replace(error.problem, where=part.where))
            continue
        statement = kind.statement(entry)
        first_line = lines.setdefault(statement, line)
        if first_line != line:
            what = f"{statement} on line {first_line} already"
            problems.append(Problem(part.where, what, cure="take one of them out"))
            continue
        yield entry


def append_entry(path: Path, values: Mapping[str, object], kind: EntryKind[T]) -> None:
    """Write an entry at the end of a file, which keeps what else stands there.

    Raises:
        ConfigError: the entry cannot be used, another says the same, or the file is no list.
        OSError: the file cannot be read or written.
    """
    before = read_file(path) if path.exists() else b""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    text = "- " + "\n  ".join(lines) + "\n"
    start = before if not before or before.endswith(b"\n") else before + b"\n"
    after = start + text.encode()
    problems: list[Problem] = []
    known = (
        {one.line for one in read_entries(path, before, kind, [])} if before.strip() else set[int]()
    )
    added = [one for one in read_entries(path, after, kind, problems) if one.line not in known]
    if len(added) != 1:
        problem = next(reversed(problems), Problem(str(path), "is no list", cure=kind.cure))
        raise ConfigError(problem.where, problem.what, problem.cure)
    replace_file(path, after)
