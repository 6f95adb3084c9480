"""Refuses settings of services that their types allow: an address that is none, a name of no repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paper_digest.settings.services import (
    IDENTIFIER,
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

_REPOSITORY = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}\Z", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.:-]{1,253}\Z")


class Fault(NamedTuple):
    """A setting that cannot be used: its path in ``archive.yml``, what is wrong, the cure."""

    field: str
    what: str
    cure: str


def setting_faults(
    mail: Mail | None, subscribe: str, comments: Comments | None, analytics: Analytics | None
) -> Iterator[Fault]:
    """Find what the types cannot refuse."""
    if mail:
        yield from _mail_faults(mail)
    if subscribe and not parse_subscription(subscribe):
        cure = "write https://..., mailto:..., buttondown:NAME or listmonk:https://...#LIST"
        yield Fault("subscribe", f"names no service: {subscribe!r}", cure)
    if comments:
        yield from _comments_faults(comments)
    if analytics:
        if not analytics_site(analytics):
            yield Fault("analytics.id", f"is no name of a site: {analytics.id!r}", "copy it")
        if fields.valid_url(analytics.script) != analytics.script:
            yield Fault("analytics.script", "is no web address", "write https://...")


def _comments_faults(comments: Comments) -> Iterator[Fault]:
    if not _REPOSITORY.match(comments.repo):
        yield Fault("comments.repo", f"is no repository: {comments.repo!r}", "write OWNER/NAME")
    for name in ("repo_id", "category_id"):
        if not IDENTIFIER.match(getattr(comments, name)):
            yield Fault(f"comments.{name}", "is no identifier", "copy it from giscus.app")
    if not _is_name(comments.category):
        yield Fault("comments.category", "is no name", "copy it from giscus.app")


def _mail_faults(mail: Mail) -> Iterator[Fault]:
    if not parse_mailbox(mail.sender):
        yield Fault("mail.from", f"is no address: {mail.sender!r}", "write NAME <user@example.org>")
    for address in mail.recipients:
        if not parse_mailbox(address):
            yield Fault("mail.to", f"is no address: {address!r}", "write user@example.org")
    if not _HOST.match(mail.host):
        yield Fault("mail.host", f"is no host: {mail.host!r}", "write smtp.example.org")
    if mail.user and not _is_name(mail.user):
        yield Fault("mail.user", "is no name of an account", "copy it from your mail service")
    if not 0 < mail.port < 65536:  # noqa: PLR2004 - what a port can be
        yield Fault("mail.port", f"is no port: {mail.port}", "leave it out for 587")
    if not 1 <= mail.limit <= MAX_PAPERS_PER_MAIL:
        yield Fault(
            "mail.limit", f"is not between 1 and {MAX_PAPERS_PER_MAIL}", "leave it out for 20"
        )
    address = unsubscribe_url(mail, "user@example.org")
    on_web = bool(fields.valid_url(address)) and address.isascii()
    if mail.unsubscribe and not (on_web or is_mailto(address)):
        yield Fault("mail.unsubscribe", "is no address", "write https://... or mailto:...")


def _is_name(text: str) -> bool:
    return fields.one_line(text) == text and 0 < len(text) <= MAX_NAME_CHARACTERS
