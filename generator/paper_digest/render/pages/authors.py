"""A page for every author name on enough papers, and the index of names."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import name_urls, paper_lists, sidebar
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageKind, SitemapEntry, index_entry
from paper_digest.render.span import Span, paragraph
from paper_digest.text.fold import fold_text
from paper_digest.text.language import (
    format_number,
    gettext,
    ngettext,
)
from paper_digest.text.name_order import NameOrder, name_order

#: Names in the index's first part, and co-authors on a page.
MAX_TOP_AUTHORS, MAX_COAUTHORS_SHOWN = 60, 12
#: Index page of names that begin with no Latin letter.
OTHER_LETTER = "other"


def page_groups(catalog: Catalog, page_size: int) -> Iterator[PageGroup]:
    """Make the index, its pages by letter, and each name's pages."""
    letters: dict[str, list[str]] = defaultdict(list)
    for name in catalog.by_author:
        letters[_index_letter(name)].append(name)
    yield single_page_group(
        _index(catalog, sorted(letters, key=lambda letter: (letter == OTHER_LETTER, letter)))
    )
    for letter, names in sorted(letters.items()):
        counts = [(name, len(catalog.by_author[name])) for name in names]
        make = partial(_letter_page, letter, names, catalog)
        yield OutputGroup(f"authors/a-z/{letter}", catalog.hash_entries((), sorted(counts)), make)
    for name, entries in catalog.by_author.items():
        make = partial(_author_pages, name, entries, catalog, page_size)
        coauthors = [catalog.linked_authors[e.slug] for e in entries]
        yield OutputGroup(
            name_urls.page_path("authors", name).removesuffix(".md"),
            catalog.hash_entries(entries, coauthors),
            make,
        )


def author_link(name: str, catalog: Catalog) -> Span:
    """Set an author's name, linked where the name has a page."""
    label = span.isolate(span.text(name))
    page_name = catalog.author_names.page_name(name)
    has_page = page_name in catalog.by_author
    return span.page_link(label, name_urls.page_path("authors", page_name)) if has_page else label


def _most_frequent(
    counts: Counter[str], max_names: int, catalog: Catalog
) -> list[tuple[Span, int]]:
    """Return the most frequent names as links with their counts; equal counts go by name."""
    least = min(heapq.nlargest(max_names, counts.values()), default=0)
    frequent = ((name, number) for name, number in counts.items() if number >= least)
    ordered = sorted(frequent, key=lambda item: (-item[1], name_order(item[0])))
    return [(author_link(name, catalog), number) for name, number in ordered[:max_names]]


def _index(catalog: Catalog, letters: list[str]) -> Page:
    number = len(catalog.by_author)
    least = min(map(len, catalog.by_author.values()), default=0)
    what = ngettext(
        "Names on at least {least} papers have a page: {n} name.",
        "Names on at least {least} papers have a page: {n} names.",
        number,
        least=format_number(least),
    )
    if not number:
        what = gettext("No author of this archive has a page.")
    elif least == 1:  # every name has a page, and there are no others
        what = ngettext("{n} author name", "{n} author names", number)
    else:
        others = gettext("The search finds the papers of all others.")
        what = f"{what} {others}"
    top = Counter({name: len(entries) for name, entries in catalog.by_author.items()})
    parts = [
        span.heading(1, span.text(gettext("Authors")), "authors"),
        paragraph(span.text(what)),
    ]
    if number:
        parts += [
            paragraph(span.join(_letter_link(letter) for letter in letters), "pd-letters"),
            span.heading(2, span.text(gettext("Most papers in this archive")), "most"),
            sidebar.name_columns(_most_frequent(top, MAX_TOP_AUTHORS, catalog)),
            paragraph(span.text(gettext("People who share a name share a page.")), "pd-small"),
        ]
    meta = {"title": gettext("Authors"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("authors/index.md", meta, span.join_blocks(parts))


def _letter_page(letter: str, names: list[str], catalog: Catalog) -> list[Page]:
    ordered = sorted(names, key=_sort_key)
    title = gettext("Authors: {letter}", letter=_letter_label(letter))
    entries = ((author_link(name, catalog), len(catalog.by_author[name])) for name in ordered)
    parts = [
        span.heading(1, span.text(title), "letter"),
        paragraph(span.page_link(span.text(gettext("All authors")), "authors/index.md"), "pd-meta"),
        paragraph(span.text(gettext("Sorted by the last word of the name.")), "pd-small"),
        sidebar.name_columns(entries),
    ]
    meta = {
        "title": title,
        "kind": "index",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return [Page(f"authors/a-z/{letter}.md", meta, span.join_blocks(parts))]


def _author_pages(
    name: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, page_size: int
) -> list[Page]:
    others = Counter(
        other
        for e in entries
        for other in dict.fromkeys(catalog.author_names.page_names(e.authors))
        if other != name
    )
    orcids = sorted(
        {
            orcid
            for e in entries
            for printed, orcid in e.orcids
            if catalog.author_names.page_name(printed) == name
        }
    )
    header_links = [span.page_link(span.text(gettext("Authors")), "authors/index.md")]
    header_links += [
        span.link(span.text(f"ORCID {orcid}"), f"https://orcid.org/{orcid}") for orcid in orcids
    ]
    side = (
        *sidebar.counted_section(
            span.text(gettext("Co-authors")),
            "with",
            _most_frequent(others, MAX_COAUTHORS_SHOWN, catalog),
        ),
        *sidebar.topics_section(catalog.count_topics(entries), catalog),
    )
    head = [
        span.heading(1, span.text(name), "author"),
        paragraph(span.join(header_links, " · "), "pd-meta"),
        paragraph(span.text(_namesake_note(orcids)), "pd-small"),
    ]
    meta = {
        "title": name,
        "feed": name_urls.feed_path("authors", name),
        "feed_is_short": True,
        "with_blurbs": False,  # the days' own pages have them
    }
    frame = paper_lists.Frame(head, side)
    return paper_lists.list_pages(
        name_urls.page_path("authors", name), meta, frame, entries, catalog, page_size
    )


def _namesake_note(orcids: list[str]) -> str:
    if len(orcids) > 1:
        return gettext(
            "This page lists more than one person of this name: they have different ORCID iDs."
        )
    return gettext("All papers with this author name; people who share a name share a page.")


def _letter_label(letter: str) -> str:
    return gettext("OTHER") if letter == OTHER_LETTER else letter.upper()


def _letter_link(letter: str) -> Span:
    return span.page_link(span.text(_letter_label(letter)), f"authors/a-z/{letter}.md")


def _index_letter(name: str) -> str:
    first = fold_text(_last_word(name))[:1]
    return first if first.isascii() and first.isalpha() else OTHER_LETTER


def _sort_key(name: str) -> tuple[NameOrder, NameOrder]:
    return name_order(_last_word(name)), name_order(name)


def _last_word(name: str) -> str:
    words = name.split()
    return words[-1] if words else ""


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    yield index_entry("authors/index.md", catalog)
    for name, entries in catalog.by_author.items():
        yield SitemapEntry(name_urls.page_path("authors", name), entries[0].filing_date)


KIND = PageKind(
    ("authors",),
    lambda inputs: page_groups(inputs.catalog, inputs.config.page_size),
    sitemap_entries=_sitemap_entries,
)
