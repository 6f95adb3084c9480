"""What the static API says, as types; the schema of all of it, and one paper's record."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, Literal

import msgspec

from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.render.exports import agent_types
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.api_descriptions import DESCRIPTIONS
from paper_digest.settings.config import Config

SCHEMA_PATH = "api/schema.json"

_encode = msgspec.json.Encoder().encode


class Record(Paper, frozen=True, kw_only=True):
    """One paper: the stored record and what is derived from it.

    ``url`` is the address of its page, ``topics`` are the names of its topics, the best match
    first, ``related`` are slugs, the nearest first, ``citation`` is a CSL-JSON item, whose abstract is that of the
    record unless it has one. The source of each field, ``claims``, is in the dump.
    """

    url: str = ""
    topics: tuple[str, ...] = ()
    citation: dict[str, Any] = msgspec.field(default_factory=dict)
    related: tuple[str, ...] = ()


class Moved(StrictStruct, frozen=True):
    """What lies at the address of an id that a paper had before.

    ``id`` is the former id, ``moved_to`` the present one, ``url`` the address of the present record.
    """

    id: str
    moved_to: str
    url: str


class Gone(StrictStruct, frozen=True):
    """What lies at the address of an id that is no paper's here.

    ``gone`` is ``removed`` (the archive's editors took the paper out) or ``disputed`` (the id was
    given for ``papers``, whose titles and authors disagree with what else bears it).
    """

    id: str
    gone: Literal["removed", "disputed"]
    papers: tuple[str, ...] = ()


class Row(StrictStruct, frozen=True):
    """A paper in a list; ``date`` is the day, month or year it is filed under.

    ``notice`` is the gravest of what was said against it: ``retracted``, ``withdrawn``, or the kind of a ``Notice``.
    """

    slug: str
    title: str
    date: str = ""
    notice: str = ""


class Day(StrictStruct, frozen=True):
    """The papers of one day."""

    date: str
    papers: tuple[Row, ...]


class Year(StrictStruct, frozen=True):
    """The papers of one topic in one year, or those without a year (``undated``)."""

    name: str
    year: str
    papers: tuple[Row, ...]


class TopicList(StrictStruct, frozen=True, kw_only=True):
    """A topic with its papers; a large topic has their number in each of its ``years`` instead."""

    name: str
    title: str
    description: str = ""
    parent: str = ""
    children: tuple[str, ...] = ()
    count: int
    papers: tuple[Row, ...] | None = None
    years: dict[str, int] | None = None


class CuratedPaper(Row, frozen=True):
    """A paper of a curator's list, with the curator's words on it, and the day on which it came into the list.

    A paper that the archive has not has no ``slug``; its ``title`` is then what the list calls it.
    """

    note: str = ""
    added: str = ""


class CuratedSection(StrictStruct, frozen=True):
    """Papers of a curator's list that stand below one title; that of those before any is empty."""

    title: str
    papers: tuple[CuratedPaper, ...]
    note: str = ""


class CuratedCollection(StrictStruct, frozen=True, kw_only=True):
    """A curator's list in its own order; ``about`` is Markdown, ``by`` who keeps it."""

    name: str
    title: str
    about: str = ""
    by: str = ""
    count: int
    sections: tuple[CuratedSection, ...]


class CollectionCount(StrictStruct, frozen=True, kw_only=True):
    """A curator's list and the number of its papers."""

    name: str
    title: str
    by: str = ""
    papers: int


class TopicCount(StrictStruct, frozen=True, kw_only=True):
    """A topic and the number of its papers, its subtopics' included."""

    name: str
    title: str
    parent: str = ""
    papers: int


class VolumeSite(StrictStruct, frozen=True, kw_only=True):
    """A volume: papers of this archive on a site of their own, as many as were given to it when it was closed."""

    name: str
    url: str
    papers: int


class Index(StrictStruct, frozen=True, kw_only=True):
    """The paths of all files, and every topic, curator's list and day with its number of papers on this site.

    Papers may be dated ahead: ``newest_day`` is the last day that has come, "" where none is known.
    ``volumes`` are further sites of the archive; a volume's ``current_site`` has the latest papers.
    """

    version: int
    title: str
    description: str = ""
    url: str
    documentation: str
    papers: int
    paths: dict[str, str]
    topics: tuple[TopicCount, ...]
    dates: dict[str, int]
    newest_day: str = ""
    lists: tuple[CollectionCount, ...] = ()
    volumes: tuple[VolumeSite, ...] = ()
    current_site: str = ""


def paper_file(
    paper: Paper,
    csl_item: dict[str, Any],
    topics: tuple[str, ...],
    config: Config,
    related: tuple[str, ...] = (),
) -> tuple[str, bytes]:
    """Return the path and content of one paper's record.

    ``csl_item`` is its CSL-JSON item, ``related`` are slugs of related papers.
    """
    path = f"api/papers/{paper.slug}.json"
    record = Record(
        **msgspec.structs.asdict(msgspec.structs.replace(paper, claims=())),
        url=site_url(f"papers/{paper.slug}.md", config, path),
        topics=topics,
        citation=csl_item,
        related=related,
    )
    return path, _encode(record)


def moved_files(
    paper: Paper, config: Config, present_slugs: Container[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of a small record for each id that a paper had before.

    An id that is another paper's by now (``present_slugs``) is left out.
    """
    for former in paper.aliases:
        if slug(former) in present_slugs:
            continue
        path = f"api/papers/{slug(former)}.json"
        url = site_url(f"api/papers/{paper.slug}.json", config, path)
        yield path, _encode(Moved(former, paper.id, url))


def gone_file(paper_id: str, given_for: tuple[str, ...], config: Config) -> tuple[str, bytes]:
    """Return path and content of a small record for an id that is no paper's.

    ``given_for``: slugs of the papers it was wrongly given for; none where its paper was taken out.
    """
    path = f"api/papers/{slug(paper_id)}.json"
    urls = tuple(site_url(f"api/papers/{one}.json", config, path) for one in given_for)
    return path, _encode(Gone(paper_id, "disputed" if urls else "removed", urls))


def json_schema(config: Config) -> bytes:
    """Return the JSON Schema (2020-12): of any file at a paper's address, and under ``$defs`` of every file.

    Nothing forbids more fields: new ones may come at any time.
    """
    ours = Record, Paper, Moved, Gone, Index, Day, TopicList, Year, CuratedCollection
    kinds = (*ours, *agent_types.KINDS)
    _, defs = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    defs["Record"]["properties"].pop("claims")
    for name, schema in defs.items():
        schema.pop("description", None)  # a docstring, which `python -OO` has not
        schema.pop("additionalProperties", None)
        defs[name] = {"title": schema["title"], "description": DESCRIPTIONS[name], **schema}
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": site_url(SCHEMA_PATH, config, SCHEMA_PATH),
        "title": "What lies at a paper's address",
        "description": "A record of the archive's API, or what stands where none is. A field that is absent "
        "is unknown, and new fields may come at any time. $defs has the other files too: Paper is a line of "
        "the dump, Moved lies where a record was before its paper got another id, Gone where there is no paper.",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in (Record, Moved, Gone)],
        "$defs": defs,
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
