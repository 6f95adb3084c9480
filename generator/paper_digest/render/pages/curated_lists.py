"""A page for every list that a curator keeps, in the curator's own order, and the index of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import paper_lists, sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind, SitemapEntry, index_entry
from paper_digest.render.pages.paper_rows import noted_row
from paper_digest.render.sentence import sentence
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.store.curated_lists import CuratedList, ListItem
from paper_digest.store.notes import Note
from paper_digest.text.language import gettext

_INDEX_PATH = "lists/index.md"


def list_entries(one: CuratedList, catalog: Catalog) -> tuple[CatalogEntry, ...]:
    """Return the papers of a list that the site has, in its order."""
    return tuple(catalog.by_slug[slug] for slug in one.slugs)


def list_link(one: CuratedList) -> Span:
    """Link to a list's page by its title."""
    return span.page_link(span.isolate(span.text(one.title)), one.page_path)


def list_feed_stem(one: CuratedList) -> str:
    """Path of a list's feed, without ending."""
    return f"feeds/lists/{one.name}"


def list_export_stem(one: CuratedList) -> str:
    """Path of a list's citations, without ending."""
    return f"exports/lists/{one.name}"


def dated_items(one: CuratedList, catalog: Catalog) -> list[tuple[str, ListItem]]:
    """Return the papers of a list with the day they came into it, or the paper's own; the newest first.

    Of one day, what stands further down comes first: new papers are usually written at the end. A paper without
    any day is left out, and one whose own day has not come.
    """
    dated = []
    for item in reversed(one.items):
        if item.slug:
            own_day = catalog.by_slug[item.slug].filing_date
            dated.append((item.added or (own_day if catalog.has_come(own_day) else ""), item))
    return sorted((pair for pair in dated if pair[0]), key=lambda pair: pair[0], reverse=True)


def lists_section(catalog: Catalog) -> list[Span]:
    """Name the lists with their numbers of papers, for the home page."""
    lists = catalog.curated.lists.all
    title = span.page_link(span.text(gettext("Lists")), _INDEX_PATH)
    counted = ((list_link(one), len(one.slugs)) for one in lists[: sidebar.MAX_LINES])
    return sidebar.counted_section(title, "lists", counted)


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    catalog = inputs.catalog
    lists = catalog.curated.lists.all
    if not lists:
        return
    yield single_page_group(_index(lists, catalog))
    for one in lists:
        has_feed = bool(
            dated_items(one, catalog)
        )  # it may get one with the day of a paper dated ahead
        inputs_hash = catalog.hash_entries(list_entries(one, catalog), one, has_feed)
        make = partial(_list_page, one, catalog)
        name = one.page_path.removesuffix(".md")
        yield OutputGroup(name, inputs_hash, make, has_free_links=bool(one.about))


def _index(lists: tuple[CuratedList, ...], catalog: Catalog) -> Page:
    lines = []
    for one in lists:
        count = paper_lists.format_paper_count(len(list_entries(one, catalog)))
        facts = span.join((span.text(count), _by(one)), " · ")
        lines.append([paragraph(list_link(one)), paragraph(facts, "pd-meta")])
    parts = [
        span.heading(1, span.text(gettext("Lists")), "lists"),
        paragraph(span.text(gettext("Papers that people of this archive chose and put in order."))),
        span.bullet_list(lines),
    ]
    meta = {"title": gettext("Lists"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page(_INDEX_PATH, meta, span.join_blocks(parts))


def _by(one: CuratedList) -> Span:
    return sentence(gettext("by {name}"), name=span.text(one.by)) if one.by else EMPTY


def _list_page(one: CuratedList, catalog: Catalog) -> tuple[Page]:
    entries = list_entries(one, catalog)
    meta: dict[str, Any] = {"title": one.title}
    if dated_items(one, catalog):
        meta["feed"] = list_feed_stem(one)
    if entries:
        meta["export"] = list_export_stem(one)
    above = span.page_link(span.text(gettext("All lists")), _INDEX_PATH)
    facts = span.join((above, _by(one)), " · ")
    head = [
        span.heading(1, span.text(one.title), "list"),
        paragraph(facts, "pd-meta"),
        *([span.operator_markdown(one.about)] if one.about else ()),
    ]
    count = paper_lists.format_paper_count(len(entries))
    rows = [paper_lists.toolbar(count, meta), *_sections(one, catalog)]
    frame = paper_lists.Frame(head, sidebar.topics_section(catalog.count_topics(entries), catalog))
    front = paper_lists.LIST_META | meta | {"search": {}, "papers": [e.slug for e in entries]}
    notes = (Note(one.file_name, one.about, one.about_line),) if one.about else ()
    return (Page(one.page_path, front, paper_lists.lay_out(frame, rows), notes=notes),)


def _sections(one: CuratedList, catalog: Catalog) -> Iterator[Span]:
    """Set the papers of each section below its title; search finds the list by its title and what it is about."""
    number, rows = 0, list[Span]()
    if one.items and not one.items[0].section:
        yield span.heading(2, span.text(gettext("Papers")), "papers", searchable=False)
    for item in one.items:
        if item.slug:
            rows.append(noted_row(catalog.by_slug[item.slug], catalog, span.text(item.note)))
            continue
        yield _rows_box(rows)
        rows = []
        if item.section:
            number += 1
            yield span.heading(2, span.text(item.section), f"section-{number}", searchable=False)
        else:
            yield _missing(item)
        yield paragraph(span.text(item.note))
    yield _rows_box(rows)


def _rows_box(rows: list[Span]) -> Span:
    return box("pd-list", [span.bullet_list_of(rows)])


def _missing(item: ListItem) -> Span:
    """Name a paper that the site has not, and lead to where it is."""
    name = span.text(item.paper)
    if item.url:
        name = span.html(f'<a href="{escape(item.url)}">') + name + span.html("</a>")
    return paragraph(
        name + span.text_run(" ") + span.text(gettext("(not in this archive)")), "pd-missing"
    )


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    lists = catalog.curated.lists.all
    if lists:
        yield index_entry(_INDEX_PATH, catalog)
    for one in lists:
        dated = dated_items(one, catalog)
        yield SitemapEntry(one.page_path, dated[0][0] if dated else "")


KIND = PageKind(("lists",), _groups, sitemap_entries=_sitemap_entries)
