"""What the operator decides about single papers: fix, hide, pin, retag; kept apart from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from paper_digest.identity.merge import ID_KINDS, attribute_fields, merge_papers
from paper_digest.model.errors import ConfigError
from paper_digest.model.ids import is_arxiv_id
from paper_digest.model.paper import CLAIMED_FIELDS, LINK_KINDS, Link, Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields as intake
from paper_digest.text.dates import iso_day, partial_date

OVERRIDES_FOLDER = "overrides"

#: Fields a fix may set.
FIXABLE_FIELDS = (*CLAIMED_FIELDS, "links")

_DATE_FIELDS = ("published", "updated", "announced")


class Override(StrictStruct, frozen=True):
    """One entry of a file in ``archive/overrides/``.

    Attributes:
        id: the paper it is about, as its file in the store has it (``arxiv:2503.02130``), or an
            id it had before.
        fix: fields of the paper and their right values, believed over every source.
        hide: leave the paper out of the site.
        pin: keep the paper at the head of the home page.
        topics: the paper's topics, instead of the computed ones.
        why: a note for the operator.
        at: the day of the decision (ISO date), shown with a fixed field.
    """

    id: str
    fix: dict[str, Any] = msgspec.field(default_factory=dict)
    hide: bool = False
    pin: bool = False
    topics: tuple[str, ...] | None = None
    why: str = ""
    at: str = ""


def load_overrides(archive: Path, topic_names: Iterable[str]) -> dict[str, Override]:
    """Read all overrides, by id of the paper.

    Raises:
        ConfigError: naming file, line and cure, for YAML that is none, an unknown field or topic,
            a value of the wrong kind, a paper that has two overrides, or a file of another name.
    """
    by_id: dict[str, Override] = {}
    known_topics = frozenset(topic_names)
    for path in sorted((archive / OVERRIDES_FOLDER).glob("*")):
        if path.suffix in {".yaml", ".json"}:
            raise ConfigError(str(path), "is not read", "give it a name that ends in .yml")
        for line, fields in _read_entries(path) if path.suffix == ".yml" else ():
            override = _parse_override(fields, known_topics, f"{path}:{line}")
            if override.id in by_id:
                cure = "put both into one entry"
                raise ConfigError(f"{path}:{line}", f"{override.id} has two overrides", cure)
            by_id[override.id] = override
    return by_id


def find_override(overrides: Mapping[str, Override], paper: Paper) -> Override | None:
    """Return the override of a paper, by its id or, where that has none, by an id it had before."""
    candidates = (overrides[i] for i in (paper.id, *paper.aliases) if i in overrides)
    return next(candidates, None)


def apply_fixes(paper: Paper, override: Override | None) -> Paper:
    """Return the paper with its fixes in place, said by ``editor``."""
    if override is None or not override.fix:
        return paper
    fixed = msgspec.structs.replace(_parse_fix(override), id=paper.id)
    merged = merge_papers(paper, attribute_fields(fixed, "editor", override.at))
    return msgspec.structs.replace(merged, links=fixed.links) if fixed.links else merged


def _parse_fix(override: Override) -> Paper:
    """Make a paper of a fix.

    Raises:
        msgspec.ValidationError: a value is of the wrong type. ValueError: it is no date, no web
            address, or no kind of link.
    """
    values = dict(override.fix)
    if "authors" in values and isinstance(values["authors"], list):
        values["authors"] = [{"name": a} if isinstance(a, str) else a for a in values["authors"]]
    if isinstance(values.get("links"), dict):
        values["links"] = [Link(kind, url) for kind, url in values["links"].items()]
    fixed = msgspec.convert({"id": override.id, **values}, Paper)
    for name in _DATE_FIELDS:
        text = getattr(fixed, name)
        whole = iso_day(text) if name != "published" else partial_date(*text.split("-")[:3])
        if text != whole:
            raise ValueError(f"{name} is no ISO date: {text!r}")
    for link in fixed.links:
        if link.kind not in LINK_KINDS:
            raise ValueError(
                f"there is no kind of link {link.kind!r}; known: {', '.join(LINK_KINDS)}"
            )
        if not intake.valid_url(link.url):
            raise ValueError(f"{link.url!r} is no web address")
    return fixed


def _read_entries(path: Path) -> Iterator[tuple[int, object]]:
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        entries = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        problem_mark = getattr(error, "problem_mark", None)
        where = f"{path}:{problem_mark.line + 1}" if problem_mark else str(path)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        raise ConfigError(
            where, f"is not YAML: {what}", "quote the value or mend the indent"
        ) from error
    if entries is None:
        return
    if not isinstance(entries, list) or not isinstance(node, yaml.SequenceNode):
        raise ConfigError(f"{path}:1", "is no list", "begin each override with: - id: ...")
    for item, entry in zip(node.value, entries, strict=True):
        yield item.start_mark.line + 1, _dates_to_text(entry)


def _dates_to_text(value: object) -> object:
    """Turn YAML's dates back into the text they were written as."""
    if isinstance(value, dict):
        return {key: _dates_to_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_to_text(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _parse_override(entry: object, topic_names: frozenset[str], where: str) -> Override:
    try:
        override = msgspec.convert(entry, Override)
        unknown = sorted(override.fix.keys() - {*FIXABLE_FIELDS})
        if unknown:
            cure = f"write one of: {', '.join(FIXABLE_FIELDS)}"
            raise ConfigError(where, f"fix: there is no field {unknown[0]!r}", cure)
        _parse_fix(override)
    except msgspec.ValidationError as error:
        cure = "fields of an override: id, fix, hide, pin, topics, why, at; put numbers in quotes"
        raise ConfigError(where, f"{error}", cure) from error
    except ValueError as error:
        raise ConfigError(where, f"fix: {error}", "correct it") from error
    if override.id.partition(":")[0] not in ID_KINDS:
        bare, _ = intake.parse_arxiv_id(override.id)
        cure = f"write arxiv:{bare}" if is_arxiv_id(bare) else "copy it from `digest explain`"
        raise ConfigError(where, f"{override.id!r} is no id", cure)
    for topic in override.topics or ():
        if topic not in topic_names:
            raise ConfigError(where, f"there is no topic {topic!r}", "write a name of archive.yml")
    return override
