"""A page for every printed name that stands on enough papers, and the index of names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import span
from paper_digest.render.pages import name_urls, paper_lists, sidebar
from paper_digest.render.pages.page import Page, Pages, always
from paper_digest.render.span import Span, paragraph
from paper_digest.search.tokenizer import fold

#: Names in the index's first part, and co-authors on a page.
MOST, WITH = 60, 12
#: Stands for a letter where a name begins with none.
OTHER = "other"


def groups(catalog: Catalog, size: int) -> Iterator[Pages]:
    """Make the index, its pages by letter, and each name's pages."""
    letters: dict[str, list[str]] = defaultdict(list)
    for name in catalog.by_author:
        letters[_letter(name)].append(name)
    yield always(_index(catalog, sorted(letters, key=lambda letter: (letter == OTHER, letter))))
    for letter, names in sorted(letters.items()):
        counts = [(name, len(catalog.by_author[name])) for name in names]
        make = partial(_letter_page, letter, names, catalog)
        yield OutputGroup(f"authors/a-z/{letter}", catalog.hash_entries((), sorted(counts)), make)
    for name, entries in catalog.by_author.items():
        make = partial(_author, name, entries, catalog, size)
        yield OutputGroup(
            name_urls.path("authors", name).removesuffix(".md"), catalog.hash_entries(entries), make
        )


def link(name: str, catalog: Catalog) -> Span:
    """Set an author's name, linked where the name has a page."""
    label = span.text(name)
    known = name in catalog.by_author
    return span.page_link(label, name_urls.path("authors", name)) if known else label


def _ranked(found: Counter[str], most: int, catalog: Catalog) -> list[tuple[Span, int]]:
    """Take the most frequent names, in the alphabet's order where they are even."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [(link(name, catalog), number) for name, number in ordered[:most]]


def _index(catalog: Catalog, letters: list[str]) -> Page:
    number = len(catalog.by_author)
    least = min(map(len, catalog.by_author.values()), default=0)
    what = f"Names printed on {least:,} papers or more have a page: {number:,} names."
    if not number:
        what = "No author of this archive has a page."
    what += " Papers by all others are found through the search."
    top = Counter({name: len(entries) for name, entries in catalog.by_author.items()})
    parts = [
        span.heading(1, span.text("Authors"), "authors"),
        paragraph(span.text(what)),
        paragraph(span.join(_to(letter) for letter in letters), "pd-letters"),
        span.heading(2, span.text("Most papers in this archive"), "most"),
        sidebar.names(_ranked(top, MOST, catalog)),
        paragraph(span.text("People who share a name share a page."), "pd-by"),
    ]
    meta = {"title": "Authors", "kind": "index", "hide": ["navigation", "toc"]}
    return Page("authors/index.md", meta, span.blocks(parts))


def _letter_page(letter: str, own: list[str], catalog: Catalog) -> list[Page]:
    ordered = sorted(own, key=_sorting)
    entries = ((link(name, catalog), len(catalog.by_author[name])) for name in ordered)
    parts = [
        span.heading(1, span.text(f"Authors: {letter.upper()}"), "letter"),
        paragraph(span.page_link(span.text("All authors"), "authors/index.md"), "pd-facts"),
        paragraph(span.text("By the last word of the printed name."), "pd-by"),
        sidebar.names(entries),
    ]
    meta = {
        "title": f"Authors: {letter.upper()}",
        "kind": "index",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return [Page(f"authors/a-z/{letter}.md", meta, span.blocks(parts))]


def _author(
    name: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, size: int
) -> list[Page]:
    others = Counter(other for e in entries for other in dict.fromkeys(e.authors) if other != name)
    orcids = sorted({orcid for e in entries for own, orcid in e.orcids if own == name})
    told = [span.page_link(span.text("Authors"), "authors/index.md")]
    told += [
        span.link(span.text(f"ORCID {orcid}"), f"https://orcid.org/{orcid}") for orcid in orcids
    ]
    side = (
        *sidebar.part(span.text("Writes with"), "with", _ranked(others, WITH, catalog)),
        *sidebar.topics(entries, catalog),
    )
    head = [
        span.heading(1, span.text(name), "author"),
        paragraph(span.join(told, " · "), "pd-facts"),
        paragraph(span.text(_caution(orcids)), "pd-by"),
    ]
    meta = {"title": name, "feed": name_urls.feed("authors", name)}
    frame = paper_lists.Frame(head, side)
    return paper_lists.pages(name_urls.path("authors", name), meta, frame, entries, catalog, size)


def _caution(orcids: list[str]) -> str:
    if len(orcids) > 1:
        return "More than one person of this name is on this page, as their ORCID iDs tell."
    return "All papers that print this name; people who share it cannot be told apart here."


def _to(letter: str) -> Span:
    return span.page_link(span.text(letter.upper()), f"authors/a-z/{letter}.md")


def _letter(name: str) -> str:
    first = fold(_sorting(name)[0])[:1]
    return first if first.isascii() and first.isalpha() else OTHER


def _sorting(name: str) -> tuple[str, str]:
    words = name.casefold().split()
    return (words[-1] if words else "", name)
