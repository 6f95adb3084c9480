"""What a paper's own page says of its record's changes, and how its abstract differs from the one before."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.news import latest_of
from paper_digest.model.paper import Paper
from paper_digest.render import span
from paper_digest.render.change_words import change_line, changed_by, news_words
from paper_digest.render.pages import published_markdown
from paper_digest.render.pages.published_markdown import Block, paragraph
from paper_digest.render.sentence import sentence, with_date
from paper_digest.render.span import Span
from paper_digest.text.language import gettext

#: Words of each abstract that are compared: the work grows with their product.
MAX_WORDS_COMPARED = 600


def notice_banners(paper: Paper) -> Iterator[Span]:
    """Say what the publisher noted of a paper, each with its address and day."""
    for notice in paper.notices:
        kind = span.text(gettext(notice.kind))
        notice_link = span.link(kind, notice.url) if notice.url else kind
        words = sentence(gettext("The publisher has noted: {notice}"), notice=notice_link)
        yield with_date(words, notice.date)


def acceptance_line(entry: CatalogEntry) -> Iterator[Block]:
    """Say where a paper was accepted or printed since it was listed, on whose word, and since when that is known."""
    if accepted := latest_of(entry.changes, "accepted"):
        news, change = accepted
        badge = span.html('<span class="pd-badge">') + span.text(news_words(news))
        words = badge + span.html("</span>") + span.text_run(f" {changed_by(change)}")
        yield paragraph(with_date(words, change.at), "pd-small")


def change_blocks(paper: Paper, entry: CatalogEntry) -> Iterator[Block]:
    """List the changes of a paper's record; nothing where there is none."""
    if not entry.changes:
        return
    yield published_markdown.heading(2, span.text(gettext("Changes to this record")), "changes")
    for change in entry.changes:
        day = span.time_element(change.at)
        yield paragraph(day + span.text_run(" ") + change_line(change), "pd-small")
    before = earlier_abstract(paper)
    if before and any(change.field in {"abstract", "version"} for change in entry.changes):
        difference = paragraph(word_difference(before, paper.abstract), "pd-small")
        yield published_markdown.details(
            gettext("How the abstract differs from the one before"), difference
        )


def earlier_abstract(paper: Paper) -> str:
    """Return the abstract that a source gave before the present one, the latest; "" for none."""
    earlier = [
        (claim.at, str(value))
        for claim in paper.claims
        for value in claim.superseded.get("abstract", [])
        if value != paper.abstract
    ]
    return max(earlier)[1] if earlier else ""


def word_difference(before: str, after: str) -> Span:
    """Set a text with the words that went struck through and those that came marked."""
    old, new = before.split()[:MAX_WORDS_COMPARED], after.split()[:MAX_WORDS_COMPARED]
    pieces: list[Span] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(span.text(" ".join(new[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(_tagged("del", old[i1:i2]))
        if j1 < j2:
            pieces.append(_tagged("ins", new[j1:j2]))
    return span.join(pieces)


def _tagged(tag: str, words: list[str]) -> Span:
    return span.html(f"<{tag}>") + span.text(" ".join(words)) + span.html(f"</{tag}>")
