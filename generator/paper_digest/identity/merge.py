"""Two records of one paper made one: nothing lost, order of arrival without effect.

A paper's claimed fields form a table of *claims*, one cell for each field and source. Merging
takes the better claim of each cell and then, per field, the best cell; both are maxima of a total
order, so ``merge`` is idempotent, commutative and associative. Sightings, links, versions and
aliases are unions with a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from paper_digest.model import sightings
from paper_digest.model.paper import CLAIMED_FIELDS, Author, Claim, Digest, Link, Paper, Version

T = TypeVar("T")

#: Whom to believe, best first. ``editor`` is a person's own record; ``text`` is a saved page.
PRECEDENCE = (
    "editor",
    "arxiv",
    "acl",
    "openreview",
    "crossref",
    "bibtex",
    "huggingface",
    "text",
)

#: Publishers know more than arXiv about where a paper was published.
PUBLISHED_FIRST = (
    "editor",
    "acl",
    "crossref",
    "openreview",
    "bibtex",
    "arxiv",
    "huggingface",
    "text",
)
PRECEDENCE_OF = {"doi": PUBLISHED_FIRST, "journal_ref": PUBLISHED_FIRST, "venue": PUBLISHED_FIRST}

#: Which kind of id a paper keeps when two are united, best first.
ID_KINDS = ("arxiv", "acl", "doi", "openreview", "title")

#: A field and the mark that says its value is a poorer one.
_MARKS = {"abstract": "truncated", "published": "inferred"}

#: Worse than any unmarked quality of those two fields.
MARKED = -100


class Said(msgspec.Struct, frozen=True, order=True):
    """One cell of the table: how good the value is, when it was said, and what (as JSON text)."""

    quality: int
    at: str
    value: str


def stamp(paper: Paper, source: str, at: str) -> Paper:
    """Mark every claimed field that ``paper`` fills as said by ``source`` at the ISO date ``at``."""
    fields = tuple(f for f in CLAIMED_FIELDS if getattr(paper, f))
    return msgspec.structs.replace(paper, claims=(Claim(source, at, fields),))


def merge(old: Paper, new: Paper) -> Paper:
    """Unite two records of one paper; returns ``old`` itself where ``new`` adds nothing to it."""
    if old == new:
        return old
    best = min(old.id, new.id, key=lambda i: (ID_KINDS.index(i.partition(":")[0]), i))
    aliases = {*old.aliases, *new.aliases, old.id, new.id} - {best}
    merged = resolve(
        join(table(old), table(new)),
        Paper(
            id=best,
            aliases=tuple(sorted(aliases)),
            versions=_union(old.versions, new.versions, lambda v: v.number, _later_version),
            links=_union(old.links, new.links, lambda link: (link.kind, link.url), _fresher_link),
            sightings=_union(
                old.sightings,
                new.sightings,
                lambda s: (s.source, s.page),
                sightings.merge_sightings,
            ),
        ),
    )
    return old if merged == old or _differ_in_dates_only(old, merged) else merged


def table(paper: Paper) -> dict[tuple[str, str], Said]:
    """Spread a paper's claims into cells ``(field, source) -> Said``.

    A field nobody claims (written into the store by hand, say) is claimed by ``""``, which loses
    to every named source.
    """
    cells: dict[tuple[str, str], Said] = {}
    believed = {f: v for f in CLAIMED_FIELDS if (v := getattr(paper, f))}
    claimed: set[str] = set()
    for claim in paper.claims:
        for field in claim.agrees:
            if field in believed:
                marked = field in _MARKS and getattr(paper, _MARKS[field])
                _put(
                    cells,
                    (field, claim.source),
                    _said(field, believed[field], claim.at, marked=marked),
                )
                claimed.add(field)
        for field, value in claim.differs.items():
            if field in CLAIMED_FIELDS and value:
                marked = bool(claim.differs.get(_MARKS.get(field, "")))
                _put(cells, (field, claim.source), _said(field, value, claim.at, marked=marked))
    for field in believed.keys() - claimed:
        marked = field in _MARKS and getattr(paper, _MARKS[field])
        cells[field, ""] = _said(field, believed[field], "", marked=marked)
    return cells


def join(
    one: Mapping[tuple[str, str], Said], two: Mapping[tuple[str, str], Said]
) -> dict[tuple[str, str], Said]:
    """Take the greater of each cell: the better value, else the later, else the greater text."""
    cells = dict(one)
    for key, said in two.items():
        _put(cells, key, said)
    return cells


def ranking(field: str, cells: Mapping[tuple[str, str], Said]) -> list[tuple[str, Said]]:
    """List what each source said of a field, the one believed first: a person, then the best."""
    order = PRECEDENCE_OF.get(field, PRECEDENCE)
    said = [(source, s) for (f, source), s in cells.items() if f == field]

    def rank(pair: tuple[str, Said]) -> tuple[bool, int, int, str]:
        source, s = pair
        place = order.index(source) if source in order else len(order)
        return (source != "editor", -s.quality, place, source)

    return sorted(said, key=rank)


def resolve(cells: Mapping[tuple[str, str], Said], base: Paper) -> Paper:
    """Fill the claimed fields of ``base`` from the table, and write the table into its claims."""
    fields: dict[str, Any] = {}
    agrees: dict[tuple[str, str], list[str]] = {}
    differs: dict[tuple[str, str], dict[str, Any]] = {}
    for field in CLAIMED_FIELDS:
        ranked = ranking(field, cells)
        if not ranked:
            continue
        believed = ranked[0][1]
        fields[field] = msgspec.convert(decode(believed.value), _TYPES[field])
        if field in _MARKS and believed.quality <= MARKED:
            fields[_MARKS[field]] = True
        for source, said in ranked:
            key = (source, said.at)
            if (said.value, said.quality) == (believed.value, believed.quality):
                agrees.setdefault(key, []).append(field)
            else:
                differs.setdefault(key, {})[field] = decode(said.value)
                if field in _MARKS and said.quality <= MARKED:
                    differs[key][_MARKS[field]] = True
    claims = tuple(
        Claim(source, at, tuple(agrees.get((source, at), ())), differs.get((source, at), {}))
        for source, at in sorted({*agrees, *differs})
        if source or differs.get((source, at))
    )
    return msgspec.structs.replace(base, **fields, claims=claims)


def decode(value: str) -> Any:  # noqa: ANN401 - the JSON value of any field
    """Turn the value of a cell back into plain JSON data."""
    return msgspec.json.decode(value)


def _said(field: str, value: Any, at: str, *, marked: bool = False) -> Said:  # noqa: ANN401
    quality = MARKED if marked else 0
    if field == "announced":  # the first day any list carried it
        quality = -int(value.replace("-", ""))
    elif field == "published":  # a day says more than a month, a month more than a year
        quality += len(value) - len("YYYY-MM-DD")
    elif field == "digest" and decode(_json(value)).get("model"):  # a person's is the better one
        quality = -1
    return Said(quality, at, _json(value))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _put(cells: dict[tuple[str, str], Said], key: tuple[str, str], said: Said) -> None:
    if key not in cells or cells[key] < said:
        cells[key] = said


def _union(
    one: Iterable[T], two: Iterable[T], key: Callable[[T], Any], both: Callable[[T, T], T]
) -> tuple[T, ...]:
    found: dict[Any, T] = {}
    for item in (*one, *two):
        k = key(item)
        found[k] = both(found[k], item) if k in found else item
    return tuple(found[k] for k in sorted(found))


def _later_version(one: Version, two: Version) -> Version:
    return max(one, two, key=lambda v: v.date)


def _fresher_link(one: Link, two: Link) -> Link:
    """Take the later count of stars, and a title if either has one."""
    fresh = max(one, two, key=lambda link: (link.as_of, sightings.count_or_minus_one(link.stars)))
    return msgspec.structs.replace(fresh, title=max(one.title, two.title))


def _differ_in_dates_only(old: Paper, merged: Paper) -> bool:
    """Tell whether a source only said again what it had said before."""
    if msgspec.structs.replace(merged, claims=()) != msgspec.structs.replace(old, claims=()):
        return False
    before, after = table(old), table(merged)
    return before.keys() == after.keys() and all(
        (before[k].quality, before[k].value) == (after[k].quality, after[k].value) for k in before
    )


_TYPES: dict[str, Any] = {
    field.name: field.type for field in msgspec.structs.fields(Paper) if field.name in CLAIMED_FIELDS
} | {"digest": Digest, "authors": tuple[Author, ...]}
