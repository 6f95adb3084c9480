"""A page for every printed name that stands on enough papers, and the index of names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from generator import prose
from generator.catalog import Catalog, Entry
from generator.kept.group import Group
from generator.pages import common, lists, named
from generator.pages.page import Page, Pages, always
from generator.prose import Span, paragraph
from generator.search.normalise import fold

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
        yield Group(f"authors/a-z/{letter}", catalog.seen((), sorted(counts)), make)
    for name, entries in catalog.by_author.items():
        make = partial(_author, name, entries, catalog, size)
        yield Group(named.path("authors", name).removesuffix(".md"), catalog.seen(entries), make)


def link(name: str, catalog: Catalog) -> Span:
    """Set an author's name, linked where the name has a page."""
    label = prose.text(name)
    known = name in catalog.by_author
    return prose.page_link(label, named.path("authors", name)) if known else label


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
        prose.heading(1, prose.text("Authors"), "authors"),
        paragraph(prose.text(what)),
        paragraph(prose.join(_to(letter) for letter in letters), "pd-letters"),
        prose.heading(2, prose.text("Most papers in this archive"), "most"),
        common.names(_ranked(top, MOST, catalog)),
        paragraph(prose.text("People who share a name share a page."), "pd-by"),
    ]
    meta = {"title": "Authors", "kind": "index", "hide": ["navigation", "toc"]}
    return Page("authors/index.md", meta, prose.blocks(parts))


def _letter_page(letter: str, own: list[str], catalog: Catalog) -> list[Page]:
    ordered = sorted(own, key=_sorting)
    entries = ((link(name, catalog), len(catalog.by_author[name])) for name in ordered)
    parts = [
        prose.heading(1, prose.text(f"Authors: {letter.upper()}"), "letter"),
        paragraph(prose.page_link(prose.text("All authors"), "authors/index.md"), "pd-facts"),
        paragraph(prose.text("By the last word of the printed name."), "pd-by"),
        common.names(entries),
    ]
    meta = {
        "title": f"Authors: {letter.upper()}",
        "kind": "index",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return [Page(f"authors/a-z/{letter}.md", meta, prose.blocks(parts))]


def _author(name: str, entries: tuple[Entry, ...], catalog: Catalog, size: int) -> list[Page]:
    others = Counter(other for e in entries for other in dict.fromkeys(e.authors) if other != name)
    orcids = sorted({orcid for e in entries for own, orcid in e.orcids if own == name})
    told = [prose.page_link(prose.text("Authors"), "authors/index.md")]
    told += [
        prose.link(prose.text(f"ORCID {orcid}"), f"https://orcid.org/{orcid}") for orcid in orcids
    ]
    side = (
        *common.part(prose.text("Writes with"), "with", _ranked(others, WITH, catalog)),
        *common.topics(entries, catalog),
    )
    head = [
        prose.heading(1, prose.text(name), "author"),
        paragraph(prose.join(told, " · "), "pd-facts"),
        paragraph(prose.text(_caution(orcids)), "pd-by"),
    ]
    meta = {"title": name, "feed": named.feed("authors", name)}
    frame = lists.Frame(head, side)
    return lists.pages(named.path("authors", name), meta, frame, entries, catalog, size)


def _caution(orcids: list[str]) -> str:
    if len(orcids) > 1:
        return "More than one person of this name is on this page, as their ORCID iDs tell."
    return "All papers that print this name; people who share it cannot be told apart here."


def _to(letter: str) -> Span:
    return prose.page_link(prose.text(letter.upper()), f"authors/a-z/{letter}.md")


def _letter(name: str) -> str:
    first = fold(_sorting(name)[0])[:1]
    return first if first.isascii() and first.isalpha() else OTHER


def _sorting(name: str) -> tuple[str, str]:
    words = name.casefold().split()
    return (words[-1] if words else "", name)
