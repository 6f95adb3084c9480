"""What came last, for the page "New for you": which papers came on which day, and their rows.

``days.json`` is small, since every list asks for it; rows and words come in parts of
``PAPERS_PER_PART`` papers of one day, since a reader needs those of few days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.paper import Paper
from paper_digest.render import urls
from paper_digest.render.exports.record_reader import RecordReader
from paper_digest.render.generated_paths import ARRIVALS_FOLDER
from paper_digest.render.pages.arrivals import PAGE_PATH
from paper_digest.render.pages.paper_rows import paper_row
from paper_digest.text.tex import convert as latex

PAPERS_PER_PART = 50

#: Authors by whom a paper is muted, or liked: the first of them.
MAX_AUTHORS = 30

_WORD = re.compile(r"[^\W\d_]{3,}")


class ArrivalDay(msgspec.Struct):
    """The papers that came on a day, in the order of their rows."""

    day: str
    slugs: tuple[str, ...]


class ArrivedPaper(msgspec.Struct):
    """A paper's row as HTML, and by what else it is muted or liked: topics have titles by name."""

    slug: str
    row: str
    authors: tuple[str, ...]
    topics: dict[str, str]


def file_groups(catalog: Catalog, records: RecordReader) -> Iterator[OutputGroup[SiteFile]]:
    """Yield the list of days, and the rows and words of each part."""
    days = [
        (day, tuple(entries))
        for day, entries in groupby(catalog.newest_arrivals, attrgetter("arrived"))
    ]
    listed = [ArrivalDay(day, tuple(e.slug for e in entries)) for day, entries in days]
    data = msgspec.json.encode({"part": PAPERS_PER_PART, "days": listed})
    yield OutputGroup(
        f"{ARRIVALS_FOLDER}/days",
        hash_bytes(data),
        lambda: ((f"{ARRIVALS_FOLDER}/days.json", data + b"\n"),),
    )
    for day, entries in days:
        for number, start in enumerate(range(0, len(entries), PAPERS_PER_PART)):
            part = entries[start : start + PAPERS_PER_PART]
            inputs = hash_bytes(
                catalog.hash_entries(part), *(records.record_hash(e.slug) for e in part)
            )
            stem = f"{ARRIVALS_FOLDER}/{day}-{number}"
            yield OutputGroup(stem, inputs, partial(_part_files, stem, part, catalog, records))


def _part_files(
    stem: str, entries: tuple[CatalogEntry, ...], catalog: Catalog, records: RecordReader
) -> Iterator[SiteFile]:
    papers = [_arrived_paper(e, catalog) for e in entries]
    yield f"{stem}.json", msgspec.json.encode(papers) + b"\n"
    words = {e.slug: _words(e.slug, records).decode() for e in entries}
    yield f"{stem}.words.json", msgspec.json.encode(words) + b"\n"


def _arrived_paper(entry: CatalogEntry, catalog: Catalog) -> ArrivedPaper:
    row = urls.resolve_html_links(paper_row(entry, catalog).with_blurb.html, PAGE_PATH)
    names = dict.fromkeys(n for t in entry.topics for n in (t, catalog.topics[t].parent) if n)
    topics = {name: catalog.topics[name].title for name in names}
    return ArrivedPaper(entry.slug, row, entry.authors[:MAX_AUTHORS], topics)


def _words(slug: str, records: RecordReader) -> bytes:
    """Return a paper's distinct words, made once: a new paper of a day moves others to another part."""
    key = records.record_hash(slug)
    return records.cached_text(
        f"words/{slug}", key, lambda: distinct_words(records.paper(slug)).encode()
    )


def distinct_words(paper: Paper) -> str:
    """Return the words of title, digest and abstract, each once, in the order of their first places."""
    digest = paper.digest.text if paper.digest else ""
    text = latex.to_unicode(f"{paper.title} {digest} {paper.abstract}")
    return " ".join(dict.fromkeys(_WORD.findall(text.lower())))
