"""The content of one mail: its papers by topic, as plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry, shorten_text
from paper_digest.deliver.newsletter.periods import Period
from paper_digest.model import links as addresses
from paper_digest.model.strict import StrictStruct
from paper_digest.render import typeset
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.settings.config import Config
from paper_digest.text import fields
from paper_digest.text.dates import format_heading, format_long_date
from paper_digest.text.language import gettext, ngettext
from paper_digest.text.names import list_authors
from paper_digest.text.tex import convert as latex

#: Authors named before "and 3 more".
MAX_AUTHORS_SHOWN = 3
#: Papers that a monitor's section names; all are on its page, and most stand below with their text.
MAX_MONITORED_PAPERS = 3
#: Characters of a digest, and of the abstract that stands in where there is none.
MAX_DIGEST_CHARS, MAX_ABSTRACT_CHARS = 320, 220
#: Characters of the title that stands in the subject.
MAX_SUBJECT_TITLE_CHARS = 70


class IssuePaper(StrictStruct, frozen=True):
    """One paper in a mail; texts are plain and on one line, addresses are absolute http(s)."""

    title: str
    url: str
    authors: str
    blurb: str
    upvotes: int
    notice: str
    links: tuple[tuple[str, str], ...]


class TopicSection(StrictStruct, frozen=True):
    """The papers of one topic; ``url`` is "" for papers without a topic."""

    title: str
    url: str
    papers: tuple[IssuePaper, ...]


class Issue(StrictStruct, frozen=True):
    """One mail's content.

    Attributes:
        period_name: an ISO day, or an ISO week as ``2025-W47``.
        heading: the period in words. ``subject``: the mail's subject.
        title: the archive's title. ``home_url``: its address. ``page_url``: that of the period.
        paper_count: papers of the period, those left out of ``sections`` included.
        monitors: of each monitor that has papers of the period, the first of them.
        curated: what people of the archive say: the next meetings, and the picks of the period's week.
    """

    period_name: str
    heading: str
    subject: str
    title: str
    home_url: str
    page_url: str
    paper_count: int
    sections: tuple[TopicSection, ...]
    monitors: tuple[TopicSection, ...] = ()
    curated: tuple[TopicSection, ...] = ()

    @property
    def left_out_count(self) -> int:
        """Count the papers that the mail leaves out."""
        return self.paper_count - sum(len(group.papers) for group in self.sections)

    @property
    def period(self) -> Period:
        """Say what the mail is of: ``day`` or ``week``."""
        return "week" if "W" in self.period_name else "day"

    @property
    def first_day(self) -> str:
        """Name the first day of the period (ISO date)."""
        return date.fromisoformat(self.period_name).isoformat()


def build_issue(
    catalog: Catalog, period_name: str, config: Config, max_papers: int
) -> Issue | None:
    """Make the mail of a period; ``None`` if no paper is filed under it.

    Args:
        catalog: the archive.
        period_name: an ISO day, or an ISO week as ``2025-W47``.
        config: the archive's settings; ``url`` must be set.
        max_papers: papers in the mail: the most upvoted, then the first of the list.
    """
    entries = (catalog.by_week if "W" in period_name else catalog.by_day).get(period_name, ())
    if not entries:
        return None
    chosen = sorted(entries, key=lambda e: -(e.upvotes or 0))[:max_papers]
    lead_title = shorten_text(
        typeset.plain_title(chosen[0].title, chosen[0].id), MAX_SUBJECT_TITLE_CHARS
    )
    subject = f"{format_long_date(period_name)}: {lead_title}"
    if others := len(entries) - 1:
        subject = ngettext("{title} and {n} more", "{title} and {n} more", others, title=subject)
    return Issue(
        period_name=period_name,
        heading=format_heading(period_name),
        # A reader of mail would take "=?" for the beginning of an encoded word (RFC 2047).
        subject=subject.replace("=?", "= ?"),
        title=latex.to_unicode(config.title),
        home_url=config.url,
        page_url=_site_url(f"dates/{period_name}.md", config),
        paper_count=len(entries),
        sections=tuple(_topic_sections(chosen, catalog, config)),
        monitors=tuple(_monitor_sections(entries, catalog, config)),
    )


def _monitor_sections(
    entries: Sequence[CatalogEntry], catalog: Catalog, config: Config
) -> Iterator[TopicSection]:
    """Say how many of a period's papers each monitor has, and name the most upvoted of them."""
    for monitor in catalog.monitors:
        slugs = frozenset(monitor.slugs)
        if matching := [e for e in entries if e.slug in slugs]:
            first = sorted(matching, key=lambda e: -(e.upvotes or 0))[:MAX_MONITORED_PAPERS]
            papers = (issue_paper(e, config) for e in first)
            yield TopicSection(
                ngettext(
                    "{n} new for {monitor}",
                    "{n} new for {monitor}",
                    len(matching),
                    monitor=latex.to_unicode(monitor.title),
                ),
                _site_url(monitor.page_path, config),
                tuple(msgspec.structs.replace(p, blurb="", links=()) for p in papers),
            )


def _topic_sections(
    chosen: Sequence[CatalogEntry], catalog: Catalog, config: Config
) -> list[TopicSection]:
    """Put papers under the topic that fits them best, or its parent, in the order of topics."""
    by_topic: dict[str, list[IssuePaper]] = defaultdict(list)
    for e in chosen:
        best = e.topics[0] if e.topics else ""
        top = (catalog.topics[best].parent or best) if best else ""
        by_topic[top].append(issue_paper(e, config))
    sections = [
        TopicSection(
            latex.to_unicode(topic.title),
            _site_url(f"topics/{name}.md", config),
            tuple(by_topic[name]),
        )
        for name, topic in catalog.topics.items()
        if name in by_topic
    ]
    if "" in by_topic:
        title = gettext("Other topics") if sections else gettext("Papers")
        sections.append(TopicSection(title, "", tuple(by_topic[""])))
    return sections


def issue_paper(e: CatalogEntry, config: Config) -> IssuePaper:
    """Return what a mail says of a paper."""
    paper_links = (
        link for link in addresses.paper_links(e.id, "", e.links) if fields.valid_url(link.url)
    )
    return IssuePaper(
        title=typeset.plain_title(e.title, e.id),
        url=_site_url(e.path, config),
        authors=_authors(e),
        # Plain text is wrapped: the dots that say "cut" stay with their word.
        blurb=latex.to_unicode(
            shorten_text(e.blurb, MAX_DIGEST_CHARS if e.has_digest else MAX_ABSTRACT_CHARS)
        ).replace(" …", "\u00a0…")
        + (
            f" ({gettext('Digest by the model {name}.', name=e.summarised_by)})"
            if e.summarised_by
            else ""
        ),
        upvotes=e.upvotes or 0,
        notice=e.notice,
        links=tuple(
            (gettext(addresses.LINK_LABELS[link.kind]), link.url)
            for link in paper_links
            if link.kind in {"pdf", "code", "project"}
        ),
    )


def _authors(e: CatalogEntry) -> str:
    names = [plain for name in e.authors if (plain := latex.to_unicode(name))]
    blank = len(e.authors) - len(names) if names else 0
    return list_authors(names, e.author_count - blank, MAX_AUTHORS_SHOWN)


def _site_url(path: str, config: Config) -> str:
    return site_url(path, config, "")
