"""What a feed says of a paper, in plain text and as a little HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from uuid import NAMESPACE_URL, uuid5

from paper_digest.catalog.entry import abstract_blurb, listed_title, shorten_text
from paper_digest.catalog.news import gravest_notice
from paper_digest.model import links as addresses
from paper_digest.model.paper import Link, Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.render import typeset
from paper_digest.render.byline import digest_author
from paper_digest.render.change_words import flagged_title, withdrawal_words
from paper_digest.render.language_attributes import block_attributes
from paper_digest.render.withdrawal import given_reason
from paper_digest.settings.config import Config
from paper_digest.text.language import gettext
from paper_digest.text.names import count_authors
from paper_digest.text.tex import convert as latex

#: Characters of an abstract in a feed.
MAX_ABSTRACT_CHARS = 600

#: Names in a feed, of which readers show a few; the rest is counted.
MAX_AUTHORS_SHOWN = 10


class FeedItem(StrictStruct, frozen=True):
    """One paper of a feed; texts are plain, on one line.

    Attributes:
        published: ISO date, ``YYYY`` or ``YYYY-MM`` where no more is known, or "".
        updated: the newest date the record knows, in the same forms.
        author_names: the first authors, at most ``MAX_AUTHORS_SHOWN`` of ``author_count``.
        labels: titles of topics, then categories.
        summary: the digest, or what the abstract says the paper did.
        anchor: tells this entry from others of the same paper; the end of its address.
        notice: the gravest of what was said against the paper, as ``CatalogEntry.notice`` has it.
    """

    id: str
    slug: str
    title: str
    published: str
    updated: str
    author_names: tuple[str, ...]
    author_count: int
    labels: tuple[str, ...]
    digest: str
    digest_by: str
    summary: str
    abstract: str
    withdrawn: str
    links: tuple[Link, ...]
    anchor: str = ""
    notice: str = ""


def feed_item(paper: Paper, topics: Sequence[str], blurb: str = "") -> FeedItem:
    """Return what a feed says of a paper.

    Args:
        paper: the record.
        topics: the titles of its topics.
        blurb: what lists show of it (``CatalogEntry.blurb``); "" to make that anew.
    """
    blurb = blurb or (paper.digest.line if paper.digest else abstract_blurb(paper))
    names = [name for a in paper.authors if (name := latex.to_unicode(a.name))]
    labels = dict.fromkeys(map(latex.to_unicode, (*topics, *paper.categories)))
    withdrawn = latex.to_unicode(paper.withdrawn)
    title = typeset.plain_title(listed_title(paper.title), paper.id)
    notice = gravest_notice(paper.withdrawn, (one.kind for one in paper.notices))
    # What a list has announced is out, though its publisher dates it ahead: it would be first for months.
    published = min(paper.published, paper.announced or paper.published)
    return FeedItem(
        id=paper.id,
        slug=paper.slug,
        title=flagged_title(title, notice),
        published=published,
        updated=max(published, paper.announced, paper.updated),
        author_names=tuple(names[:MAX_AUTHORS_SHOWN]),
        author_count=len(names) or paper.author_count or 0,
        labels=tuple(label for label in labels if label),
        digest=latex.to_unicode(paper.digest.line) if paper.digest else "",
        digest_by=latex.to_unicode(digest_author(paper.digest)) if paper.digest else "",
        summary=latex.to_unicode(blurb),
        abstract=latex.to_unicode(shorten_text(paper.abstract, MAX_ABSTRACT_CHARS)),
        withdrawn=withdrawn,
        notice=notice,
        links=addresses.paper_links(paper.id, paper.doi, paper.links),
    )


def item_html(item: FeedItem) -> str:
    """Set a paper as HTML that any feed reader shows; every text is escaped."""
    parts = []
    if item.withdrawn:
        words = f"<strong>{withdrawal_words(item.notice)}</strong>"
        parts.append(f"{words} {escape(given_reason(item.withdrawn))}".rstrip())
    if item.digest:
        by = (
            f" <em>{gettext('Digest by {name}.', name=escape(item.digest_by))}</em>"
            if item.digest_by
            else ""
        )
        parts.append(escape(item.digest) + by)
    parts.append(escape(item.abstract))
    if item.author_count > len(item.author_names):
        parts.append(count_authors(item.author_count))
    parts.append(" · ".join(_link(link) for link in item.links))
    return "".join(map(_paragraph, filter(None, parts))) or _paragraph(escape(item.title))


def _paragraph(html: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in block_attributes(html).items())
    return f"<p{attributes}>{html}</p>"


def permanent_id(name: str, url: str, config: Config) -> str:
    """Return the permanent id of a feed or paper: its address, or a URN while the site has no address.

    Neither depends on a title (RFC 4287, section 4.2.6); ``name`` is the paper's id or the
    feed's path.
    """
    return url if config.url else f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def rfc3339_time(iso: str) -> str:
    """Write an ISO date, year or month as RFC 3339 wants it: its first moment, in UTC."""
    day = f"{iso}-01-01"[: len("YYYY-MM-DD")]
    return f"{day}T00:00:00Z"


def _link(link: Link) -> str:
    label = latex.to_unicode(link.title) or gettext(addresses.LINK_LABELS[link.kind])
    return f'<a href="{escape(link.url)}">{escape(label)}</a>'
