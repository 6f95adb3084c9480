"""The static API's lists: what there is, and the papers of each day, topic and curator's list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urljoin

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.topic import Topic
from paper_digest.render.exports import agent_lists, api_types
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.dump import DUMP_PATH as DUMP
from paper_digest.render.pages.curated_lists import list_entries
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import CuratedList, ListItem
from paper_digest.text.tex import convert as latex

#: Topics with more papers are cut by year.
MAX_PAPERS_UNSPLIT = 500

_UNDATED = "undated"

#: Goes up when a field changes its meaning or falls away; new fields do not count.
API_VERSION = 2

#: Where everything is, as ``api/index.json`` says it.
PATH_TEMPLATES = {
    "paper": "api/papers/{slug}.json",
    "date": "api/dates/{date}.json",
    "daily": "api/daily/{year}/{month}/{day}.json",
    "daily_year": "api/daily/{year}.json",
    "trending": agent_lists.TRENDING_PATH,
    "topic": "api/topics/{name}.json",
    "topic_year": "api/topics/{name}/{year}.json",
    "list": "api/lists/{name}.json",
    "list_feed": "feeds/lists/{name}.{atom,json}",
    "picks_feed": "feeds/picks.{atom,json}",
    "monitor_feed": "feeds/monitors/{name}.{atom,json}",
    "changes_feed": "feeds/changes.{atom,json}",
    "accepted_feed": "feeds/accepted.{atom,json}",
    "corrections_feed": "feeds/corrections.{atom,json}",
    "meetings_calendar": "feeds/meetings.ics",
    "list_citations": "exports/lists/{name}.{bib,json,ris}",
    "topic_text": "llms-full/{name}.txt",
    "page_markdown": "papers/{slug}.md",
    "paper_bibtex": "papers/{slug}.bib",
    "paper_linkset": "papers/{slug}.linkset.json",
    "dump": DUMP,
    "schema": api_types.SCHEMA_PATH,
    "feed": "feeds/all.{atom,json}",
    "topic_feed": "feeds/topics/{name}.{atom,json}",
    "author_feed": "feeds/authors/{name}.atom",
    "organisation_feed": "feeds/organisations/{name}.atom",
    "trending_feed": "feeds/trending/{list}.{atom,json}",
    "topic_citations": "exports/topics/{name}.{bib,json,ris}",
    "month_citations": "exports/months/{month}.{bib,json,ris,slugs.json}",
    "span_citations": "exports/months/{first}--{last}.{bib,json,ris,slugs.json}",
    "spans": "exports/months/spans.json",
}


def file_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make ``api/index.json``, the schema, and the lists of days and topics."""
    yield OutputGroup("api/index", None, partial(_top, catalog, config))
    for day, entries in catalog.by_day.items():
        yield OutputGroup(f"api/dates/{day}", catalog.date_hashes[day], partial(_day, day, entries))
    for topic in catalog.topics.values():
        yield from _topic_groups(topic, catalog)
    for one in catalog.curated.lists.all:
        inputs = catalog.hash_entries(list_entries(one, catalog), one)
        yield OutputGroup(f"api/lists/{one.name}", inputs, partial(_collection, one, catalog))


def _top(catalog: Catalog, config: Config) -> Iterator[SiteFile]:
    yield "api/index.json", _json(_index(catalog, config))
    yield api_types.SCHEMA_PATH, api_types.json_schema(config)


def _day(day: str, entries: tuple[CatalogEntry, ...]) -> Iterator[SiteFile]:
    yield f"api/dates/{day}.json", _json(api_types.Day(day, _rows(entries)))


def _index(catalog: Catalog, config: Config) -> api_types.Index:
    return api_types.Index(
        version=API_VERSION,
        title=config.title,
        description=config.description,
        url=site_url("index.md", config, "api/index.json"),
        documentation=site_url("api.md", config, "api/index.json"),
        papers=len(catalog.entries),
        paths=PATH_TEMPLATES,
        topics=tuple(
            api_types.TopicCount(
                name=topic.name,
                title=topic.title,
                parent=topic.parent,
                papers=len(catalog.by_topic[topic.name]),
            )
            for topic in catalog.topics.values()
        ),
        dates={day: len(entries) for day, entries in catalog.by_day.items()},
        newest_day=catalog.present_day,
        lists=tuple(
            api_types.CollectionCount(
                name=one.name, title=one.title, by=one.by, papers=len(one.slugs)
            )
            for one in catalog.curated.lists.all
        ),
        volumes=tuple(
            api_types.VolumeSite(
                name=volume.name, url=_other_site(volume.path, config), papers=volume.papers
            )
            for volume in catalog.volumes
        ),
        current_site=config.current_site and _other_site(config.current_site, config),
    )


def _other_site(path: str, config: Config) -> str:
    """Return the address of a site of the archive, given from this one's root, as ``api/index.json`` has it."""
    return urljoin(config.url, path) if config.url else f"../{path}"


def _topic_groups(topic: Topic, catalog: Catalog) -> Iterator[OutputGroup[SiteFile]]:
    """Name the list of a topic; of a large one what years there are, and the list of each year."""
    entries, stem = catalog.by_topic[topic.name], f"api/topics/{topic.name}"
    topic_list = api_types.TopicList(
        name=topic.name,
        title=topic.title,
        description=topic.description,
        parent=topic.parent,
        children=tuple(child.name for child in catalog.child_topics[topic.name]),
        count=len(entries),
    )
    if len(entries) <= MAX_PAPERS_UNSPLIT:
        make = partial(_topic, stem, topic_list, entries)
        yield OutputGroup(stem, catalog.topic_hashes[topic.name], make)
        return
    by_year = catalog.topic_years[topic.name]
    counts = {year or _UNDATED: len(some) for year, some in by_year.items()}
    topic_list = msgspec.structs.replace(topic_list, years=counts)
    yield OutputGroup(stem, catalog.hash_entries((), counts), partial(_topic, stem, topic_list))
    for year, year_entries in by_year.items():
        path, inputs = f"{stem}/{year or _UNDATED}", catalog.topic_year_hashes[topic.name][year]
        make = partial(_topic_year, path, topic.name, year or _UNDATED, year_entries)
        yield OutputGroup(path, inputs, make)


def _topic(
    stem: str, topic_list: api_types.TopicList, entries: Iterable[CatalogEntry] | None = None
) -> Iterator[SiteFile]:
    papers = None if entries is None else _rows(entries)
    yield f"{stem}.json", _json(msgspec.structs.replace(topic_list, papers=papers))


def _topic_year(
    path: str, topic_name: str, year: str, entries: Iterable[CatalogEntry]
) -> Iterator[SiteFile]:
    yield f"{path}.json", _json(api_types.Year(topic_name, year, _rows(entries)))


def _collection(one: CuratedList, catalog: Catalog) -> Iterator[SiteFile]:
    sections: list[tuple[ListItem, list[api_types.CuratedPaper]]] = [(ListItem(), [])]
    for item in one.items:
        if item.section:
            sections.append((item, []))
            continue
        [row] = (
            _rows([catalog.by_slug[item.slug]]) if item.slug else [api_types.Row("", item.paper)]
        )
        words = {"note": item.note, "added": item.added}
        row_fields = msgspec.structs.asdict(row)
        sections[-1][1].append(api_types.CuratedPaper(**row_fields, **words))
    made = api_types.CuratedCollection(
        name=one.name,
        title=one.title,
        about=one.about,
        by=one.by,
        count=len(one.slugs),
        sections=tuple(
            api_types.CuratedSection(start.section, tuple(papers), start.note)
            for start, papers in sections
            if start.section or papers
        ),
    )
    yield f"api/lists/{one.name}.json", _json(made)


def _rows(entries: Iterable[CatalogEntry]) -> tuple[api_types.Row, ...]:
    return tuple(
        api_types.Row(e.slug, latex.to_unicode(e.title), e.filing_date, e.notice) for e in entries
    )


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
