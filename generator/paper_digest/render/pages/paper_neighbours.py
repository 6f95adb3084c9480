"""What a paper's page says of other papers: related ones, and the neighbours of the same day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from paper_digest.catalog.catalog import Catalog, RelatedPaper
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.paper_rows import notice_badge, paper_title, title_link
from paper_digest.render.sentence import sentence
from paper_digest.render.span import Span, paragraph
from paper_digest.render.urls import link_placeholder
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    active_language,
    gettext,
    list_separator,
    ngettext,
)

#: Authors named as the reason why two papers are related.
MAX_SHARED_AUTHORS_SHOWN = 2
#: Words of a search for more: those that a paper shares with most of its related papers. Measured beside
#: fewer, more, and the words of the title (``make bench-quality``).
_MAX_SEARCHED_WORDS = 4


def neighbours_block(entry: CatalogEntry, catalog: Catalog) -> Span:
    """Make the block of a paper's page that leads to other papers."""
    return box("pd-related", (*_related(entry, catalog), *_pager(entry, catalog)))


def neighbour_hash(entry: CatalogEntry, catalog: Catalog) -> bytes:
    """Hash all that the page of a paper says of other papers."""
    near = catalog.related.get(entry.slug, ())
    others = b"".join(catalog.shown_hashes[one.slug] for one in near)
    day_neighbours = [
        (e.path, e.title, e.notice) if e else None
        for e in catalog.day_neighbours.get(entry.slug, ())
    ]
    return catalog.hash_entries((entry,), others, near, day_neighbours)


def _related(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    items = []
    for near in catalog.related.get(entry.slug, ()):
        other = catalog.by_slug[near.slug]
        reason = _reason(entry, other, near, catalog)
        parts = [span.time_element(other.filing_date), reason]
        title = _title_block(other.title, other.id, other.path, other.notice, active_language())
        items.append([title, paragraph(span.join(parts, " · "), "pd-small")])
    if not items:
        return []
    return [
        span.heading(2, span.text(gettext("Related papers")), "related"),
        box("pd-compact-list", [span.bullet_list(items)]),
        *_search_for_more(catalog.related[entry.slug]),
    ]


@lru_cache(maxsize=4096)
def _title_block(title: str, paper_id: str, path: str, notice: str, language: str) -> Span:
    """Link to a paper on pages in a language; a paper is named by about as many as it names."""
    del language
    return paragraph(span.page_link(paper_title(title, paper_id), path) + notice_badge(notice))


def more_like_this_query(shared_words: Iterable[tuple[str, ...]]) -> str:
    """Return a query for more papers like one, from the words that it shares with each of its related papers."""
    counts = Counter(word for words in shared_words for word in words)
    return " ".join(word for word, _ in counts.most_common(_MAX_SEARCHED_WORDS))


def _search_for_more(related: Iterable[RelatedPaper]) -> list[Span]:
    """Link to a search for more papers like these, by what they have in common.

    A script (``paper.js``) adds one by date: both lead to a page that searches with scripts alone.
    """
    query = more_like_this_query(near.shared_words for near in related)
    if not query:
        return []
    label, target = (
        gettext("More like this"),
        f"{link_placeholder('search.md')}?{urlencode({'q': query})}",
    )
    link = Span(f"[{label}]({target})", f'<a href="{target}">{label}</a>')
    return [paragraph(link, "pd-small")]


def _reason(entry: CatalogEntry, other: CatalogEntry, near: RelatedPaper, catalog: Catalog) -> Span:
    """Say what two papers have in common: a phrase, authors, an organisation, code; else a topic; else words."""
    reasons: list[Span] = []
    if near.shared_phrase:
        reasons.append(sentence(gettext("both on {phrase}"), phrase=span.text(near.shared_phrase)))
    authors_ = [name for name in dict.fromkeys(entry.authors) if name in other.authors]
    if len(authors_) > MAX_SHARED_AUTHORS_SHOWN:
        words = ngettext("{n} author in common", "{n} authors in common", len(authors_))
        reasons.append(span.text(words))
    elif authors_:
        reasons.append(
            sentence(gettext("both by {names}"), names=span.text(list_separator().join(authors_)))
        )
    if entry.organisation and entry.organisation == other.organisation:
        name = span.text(entry.organisation)
        reasons.append(sentence(gettext("both from {name}"), name=name))
    if _code_urls(entry) & _code_urls(other):
        reasons.append(span.text(gettext("same code repository")))
    if not reasons:
        shared = [catalog.topics[name].title for name in entry.topics if name in other.topics]
        reasons = [
            sentence(gettext("both in {topic}"), topic=span.text(title)) for title in shared[:1]
        ]
    if not reasons and near.shared_words:
        words_ = span.text(list_separator().join(near.shared_words))
        reasons = [sentence(gettext("shared words: {words}"), words=words_)]
    return span.join(reasons, " · ")


def _code_urls(entry: CatalogEntry) -> set[str]:
    return {link.url for link in entry.links if link.kind == "code"}


def _pager(entry: CatalogEntry, catalog: Catalog) -> list[Span]:
    """Link to the neighbours of the same day, and to the day."""
    if entry.slug not in catalog.day_neighbours:
        return []
    near = [
        paragraph(sentence(label, title=title_link(e)), css)
        for label, css, e in zip(
            (
                gettext("Previous paper of the day: {title}"),
                gettext("Next paper of the day: {title}"),
            ),
            ("pd-prev", "pd-next"),
            catalog.day_neighbours[entry.slug],
            strict=True,
        )
        if e
    ]
    day = span.page_link(
        span.text(gettext("All papers of {date}", date=format_date(entry.filing_date))),
        f"dates/{entry.filing_date}.md",
    )
    return [box("pd-prev-next", near), paragraph(day, "pd-pager")]
