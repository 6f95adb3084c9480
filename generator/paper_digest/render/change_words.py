"""A change of a record in words: which field, what it was and is, and who said so."""

from __future__ import annotations

from paper_digest.catalog.news import News, is_retraction
from paper_digest.identity.source_ranking import EDITOR
from paper_digest.render.sentence import sentence
from paper_digest.render.span import Span, isolate, text, text_run
from paper_digest.sources.registry import registry
from paper_digest.store.changes import Change
from paper_digest.text.language import (
    gettext,
    gettext_noop,
)

FIELD_LABELS = {
    "title": gettext_noop("Title"),
    "authors": gettext_noop("Authors"),
    "abstract": gettext_noop("Abstract"),
    "published": gettext_noop("Date"),
    "doi": gettext_noop("DOI"),
    "venue": gettext_noop("Venue"),
    "journal_ref": gettext_noop("Journal reference"),
    "licence": gettext_noop("Licence"),
    "withdrawn": gettext_noop("Withdrawn"),
    "notices": gettext_noop("Notice"),
    "version": gettext_noop("Version"),
}


def change_words(change: Change) -> str:
    """Say on one line what a field is now and what it was before, in the words of its sources."""
    label = gettext(FIELD_LABELS[change.field])
    return _pattern(change).format(field=label, after=change.after, before=change.before)


def change_line(change: Change) -> Span:
    """Set these words for a page, and who stated it: what sources say is read in its own direction."""
    label = gettext(FIELD_LABELS[change.field])
    words = sentence(
        _pattern(change), field=text(label), after=text(change.after), before=text(change.before)
    )
    return words + text_run(" (") + isolate(text_run(changed_by(change))) + text_run(")")


def _pattern(change: Change) -> str:
    """Return the sentence that fits a change; its places are ``field``, ``after`` and ``before``."""
    if not change.after:
        return gettext("{field}: none any more; before: {before}")
    if change.field == "withdrawn" and not change.before and is_retraction(change.after):
        return "{after}"  # it begins with the word
    if not change.before:
        return gettext("{field}: {after}")
    return gettext("{field}: {after}; before: {before}")


#: What news are called, at a paper and in lists; ``catalog/news.py`` has the kinds.
_NEWS_LABELS = {
    "retracted": gettext_noop("retracted"),
    "withdrawn": gettext_noop("withdrawn"),
    "expression of concern": gettext_noop("expression of concern"),
    "partial retraction": gettext_noop("partial retraction"),
    "correction": gettext_noop("correction"),
}


def withdrawal_words(notice: str) -> str:
    """Say in a sentence that a paper was taken back, by its publisher (``retracted``) or its authors."""
    if notice == "retracted":
        return gettext("This paper has been retracted.")
    return gettext("This paper has been withdrawn.")


def flagged_title(title: str, notice: str) -> str:
    """Put what was said against a paper before its title, where that is plain text: ``[retracted] Looms``.

    ``notice`` is that of a ``CatalogEntry``; "" leaves the title as it is.
    """
    return f"[{news_words(News(notice))}] {title}" if notice else title


def news_words(news: News) -> str:
    """Say in a few words what came of a paper."""
    if news.kind == "accepted":
        return gettext("accepted: {venue}", venue=news.detail)
    if news.kind == "version":
        return gettext("version {number}", number=news.detail)
    return gettext(_NEWS_LABELS[news.kind])


def changed_by(change: Change) -> str:
    """Name who stated it: a source's title, or a person."""
    source = registry().by_name.get(change.by)
    return source.title if source else gettext("an editor") if change.by == EDITOR else change.by
