"""Citation files: ``.bib``, ``.ris`` and CSL ``.json`` for every topic, every month and every curator's list.

They hold no abstracts unless the setting ``export_abstracts`` asks for them: each would stand in
several files, and the dump and the API have all.
A file for each day, author and search would repeat each paper many times over; those lists are
assembled in the browser, from the months' files: ``.slugs.json`` names a month's papers in their order.
Months of few papers that follow each other also share the files of a *span*, so that few files hold the
papers of many years; ``exports/months/spans.json`` lists the spans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from functools import partial
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render import citation
from paper_digest.render.exports.record_reader import RecordReader
from paper_digest.render.pages.curated_lists import list_entries, list_export_stem

#: Papers of a topic in one file, the newest; the months hold all.
MAX_PAPERS_PER_FILE = 100

#: Papers of a span of months; at most so many stand in the files of two months or more a second time. Where
#: months have more than half as many, each is asked for by itself: that is few files, and fewer bytes.
MAX_PAPERS_PER_SPAN = 200


class PaperCitations(NamedTuple):
    """A paper's citations."""

    bibtex: bytes
    csl_json: bytes
    ris: bytes


_SEPARATOR = b"\0"


def file_groups(
    catalog: Catalog, records: RecordReader, *, with_abstracts: bool = False
) -> Iterator[OutputGroup[SiteFile]]:
    """Make the files of all topics and months, newest paper first, and of lists in their own order; none is empty."""
    group = partial(_group, records=records, with_abstracts=with_abstracts)
    for month, entries in catalog.by_month.items():
        yield group(f"exports/months/{month}", entries, with_slugs=True)
    spans = month_spans(catalog.by_month)
    for months in spans:
        entries = tuple(e for month in reversed(months) for e in catalog.by_month[month])
        yield group(f"exports/months/{months[0]}--{months[-1]}", entries, with_slugs=True)
    listed = msgspec.json.encode([(months[0], months[-1]) for months in spans]) + b"\n"
    path = "exports/months/spans.json"
    yield OutputGroup(path, hash_bytes(listed), lambda: ((path, listed),))
    for name, entries in catalog.by_topic.items():
        is_cut = len(entries) > MAX_PAPERS_PER_FILE
        preamble = (
            f"The newest {MAX_PAPERS_PER_FILE} of {len(entries)} papers.\n\n" if is_cut else ""
        )
        if entries:
            yield group(f"exports/topics/{name}", entries[:MAX_PAPERS_PER_FILE], preamble)
    for one in catalog.curated.lists.all:
        if listed_papers := list_entries(one, catalog):
            yield group(list_export_stem(one), listed_papers)


def month_spans(by_month: Mapping[str, Sized]) -> list[Sequence[str]]:
    """Return the spans of two months or more that have files of their own, the oldest first.

    ``by_month`` has the papers of each month (``2025-11``), in any order. A span takes in the next
    month as long as its papers are at most ``MAX_PAPERS_PER_SPAN``; a month alone has its own files.
    """
    spans: list[list[str]] = []
    count = MAX_PAPERS_PER_SPAN
    for month in sorted(by_month):
        count += len(by_month[month])
        if count > MAX_PAPERS_PER_SPAN:
            spans.append([])
            count = len(by_month[month])
        spans[-1].append(month)
    return [months for months in spans if len(months) > 1]


def _group(
    stem: str,
    entries: tuple[CatalogEntry, ...],
    preamble: str = "",
    *,
    records: RecordReader,
    with_abstracts: bool,
    with_slugs: bool = False,
) -> OutputGroup[SiteFile]:
    slugs, citation_keys = [e.slug for e in entries], records.citation_keys
    keys = "\n".join([citation_keys[slug] for slug in slugs])
    inputs = hash_bytes(
        hash_of_hashes(map(records.record_hash, slugs)),
        keys.encode(),
        preamble.encode(),
        repr(with_abstracts).encode(),
    )

    def make() -> Iterator[SiteFile]:
        citations = [
            paper_citations(e.slug, records, with_abstract=with_abstracts) for e in entries
        ]
        # BibTeX takes text between entries for a comment.
        yield f"{stem}.bib", preamble.encode() + b"\n".join(one.bibtex for one in citations)
        yield f"{stem}.json", b"[" + b",\n".join(one.csl_json for one in citations) + b"]\n"
        yield f"{stem}.ris", b"\n".join(one.ris for one in citations)
        if with_slugs:
            yield f"{stem}.slugs.json", msgspec.json.encode([e.slug for e in entries])

    return OutputGroup(stem, inputs, make)


def paper_citations(
    slug: str, records: RecordReader, *, with_abstract: bool = False
) -> PaperCitations:
    """Return a paper's citations, made once for all files that hold them."""
    made = records.cached_text(
        f"citations/{slug}",
        _citations_key(slug, records, with_abstract=with_abstract),
        lambda: _make_citations(slug, records, with_abstract=with_abstract),
    )
    return PaperCitations(*made.split(_SEPARATOR))


def cache_citations(slug: str, records: RecordReader, *, with_abstract: bool = False) -> None:
    """Make a paper's citations for ``paper_citations``, where the record is at hand."""
    key = _citations_key(slug, records, with_abstract=with_abstract)
    made = _make_citations(slug, records, with_abstract=with_abstract)
    records.new_text(f"citations/{slug}", key, made)


def _citations_key(slug: str, records: RecordReader, *, with_abstract: bool) -> bytes:
    cite_key = records.citation_keys[slug].encode()
    return hash_bytes(records.record_hash(slug), cite_key, repr(with_abstract).encode())


def _make_citations(slug: str, records: RecordReader, *, with_abstract: bool) -> bytes:
    paper, key = records.paper(slug), records.citation_keys[slug]
    item = msgspec.json.encode(citation.csl_item(paper, key, with_abstract=with_abstract))
    bib = citation.bibtex_entry(paper, key, with_abstract=with_abstract)
    ris = citation.ris_record(paper, key, with_abstract=with_abstract)
    return _SEPARATOR.join((bib.encode(), item, ris.encode()))
