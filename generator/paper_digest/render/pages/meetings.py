"""A page for every meeting of a reading group, and the index of them; nothing in an archive without meetings."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.catalog.catalog import Catalog
from paper_digest.render import span
from paper_digest.render.exports.calendar import CALENDAR_PATH
from paper_digest.render.pages import paper_lists
from paper_digest.render.pages.meeting_queue import queue_paragraphs
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind, SitemapEntry, index_entry
from paper_digest.render.pages.paper_rows import paper_list
from paper_digest.render.sentence import sentence, with_date
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.store.meetings import Meeting
from paper_digest.text.dates import format_long_date
from paper_digest.text.fields import one_line
from paper_digest.text.language import gettext

#: Meetings to come that the home page names.
MAX_MEETINGS_AT_HOME = 3


def meeting_title(meeting: Meeting) -> str:
    """Return a meeting's title; its day, where nobody gave one."""
    return meeting.title or gettext("Meeting on {date}", date=format_long_date(meeting.day))


def meeting_link(meeting: Meeting) -> Span:
    """Link to a meeting's page by its title."""
    return span.page_link(span.isolate(span.text(meeting_title(meeting))), meeting.page_path)


def dated_link(meeting: Meeting) -> Span:
    """Link to a meeting's page, and say its day where the title does not."""
    link = meeting_link(meeting)
    return with_date(link, meeting.day) if meeting.title else link


def coming_section(catalog: Catalog) -> list[Span]:
    """List the next meetings, for the home page: those on the archive's newest day, and later ones.

    What is proposed for them stands below; it stands alone where no meeting is to come.
    """
    coming = catalog.curated.meetings.since(catalog.present_day)[:MAX_MEETINGS_AT_HOME]
    proposed = queue_paragraphs(catalog)
    if not coming:
        return proposed
    title = span.page_link(span.text(gettext("Next meetings")), "meetings/index.md")
    return [
        span.heading(2, title, "meetings"),
        *(paragraph(dated_link(m)) for m in coming),
        *proposed,
    ]


def _groups(inputs: PageInputs) -> Iterator[PageGroup]:
    catalog, timezone = inputs.catalog, inputs.config.timezone
    if not catalog.curated.meetings.all:
        return
    yield single_page_group(_index(catalog, timezone))
    for meeting in catalog.curated.meetings.all:
        yield single_page_group(_meeting_page(meeting, catalog, timezone))


def _index(catalog: Catalog, timezone: str) -> Page:
    coming = catalog.curated.meetings.since(catalog.present_day)
    held = tuple(m for m in catalog.curated.meetings.all if m not in coming)
    parts = [
        span.heading(1, span.text(gettext("Meetings")), "meetings"),
        paragraph(
            sentence(
                gettext("Subscribe to them in a calendar: copy the address of {file}."),
                file=span.page_link(span.text(gettext("this file")), CALENDAR_PATH),
            )
        ),
        *queue_paragraphs(catalog),
    ]
    for heading, anchor, meetings in (
        (gettext("To come"), "coming", coming),
        (gettext("Held"), "held", held),
    ):
        if meetings:
            lines = [
                [paragraph(meeting_link(m)), paragraph(_facts(m, timezone), "pd-meta")]
                for m in meetings
            ]
            parts += [span.heading(2, span.text(heading), anchor), span.bullet_list(lines)]
    meta = {"title": gettext("Meetings"), "kind": "index", "hide": ["navigation", "toc"]}
    return Page("meetings/index.md", meta, span.join_blocks(parts))


def _meeting_page(meeting: Meeting, catalog: Catalog, timezone: str) -> Page:
    papers = tuple(catalog.by_slug[slug] for slug in meeting.papers)
    title = meeting_title(meeting)
    texts = [" ".join(part.split()) for part in meeting.notes.split("\n\n")]
    head = [
        span.heading(1, span.text(title), "meeting"),
        paragraph(
            span.page_link(span.text(gettext("All meetings")), "meetings/index.md"), "pd-meta"
        ),
        paragraph(_facts(meeting, timezone)),
        *([paragraph(_address(meeting))] if meeting.link else ()),
        *(paragraph(span.text(text)) for text in texts if text),
    ]
    rows = [
        span.heading(2, span.text(gettext("Papers")), "papers"),
        paper_lists.toolbar(paper_lists.format_paper_count(len(papers)), {}),
        paper_list(papers, catalog),
    ]
    slugs = [entry.slug for entry in papers]
    front = paper_lists.LIST_META | {"title": one_line(title), "search": {}, "papers": slugs}
    frame = paper_lists.Frame(head)
    return Page(meeting.page_path, front, paper_lists.lay_out(frame, rows if papers else ()))


def _facts(meeting: Meeting, timezone: str) -> Span:
    """Say when, where and by whom."""
    when = span.time_element(meeting.day)
    if meeting.time:
        time = span.text_run(f"{meeting.time} ({timezone})")
        when = sentence(gettext("{words}, {date}"), words=when, date=time)
    place, presenter = span.isolate(span.text(meeting.place)), EMPTY
    if meeting.presenter:
        presenter = sentence(gettext("presented by {name}"), name=span.text(meeting.presenter))
    return span.join((when, place, presenter), " · ")


def _address(meeting: Meeting) -> Span:
    return span.link(span.text(meeting.link), meeting.link)


def _sitemap_entries(catalog: Catalog) -> Iterator[SitemapEntry]:
    if catalog.curated.meetings.all:
        yield index_entry("meetings/index.md", catalog)
    for meeting in catalog.curated.meetings.all:
        yield SitemapEntry(meeting.page_path, "")


KIND = PageKind(("meetings",), _groups, sitemap_entries=_sitemap_entries)
