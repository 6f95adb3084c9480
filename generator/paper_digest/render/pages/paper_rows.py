"""One paper in a list: title, one line of facts, a blurb, a few links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.news import News, latest_of
from paper_digest.model import links
from paper_digest.render import span as prose
from paper_digest.render import typeset
from paper_digest.render.change_words import news_words
from paper_digest.render.pages.blocks import box
from paper_digest.render.sentence import sentence, with_date
from paper_digest.render.span import Span
from paper_digest.text.language import (
    catalogue_hash,
    gettext,
    is_right_to_left,
    list_separator,
    ngettext,
)
from paper_digest.text.names import list_authors, shown_count

#: Authors named in a list before "and 3 more".
MAX_AUTHORS_SHOWN = 3


#: Rows kept in memory while lists are made, four kilobytes each in every process; the cache has all.
_ROWS_IN_MEMORY = 1024


class PaperRow(NamedTuple):
    """One paper as an item of a list, with its blurb and without."""

    with_blurb: Span
    without_blurb: Span


_encode_row = msgspec.msgpack.Encoder().encode
_decode_row = msgspec.msgpack.Decoder(PaperRow).decode


def paper_list(
    entries: tuple[CatalogEntry, ...], catalog: Catalog, *, with_blurbs: bool = True
) -> Span:
    """Set a list of papers; ``with_blurbs`` says whether with their blurbs."""
    rows = (paper_row(e, catalog) for e in entries)
    items = [row.with_blurb if with_blurbs else row.without_blurb for row in rows]
    return box("pd-list", [prose.bullet_list_of(items)])


@lru_cache(maxsize=_ROWS_IN_MEMORY)
def paper_row(e: CatalogEntry, catalog: Catalog) -> PaperRow:
    """Return one paper's row: made once, and kept from build to build."""
    key = catalog.shown_hashes[e.slug] + catalogue_hash()
    return _decode_row(
        catalog.cached_text(f"row/{e.slug}", key, lambda: _encode_row(_make_row(e, catalog)))
    )


def noted_row(e: CatalogEntry, catalog: Catalog, note: Span) -> Span:
    """Return a paper's row with a curator's words on it; ``EMPTY`` for none."""
    before, blurb, after = _row_blocks(e, catalog)
    return prose.list_item((*before, blurb, after, prose.paragraph(note, "pd-list-note")))


def _make_row(e: CatalogEntry, catalog: Catalog) -> PaperRow:
    before, blurb, after = _row_blocks(e, catalog)
    return PaperRow(prose.list_item((*before, blurb, after)), prose.list_item((*before, after)))


def _row_blocks(e: CatalogEntry, catalog: Catalog) -> tuple[tuple[Span, Span], Span, Span]:
    """Return title and facts, the blurb, and the links."""
    badges = prose.join(_badges(e), "")
    title = paper_title(e.title, e.id)
    # Behind a title alone, the line's own direction is the title's; the words of a badge are the page's.
    title = prose.page_link(prose.isolate(title) if badges else title, e.path) + badges
    topic = topic_link(e.topics[0], catalog) if e.topics else prose.EMPTY
    when = prose.time_element(e.filing_date) if e.filing_date else printed_date(e.printed_date)
    facts = prose.join((author_line(e.authors, e.author_count), when), " · ")
    paper_links = links.paper_links(e.id, "", e.links)
    actions = prose.join(
        prose.link(prose.text(gettext(links.LINK_LABELS[link.kind])), link.url)
        for link in paper_links
        if link.kind in {"pdf", "code", "project"}
    )
    line = prose.join((facts, topic))
    if version := latest_of(e.changes, "version"):
        news = prose.text_run(news_words(version[0]))
        line += prose.text_run(" ") + with_date(news, version[1].at)
    if e.upvotes:
        line += prose.html(
            f' <span class="pd-votes" title="{gettext("upvotes")}">▲ {e.upvotes}</span>'
        )
    if e.summarised_by:
        model = prose.isolate(prose.text(e.summarised_by))
        line += prose.text_run(" ") + sentence(gettext("Digest by the model {name}"), name=model)
    before = (
        prose.paragraph(title, "pd-title"),
        prose.paragraph(line, "pd-meta"),
    )
    blurb = prose.paragraph(typeset.blurb(e.blurb), "pd-blurb")
    after = prose.paragraph(actions, "pd-actions")
    return before, blurb, after


def _badges(e: CatalogEntry) -> Iterator[Span]:
    """Yield what came of a paper after it was listed, as badges behind its title."""
    if e.notice:
        yield notice_badge(e.notice)
    if accepted := latest_of(e.changes, "accepted"):
        yield _badge(news_words(accepted[0]), "pd-badge")


def notice_badge(notice: str) -> Span:
    """Set what was said against a paper (``CatalogEntry.notice``) as a badge behind its title; nothing for ""."""
    return _badge(news_words(News(notice)), "pd-badge pd-badge-grave") if notice else prose.EMPTY


def _badge(words: str, css_class: str) -> Span:
    return prose.html(f' <span class="{css_class}">') + prose.text(words) + prose.html("</span>")


def printed_date(text: str) -> Span:
    """Set a date that was printed without its year, as it was printed; nothing for ""."""
    return prose.text_run(gettext("“{date}”, year unknown", date=text)) if text else prose.EMPTY


@lru_cache(maxsize=4096)
def paper_title(title: str, paper_id: str) -> Span:
    """Set a title; a paper without one goes by its id."""
    return typeset.title(title) if title else prose.text(typeset.plain_title("", paper_id))


def title_link(entry: CatalogEntry) -> Span:
    """Link to a paper by its title, within a line of other words, with what was said against it."""
    title = prose.isolate(paper_title(entry.title, entry.id))
    return prose.page_link(title, entry.path) + notice_badge(entry.notice)


def author_line(names: tuple[str, ...], count: int) -> Span:
    """Set the first authors, or their number where names are unknown: ``13 authors``."""
    if "".join(names).isascii() and not is_right_to_left():
        return prose.text(list_authors(names, count, MAX_AUTHORS_SHOWN))
    shown = names[: shown_count(len(names), MAX_AUTHORS_SHOWN)]
    written = prose.join((prose.isolate(prose.text(n)) for n in shown), list_separator())
    rest = max(count, len(names)) - len(shown)
    if not rest:
        return written
    return sentence(
        ngettext("{names} and {n} more", "{names} and {n} more", rest, names="{names}"),
        names=written,
    )


def topic_link(topic: str, catalog: Catalog) -> Span:
    """Link to a topic's page by its title."""
    return prose.page_link(
        prose.isolate(prose.text(catalog.topics[topic].title)), f"topics/{topic}.md"
    )
