"""What the operator decides about single papers: fix, hide, pin, retag; the store's records stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from paper_digest.identity.merge import ID_KINDS
from paper_digest.identity.paper_checks import is_day
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.ids import is_arxiv_id
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.paper import Paper
from paper_digest.model.regular_file import read_file
from paper_digest.model.strict import StrictStruct
from paper_digest.model.work_types import WORK_TYPES
from paper_digest.store import fixes
from paper_digest.store.broken_overrides import hidden_in_entry, hidden_in_text
from paper_digest.store.folders import folder_files
from paper_digest.text import fields
from paper_digest.text.suggestion import suggestion
from paper_digest.text.type_faults import type_fault
from paper_digest.text.yaml_document import YamlDocument, convert_document, parse_yaml

OVERRIDES_FOLDER = "overrides"

#: How the names of its files end; ``.yaml`` and ``.json`` are read, and named as wrong.
OVERRIDES_ENDS = (".yml", ".yaml", ".json")

_CURE = "compare with “Decide about single papers” in the manual, Reference"


class Override(StrictStruct, frozen=True):
    """One entry of a file in ``archive/overrides/``.

    Attributes:
        id: the paper it is about, as its file in the store has it (``arxiv:2503.02130``), or an
            id it had before.
        fix: fields of the paper and their right values, believed over every source; an empty value
            says that there is none.
        hide: leave the paper out of the site; its record stays.
        removed: the same, for a paper whose record was deleted: its address says so.
        pin: keep the paper at the head of the home page.
        topics: the paper's topics, instead of the computed ones.
        why: a note for the operator.
        at: the day of the decision (ISO date), shown with a fixed field.
    """

    id: str
    fix: dict[str, Any] = msgspec.field(default_factory=dict)
    hide: bool = False
    removed: bool = False
    pin: bool = False
    topics: tuple[str, ...] | None = None
    why: str = ""
    at: str = ""


class _Faults:
    """Faults of overrides: the first is raised, or all are put on a list of problems."""

    def __init__(self, problems: list[Problem] | None) -> None:
        self._problems = problems

    def add(self, error: ConfigError) -> None:
        """Raise an error, or note it as a problem."""
        if self._problems is None:
            raise error
        self._problems.append(error.problem)


def load_overrides(
    archive: Path, topic_names: Iterable[str] | None, problems: list[Problem] | None = None
) -> dict[str, Override]:
    """Read all overrides, by id of the paper.

    Args:
        archive: the folder ``archive/``.
        topic_names: names that topics have, or had; ``None`` for any.
        problems: gets one problem for each file and entry that cannot be used; it is passed over,
            but what it wants hidden is hidden.

    Raises:
        ConfigError: without ``problems``; naming file, line and cure, for YAML that is none, an
            unknown field or topic, a value of the wrong kind, a paper that has two overrides, a
            file of another name, or one that cannot be read.
    """
    by_id: dict[str, Override] = {}
    known_topics = None if topic_names is None else frozenset(topic_names)
    faults = _Faults(problems)
    for path in folder_files(archive / OVERRIDES_FOLDER):
        if path.suffix in {".yaml", ".json"}:
            cure = "give it a name that ends in .yml"
            faults.add(ConfigError(str(path), "is not read", cure))
        if path.suffix not in OVERRIDES_ENDS:
            continue
        for place, override in _read_overrides(path, known_topics, faults):
            if override.id in by_id:
                what = f"{override.id} has two overrides"
                faults.add(ConfigError(place, what, "put both into one entry"))
                if not override.hide:
                    continue
            by_id[override.id] = override
    return by_id


def override_places(
    archive: Path, paper_ids: Iterable[str], topic_names: Iterable[str]
) -> dict[str, str]:
    """Return, by id, the ``FILE:LINE`` of the first entry about a paper; the folder where there is none any more."""
    folder, faults, known = archive / OVERRIDES_FOLDER, _Faults([]), frozenset(topic_names)
    wanted = dict.fromkeys(paper_ids, str(folder))
    places: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")) if wanted else ():
        for place, override in _read_overrides(path, known, faults):
            places.setdefault(override.id, place)
    return {paper_id: places.get(paper_id, where) for paper_id, where in wanted.items()}


def check_overrides(data: bytes, where: str, topic_names: Iterable[str]) -> None:
    """See that a file's bytes are overrides that can be used.

    Raises:
        ConfigError: see ``load_overrides``.
    """
    for entry in _split_entries(_parse_list(data, where)):
        _read_entry(entry, frozenset(topic_names))


def apply_fixes(paper: Paper, override: Override | None, ranking: SourceRanking) -> Paper:
    """Return the paper with its fixes in place, claimed by ``editor``."""
    return fixes.apply_fix(paper, override.fix, override.at, ranking) if override else paper


def _read_overrides(
    path: Path, topic_names: frozenset[str] | None, faults: _Faults
) -> Iterator[tuple[str, Override]]:
    """Yield the entries of a file, each with its ``FILE:LINE``."""
    try:
        data = read_file(path)
    except OSError as error:
        problem = unreadable_problem(error, str(path))
        faults.add(ConfigError(problem.where, problem.what, problem.cure))
        return
    if not data.strip():  # what it held may be lost: a paper that was hidden is shown
        faults.add(ConfigError(str(path), "is empty", "restore the file from git, or delete it"))
    try:
        document = _parse_list(data, str(path))
    except ConfigError as error:
        faults.add(error)
        yield from ((str(path), Override(i, hide=True)) for i in hidden_in_text(data))
        return
    for entry in _split_entries(document):
        try:
            override = _read_entry(entry, topic_names)
        except ConfigError as error:
            faults.add(error)
            paper_id = hidden_in_entry(entry.value[0])
            if not paper_id:
                continue
            override = Override(paper_id, hide=True)
        yield entry.place(0), override


def _parse_list(data: bytes, where: str) -> YamlDocument:
    """Read a file of overrides; raises ``ConfigError`` where it is no YAML, or no list."""
    document = parse_yaml(data, where)
    if not isinstance(document.value, list | None):
        raise ConfigError(f"{where}:1", "is no list", "begin each override with: - id: ...")
    return document


def _split_entries(document: YamlDocument) -> Iterator[YamlDocument]:
    """Make of each entry of a list a list of it alone, which keeps its line."""
    node = document.node
    if isinstance(node, yaml.SequenceNode):
        for value, child in zip(_dates_to_text(document.value), node.value, strict=True):
            alone = yaml.SequenceNode(node.tag, [child], node.start_mark, node.end_mark)
            yield YamlDocument([value], alone, document.where)


def _read_entry(document: YamlDocument, topic_names: frozenset[str] | None) -> Override:
    """Read a list of one entry.

    Raises:
        ConfigError: see ``load_overrides``.
    """
    [override] = convert_document(document, tuple[Override, ...], _CURE)
    for steps, what, cure in _faults(override, topic_names):
        raise ConfigError(document.place(0, *steps), what, cure)
    _check_fix(override, document, 0)
    return override


def _check_fix(override: Override, document: YamlDocument, number: int) -> None:
    for field in override.fix:
        if field not in fixes.FIXABLE_FIELDS:
            cure = suggestion(field, fixes.FIXABLE_FIELDS)
            what = f"fix: there is no field {field!r}"
            raise ConfigError(document.place(number, "fix", field), what, cure)
        try:
            fixes.parse_fix(override.id, {field: override.fix[field]})
        except ValueError as error:  # msgspec's errors among them
            what = type_fault(str(error).removesuffix(f" - at `$.{field}`"))
            cure = "put it in quotes" if what.endswith("should be a text") else "correct it"
            if field == "work_type":
                cure = suggestion(str(override.fix[field]), WORK_TYPES)
            place = document.place(number, "fix", field)
            raise ConfigError(place, f"fix: {field}: {what}", cure) from error


def _dates_to_text(value: Any) -> Any:  # noqa: ANN401 - what YAML holds
    """Turn YAML's dates back into the text they were written as."""
    if isinstance(value, dict):
        return {key: _dates_to_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_to_text(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _faults(
    override: Override, topic_names: frozenset[str] | None
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Find what the types cannot refuse: the path of a value, what is wrong, the cure."""
    if override.id.partition(":")[0] not in ID_KINDS:
        bare, _ = fields.parse_arxiv_id(override.id)
        cure = f"write arxiv:{bare}" if is_arxiv_id(bare) else "copy it from `digest explain`"
        yield ("id",), f"{override.id!r} is no id", cure
    if override.at and not is_day(override.at):
        yield ("at",), f"at: {override.at!r} is no ISO date", "write it as 2025-11-20"
    if (override.hide or override.removed) and override.pin:
        yield ("pin",), "a hidden paper cannot be pinned", "leave out hide or pin"
    if override == Override(override.id, why=override.why, at=override.at):
        yield (), "decides nothing", "write fix, hide, removed, pin or topics, or delete the entry"
    for topic in override.topics or ():
        if topic_names is not None and topic not in topic_names:
            cure = suggestion(topic, tuple(sorted(topic_names)))
            yield ("topics",), f"there is no topic {topic!r}", cure
        if (override.topics or ()).count(topic) > 1:
            yield ("topics",), f"topic {topic!r} stands here twice", "leave one out"
