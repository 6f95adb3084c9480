"""What a mail says of the reading group's next meetings and of the picks of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.periods import iso_week
from paper_digest.deliver.newsletter.issue import Issue, IssuePaper, TopicSection, issue_paper
from paper_digest.render import typeset
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.pages.meetings import meeting_title
from paper_digest.render.pages.picks import PICKS_PAGE_PATH, pick_words
from paper_digest.settings.config import Config
from paper_digest.store.meetings import Meeting
from paper_digest.text.dates import format_heading
from paper_digest.text.language import gettext, ngettext

#: Meetings that one mail names.
MAX_MEETINGS = 3

_UTC_FORM = "%Y%m%dT%H%M%SZ"


def add_curated(issue: Issue, catalog: Catalog, config: Config, now: datetime) -> Issue:
    """Return a mail with what people of the archive say: the next meetings, and the picks of its week.

    Args:
        issue: the mail.
        catalog: the archive.
        config: its settings; ``mail`` must be set.
        now: the time of sending, with its zone.
    """
    sections = (*_meeting_section(catalog, config, now), *_pick_section(issue, catalog, config))
    return replace(issue, curated=sections)


def due_meetings(catalog: Catalog, config: Config, now: datetime) -> tuple[Meeting, ...]:
    """Return the meetings of which a mail sent ``now`` reminds, the next first, at most ``MAX_MEETINGS``.

    They are those that have not begun and lie at most ``meeting_days`` days ahead, counted in days of the
    archive's time zone, as people count them; so a change of the clocks moves nothing. One of a whole day
    is due on that day too.
    """
    days = config.mail.meeting_days if config.mail else 0
    if not days:
        return ()
    today = now.astimezone(ZoneInfo(config.timezone)).date()
    last_day = (today + timedelta(days)).isoformat()
    coming = catalog.curated.meetings.since(today.isoformat())
    moment = now.astimezone(UTC).strftime(_UTC_FORM)
    due = (m for m in coming if m.day <= last_day and (not m.start_utc or m.start_utc > moment))
    return tuple(due)[:MAX_MEETINGS]


def _meeting_section(catalog: Catalog, config: Config, now: datetime) -> Iterator[TopicSection]:
    if meetings := due_meetings(catalog, config, now):
        title = ngettext("Next meeting", "Next meetings", len(meetings))
        lines = tuple(_meeting_line(meeting, catalog, config) for meeting in meetings)
        yield TopicSection(title, site_url("meetings/index.md", config, ""), lines)


def _meeting_line(meeting: Meeting, catalog: Catalog, config: Config) -> IssuePaper:
    """Return a meeting in the form of a paper: when, where and by whom in the place of the authors."""
    when = format_heading(meeting.day)
    if meeting.time:
        when += f", {meeting.time} ({config.timezone})"
    by = meeting.presenter and gettext("presented by {name}", name=meeting.presenter)
    papers = (catalog.by_slug[slug] for slug in meeting.papers)
    return IssuePaper(
        title=meeting_title(meeting),
        url=site_url(meeting.page_path, config, ""),
        authors=" · ".join(filter(None, (when, meeting.place, by))),
        blurb="; ".join(typeset.plain_title(paper.title, paper.id) for paper in papers),
        upvotes=0,
        notice="",
        links=((gettext("Link"), meeting.link),) if meeting.link else (),
    )


def _pick_section(issue: Issue, catalog: Catalog, config: Config) -> Iterator[TopicSection]:
    week = issue.period_name if issue.period == "week" else iso_week(issue.period_name)
    if picks := catalog.curated.picks.of_week(week):
        papers = tuple(
            replace(issue_paper(catalog.by_slug[pick.slug], config), blurb=pick_words(pick))
            for pick in picks
        )
        title = gettext("Pick of the week")
        yield TopicSection(title, site_url(PICKS_PAGE_PATH, config, ""), papers)
