"""A page for every organisation that a source names, and the index of organisations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import prose
from generator.catalog import Catalog, Entry, months
from generator.kept.group import Group
from generator.pages import chart, common, lists, named
from generator.pages.page import Page, Pages, always
from generator.prose import paragraph


def groups(catalog: Catalog, size: int) -> Iterator[Pages]:
    """Make the index and each organisation's pages."""
    yield always(_index(catalog))
    for name, entries in catalog.by_organisation.items():
        make = partial(_organisation, name, entries, catalog, size)
        yield Group(
            named.path("organisations", name).removesuffix(".md"), catalog.seen(entries), make
        )


def ranked(catalog: Catalog) -> list[tuple[str, int]]:
    """List organisations with their numbers of papers, the largest first."""
    found = ((name, len(entries)) for name, entries in catalog.by_organisation.items())
    return sorted(found, key=lambda item: (-item[1], item[0].casefold()))


def _index(catalog: Catalog) -> Page:
    what = "As the sources name them; Hugging Face names the organisation that submitted a paper."
    least = min(map(len, catalog.by_organisation.values()), default=0)
    if not least:
        what = "No source of this archive names organisations."
    elif least > 1:
        what += f" Those of {least:,} papers or more have a page."
    parts = [
        prose.heading(1, prose.text("Organisations"), "organisations"),
        paragraph(prose.text(what)),
        common.names((common.organisation(n, catalog), number) for n, number in ranked(catalog)),
    ]
    meta = {"title": "Organisations", "kind": "index", "hide": ["navigation", "toc"]}
    return Page("organisations/index.md", meta, prose.blocks(parts))


def _organisation(name: str, entries: tuple[Entry, ...], catalog: Catalog, size: int) -> list[Page]:
    above = prose.page_link(prose.text("All organisations"), "organisations/index.md")
    head = [
        prose.heading(1, prose.text(name), "organisation"),
        paragraph(above, "pd-facts"),
        chart.per_month(months(entries), f"papers of {name}"),
    ]
    path = named.path("organisations", name)
    meta = {"title": name, "feed": named.feed("organisations", name)}
    frame = lists.Frame(head, common.topics(entries, catalog))
    return lists.pages(path, meta, frame, entries, catalog, size)
