"""A page for every organisation that a source names, and the index of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.periods import count_by_month
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import charts, name_urls, paper_lists, sidebar
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageKind, SitemapEntry, index_entry
from paper_digest.render.span import Span, paragraph
from paper_digest.text.fold import fold_text
from paper_digest.text.language import (
    format_number,
    gettext,
)
from paper_digest.text.name_order import name_order

#: Organisations up to which the index is one list, the largest first.
MAX_UNSORTED = 60

#: Organisations of a longer index that stand first.
MAX_LARGEST = 24


def page_groups(catalog: Catalog, page_size: int) -> Iterator[PageGroup]:
    """Make the index and each organisation's pages."""
    yield single_page_group(_index(catalog))
    for name, entries in catalog.by_organisation.items():
        make = partial(_organisation, name, entries, catalog, page_size)
        yield OutputGroup(
            name_urls.page_path("organisations", name).removesuffix(".md"),
            catalog.hash_entries(entries),
            make,
        )


def organisations_by_size(catalog: Catalog) -> list[tuple[str, int]]:
    """List organisations with their numbers of papers, the largest first."""
    counts = ((name, len(entries)) for name, entries in catalog.by_organisation.items())
    return sorted(counts, key=lambda item: (-item[1], name_order(item[0])))


def who_is_named(catalog: Catalog) -> str:
    """Say whom the sources name, and for how many papers."""
    sources = gettext(
        "As the sources name them; Hugging Face names the organisation that submitted a paper."
    )
    share = sidebar.organisation_share(catalog.entries)
    return f"{sources} {gettext('{counted}.', counted=share)}"


def _index(catalog: Catalog) -> Page:
    what = who_is_named(catalog)
    least = min(map(len, catalog.by_organisation.values()), default=0)
    if not least:
        what = gettext("No source of this archive names organisations.")
    if least > 1:
        what += " " + gettext(
            "Organisations with at least {least} papers have a page.", least=format_number(least)
        )
    ranked = organisations_by_size(catalog)
    parts = [
        span.heading(1, span.text(gettext("Organisations")), "organisations"),
        paragraph(span.text(what)),
        *(
            _largest_and_letters(ranked, catalog)
            if len(ranked) > MAX_UNSORTED
            else (_names(ranked, catalog),)
        ),
    ]
    meta = {"title": gettext("Organisations"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("organisations/index.md", meta, span.join_blocks(parts))


def _names(ranked: Iterable[tuple[str, int]], catalog: Catalog) -> Span:
    return sidebar.name_columns((sidebar.organisation_link(n, catalog), k) for n, k in ranked)


def _largest_and_letters(ranked: list[tuple[str, int]], catalog: Catalog) -> Iterator[Span]:
    """Set the largest organisations, then all by their first letter, with links to the letters."""
    by_letter: dict[str, list[tuple[str, int]]] = {}
    for name, number in sorted(ranked, key=lambda item: name_order(item[0])):
        letter = fold_text(name)[:1].upper()
        by_letter.setdefault(letter if "A" <= letter <= "Z" else "#", []).append((name, number))
    anchors = {
        letter: "other" if letter == "#" else f"letter-{letter.lower()}" for letter in by_letter
    }
    links = (span.html(f'<a href="#{anchor}">{letter}</a>') for letter, anchor in anchors.items())
    yield paragraph(span.join(links), "pd-letters")
    yield span.heading(2, span.text(gettext("Most papers in this archive")), "most")
    yield _names(ranked[:MAX_LARGEST], catalog)
    for letter, names in by_letter.items():
        yield span.heading(2, span.text(letter), anchors[letter])
        yield _names(names, catalog)


def _organisation(
    name: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, page_size: int
) -> list[Page]:
    above = span.page_link(span.text(gettext("All organisations")), "organisations/index.md")
    head = [
        span.heading(1, span.text(name), "organisation"),
        paragraph(above, "pd-meta"),
        charts.bar_chart(count_by_month(entries), gettext("papers of {name}", name=name)),
    ]
    path = name_urls.page_path("organisations", name)
    meta = {
        "title": name,
        "feed": name_urls.feed_path("organisations", name),
        "feed_is_short": True,
    }
    frame = paper_lists.Frame(head, sidebar.topics_section(catalog.count_topics(entries), catalog))
    return paper_lists.list_pages(path, meta, frame, entries, catalog, page_size)


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    yield index_entry("organisations/index.md", catalog)
    for name, entries in catalog.by_organisation.items():
        yield SitemapEntry(name_urls.page_path("organisations", name), entries[0].filing_date)


KIND = PageKind(
    ("organisations",),
    lambda inputs: page_groups(inputs.catalog, inputs.config.page_size),
    sitemap_entries=_sitemap_entries,
)
