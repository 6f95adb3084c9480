"""Writes decisions about single papers into ``archive/overrides/``, checked before they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from paper_digest.model.errors import ConfigError
from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.store.atomic import replace_file
from paper_digest.store.folders import folder_files
from paper_digest.store.overrides import OVERRIDES_ENDS, OVERRIDES_FOLDER, check_overrides
from paper_digest.text.yaml_document import parse_yaml

#: Wide enough that no text is broken over lines: differences of two versions are then read at a glance.
_LINE_WIDTH = 100_000


class _Entry(NamedTuple):
    """The override of a paper as it stands in a file: where, what it says, and whether we may write it."""

    path: Path
    place: str
    values: dict[str, Any]
    is_rewritable: bool


def change_override(
    archive: Path,
    paper: Paper,
    topic_names: Iterable[str],
    change: Mapping[str, Any],
    named_id: str = "",
) -> Path | None:
    """Change what the operator decided about a paper.

    A paper without an override gets a file of its own, named like the last part of its address. The entry is
    about the id that a person gave: where two records were united by mistake it stays with the paper that
    was meant.

    Args:
        archive: the folder ``archive/``.
        paper: the paper as it is stored.
        topic_names: names that topics have, or had.
        change: fields of an override with their new values, ``None`` for those to leave out; ``fix``
            is changed field by field in the same way, and so are its ``links``.
        named_id: which of its ids it was called by; "" for its present one.

    Returns:
        The file written, or that says so already; ``None`` where nothing is left to decide, and the file is gone.

    Raises:
        ConfigError: the change would make an override that cannot be used, or the override stands in a
            file with others or with comments, which rewriting would lose, or holds its links as a list of which
            one is to be changed, or there are two. Nothing is written then.
    """
    entry = _find_entry(archive / OVERRIDES_FOLDER, {paper.id, *paper.aliases})
    if entry:
        _check_links(entry, change)
    about = named_id or paper.id
    old = entry.values if entry else {"id": about}
    values = _merged(old, change)
    if "at" in old and not _fixes_more(_fix_of(old), _fix_of(values)):
        # Readers see the day with each fixed field: it moves with these alone.
        values["at"] = old["at"]
    if entry and values == old:
        return entry.path
    if entry and not entry.is_rewritable:
        wanted = _written(values).decode()
        raise ConfigError(
            entry.place,
            f"the override of {paper.id} stands beside others or comments, which are not rewritten",
            "make it there:\n" + wanted.rstrip(),
        )
    path = entry.path if entry else archive / OVERRIDES_FOLDER / f"{slug(about)}.yml"
    if not entry and path.exists():
        raise ConfigError(str(path), f"holds no override of {about}", "give the file another name")
    if not values.keys() - {"id", "why", "at"}:
        path.unlink(missing_ok=True)
        return None
    data = _written([values])
    check_overrides(data, str(path), topic_names)
    replace_file(path, data)
    return path


def _find_entry(folder: Path, ids: set[str]) -> _Entry | None:
    """Find the override of a paper by any of its ids; files that cannot be read are passed over.

    Raises:
        ConfigError: there are two, as of records that were united.
    """
    entry: _Entry | None = None
    for path in folder_files(folder):
        if path.suffix not in OVERRIDES_ENDS or not path.is_file():
            continue
        data = path.read_bytes()
        try:
            document = parse_yaml(data, str(path))
        except ConfigError:
            continue
        entries = document.value if isinstance(document.value, list) else []
        for number, values in enumerate(entries):
            if isinstance(values, dict) and values.get("id") in ids:
                if entry:
                    what = f"is the second override of one paper, whose other is in {entry.place}"
                    raise ConfigError(document.place(number), what, "put both into one entry")
                has_comments = b"#" in data and data != _written(entries)
                is_alone = len(entries) == 1 and not has_comments and path.suffix == ".yml"
                entry = _Entry(path, document.place(number), values, is_alone)
    return entry


def _check_links(entry: _Entry, change: Mapping[str, Any]) -> None:
    """Refuse to change links of one kind in a list of links, which says all that a paper has."""
    before, wanted = (of.get("fix") for of in (entry.values, change))
    if not (isinstance(before, dict) and isinstance(wanted, Mapping)):
        return
    if isinstance(before.get("links"), list) and isinstance(wanted.get("links"), Mapping):
        raise ConfigError(
            entry.place, "links is a list, and says all links of the paper", "change it there"
        )


def _fix_of(values: Mapping[str, Any]) -> Mapping[str, Any]:
    fix = values.get("fix")
    return fix if isinstance(fix, Mapping) else {}


def _fixes_more(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Tell whether a fix says more than before, or something else, and not only less."""
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            if _fixes_more(before, value):
                return True
        elif name not in old or before != value:
            return True
    return False


def _written(value: object) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=_LINE_WIDTH).encode()


def _merged(values: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with a change made; what is left empty by it goes, an empty text stays."""
    merged = dict(values)
    for name, value in change.items():
        if isinstance(value, Mapping):
            before = merged.get(name)
            value = _merged(before if isinstance(before, dict) else {}, value) or None  # noqa: PLW2901 - what to store
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged
