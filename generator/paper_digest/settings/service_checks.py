"""Refuses settings of services that their types allow: an address that is none, a name of no repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.settings.services import (
    IDENTIFIER,
    MAX_MEETING_DAYS,
    MAX_PAPERS_PER_MAIL,
    Analytics,
    Comments,
    Mail,
    analytics_site,
    is_mailto,
    parse_mailbox,
    parse_subscription,
    unsubscribe_url,
)
from paper_digest.text import fields

#: No account and no category of discussions has a longer name.
MAX_NAME_CHARACTERS = 255
#: Of an address of mail (RFC 5321, 4.5.3.1.3), and of one that stands alone on a line of 998 (RFC 5322, 2.1.1).
_MAX_MAILBOX, _MAX_HEADER_ADDRESS = 254, 970

_REPOSITORY = late_pattern(r"[\w.-]{1,100}/[\w.-]{1,100}\Z", re.ASCII)
_HOST = late_pattern(r"[A-Za-z0-9.:-]{1,253}\Z")


def setting_problems(
    mail: Mail | None, subscribe: str, comments: Comments | None, analytics: Analytics | None
) -> Iterator[Problem]:
    """Find what the types cannot refuse."""
    if mail:
        yield from _mail_problems(mail)
    if subscribe and not parse_subscription(subscribe):
        cure = "write https://..., mailto:..., buttondown:NAME or listmonk:https://...#UUID"
        yield Problem("subscribe", f"names no service: {subscribe!r}", cure=cure)
    if comments:
        yield from _comments_problems(comments)
    if analytics:
        if not analytics_site(analytics):
            yield Problem("analytics.id", f"is no name of a site: {analytics.id!r}", cure="copy it")
        if fields.valid_url(analytics.script) != analytics.script:
            yield Problem("analytics.script", "is no web address", cure="write https://...")


def _comments_problems(comments: Comments) -> Iterator[Problem]:
    if not _REPOSITORY.match(comments.repo):
        yield Problem(
            "comments.repo", f"is no repository: {comments.repo!r}", cure="write OWNER/NAME"
        )
    for name in ("repo_id", "category_id"):
        if not IDENTIFIER.match(getattr(comments, name)):
            yield Problem(f"comments.{name}", "is no identifier", cure="copy it from giscus.app")
    if not _is_name(comments.category):
        yield Problem("comments.category", "is no name", cure="copy it from giscus.app")


def _mail_problems(mail: Mail) -> Iterator[Problem]:
    if not parse_mailbox(mail.sender):
        yield Problem(
            "mail.from", f"is no address: {mail.sender!r}", cure="write NAME <user@example.org>"
        )
    for address in mail.recipients:
        if not parse_mailbox(address):
            yield Problem("mail.to", f"is no address: {address!r}", cure="write user@example.org")
    if not _HOST.match(mail.host):
        yield Problem("mail.host", f"is no host: {mail.host!r}", cure="write smtp.example.org")
    if mail.user and not _is_name(mail.user):
        yield Problem(
            "mail.user", "is no name of an account", cure="copy it from your mail service"
        )
    if not 0 < mail.port < 65536:  # noqa: PLR2004 - what a port can be
        yield Problem("mail.port", f"is no port: {mail.port}", cure="leave it out for 587")
    if not 1 <= mail.limit <= MAX_PAPERS_PER_MAIL:
        yield Problem(
            "mail.limit", f"is not between 1 and {MAX_PAPERS_PER_MAIL}", cure="leave it out for 20"
        )
    if not 0 <= mail.meeting_days <= MAX_MEETING_DAYS:
        what = f"is not between 0 and {MAX_MEETING_DAYS}"
        yield Problem("mail.meeting_days", what, cure="leave it out for 7")
    yield from _unsubscribe_problems(mail)


def _unsubscribe_problems(mail: Mail) -> Iterator[Problem]:
    # A reader's address has a dot, and would pass for a host.
    page, address = unsubscribe_url(mail, "user"), unsubscribe_url(mail, "user@example.org")
    on_web = bool(fields.valid_url(page)) and page.isascii()
    if mail.unsubscribe and not (on_web or is_mailto(address)):
        yield Problem("mail.unsubscribe", "is no address", cure="write https://... or mailto:...")
    elif len(unsubscribe_url(mail, "u" * _MAX_MAILBOX)) > _MAX_HEADER_ADDRESS:
        what = "is too long for the header of a mail, where a line has 998 characters"
        yield Problem("mail.unsubscribe", what, cure="write a shorter address that leads there")


def _is_name(text: str) -> bool:
    return fields.one_line(text) == text and 0 < len(text) <= MAX_NAME_CHARACTERS
