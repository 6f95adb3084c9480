"""Services outside the site that an operator may switch on: mail, subscriptions, comments, counts.

All are off until ``archive.yml`` names them, because each lets someone else learn of a reader.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlsplit

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields

#: Papers in a mail: beyond some sixty Gmail cuts the mail off (102 KB of HTML).
MAX_PAPERS_PER_MAIL = 50

#: Days before a meeting: what is further off belongs into a calendar.
MAX_MEETING_DAYS = 60

_ADDRESS = late_pattern(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+\Z", re.ASCII
)
#: Signs with a meaning of their own in a header stand in no name.
_MAILBOX = late_pattern(r"(?P<name>[^<>@,;:\\=]*)<(?P<address>[^<>]+)>\Z")
_UUID = late_pattern(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
IDENTIFIER = late_pattern(r"[\w=+/.-]{1,255}\Z", re.ASCII)

#: Where each service's script comes from, and the attribute that names the site to it.
#: https://plausible.io/docs/plausible-script, https://www.goatcounter.com/help/js,
#: https://umami.is/docs/tracker-configuration
_ANALYTICS_SCRIPTS = {
    "plausible": ("https://plausible.io/js/script.js", "data-domain"),
    "goatcounter": ("https://gc.zgo.at/count.js", "data-goatcounter"),
    "umami": ("https://cloud.umami.is/script.js", "data-website-id"),
}


class Mail(StrictStruct, frozen=True, rename={"sender": "from"}):
    """How the newsletter is sent.

    Attributes:
        sender: the ``From`` address, with or without a name: ``Papers <papers@example.org>``.
        host: the SMTP server.
        to: a mailing list's address, or several recipients, each of whom gets a mail alone; left
            out where the environment variable ``DIGEST_MAIL_TO`` holds them.
        port: 587 (STARTTLS) or 465 (TLS from the start); ``tls`` sets it for any other port.
        user: the account; its password is in the environment variable ``DIGEST_SMTP_PASSWORD``.
        unsubscribe: an ``https:`` or ``mailto:`` address; ``{email}`` in it is the recipient.
        limit: papers in one mail; the rest are counted and linked.
        period: what ``digest email`` sends unless its options say otherwise.
        meeting_days: days before a meeting in which mails name it; 0 for none.
    """

    sender: str
    host: str
    to: str | tuple[str, ...] = ()
    port: int = 587
    tls: Literal["auto", "starttls", "implicit"] = "auto"
    user: str = ""
    unsubscribe: str = ""
    limit: int = 20
    period: Literal["day", "week"] = "day"
    meeting_days: int = 7

    @property
    def implicit_tls(self) -> bool:
        """Tell whether TLS starts before SMTP does (RFC 8314, section 3.3)."""
        return self.tls == "implicit" or (self.tls == "auto" and self.port == 465)  # noqa: PLR2004 - the port of "submissions"

    @property
    def recipients(self) -> tuple[str, ...]:
        """The addresses of ``to``."""
        return (self.to,) if isinstance(self.to, str) else self.to


class Comments(StrictStruct, frozen=True):
    """The GitHub Discussions that giscus shows (all four values are shown by https://giscus.app)."""

    repo: str
    repo_id: str
    category: str
    category_id: str


class Analytics(StrictStruct, frozen=True):
    """Who counts visits: ``id`` is the site's name there, ``script`` a server of one's own."""

    provider: Literal["plausible", "goatcounter", "umami"]
    id: str
    script: str = ""

    @property
    def script_address(self) -> str:
        """Where the counting script comes from."""
        return self.script or _ANALYTICS_SCRIPTS[self.provider][0]


class Subscription(NamedTuple):
    """Where to subscribe: a form with hidden ``fields``, or, where they are ``None``, a link."""

    address: str
    fields: dict[str, str] | None = None

    @property
    def service(self) -> str:
        """The host that learns the reader's address, or "" for a mail."""
        return urlsplit(self.address).hostname or ""


def parse_mailbox(text: str) -> tuple[str, str] | None:
    """Split ``Name <user@example.org>`` into name and address, or return ``None``.

    Only what every mail server takes passes: one address, ASCII, unquoted (RFC 5321, 4.1.2).
    """
    match = _MAILBOX.match(text)
    name, bare = (match["name"].strip(' "'), match["address"]) if match else ("", text)
    return (name, bare) if _ADDRESS.match(bare) and fields.one_line(name) == name else None


def is_contact(text: str) -> bool:
    """Tell whether ``text`` can stand in a ``User-Agent`` as who may be written to: ASCII, one address."""
    return bool(_ADDRESS.match(text)) or (text.isascii() and fields.valid_url(text) == text != "")


def parse_subscription(text: str) -> Subscription | None:
    """Read the setting ``subscribe``; ``None`` if it names no service.

    ``buttondown:NAME`` (https://docs.buttondown.com/building-your-subscriber-base),
    ``listmonk:URL#LIST`` with the list's UUID (https://listmonk.app/docs), without one a link to
    its page of lists; ``mailto:`` for a mailing list; any other address is linked.
    """
    kind, _, rest = text.partition(":")
    if kind == "buttondown" and re.fullmatch(r"[\w-]{1,100}", rest, re.ASCII):
        base = "https://buttondown.com/api/emails/embed-subscribe/"
        return Subscription(base + rest, {"embed": "1"})
    if kind == "listmonk":
        base, _, number = rest.partition("#")
        if not fields.valid_url(base) or (number and not _UUID.match(number)):
            return None
        form = base.rstrip("/") + "/subscription/form"
        return Subscription(form, {"nonce": "", "l": number} if number else None)
    if kind == "mailto":
        return Subscription(text) if is_mailto(text) else None
    return Subscription(text) if fields.valid_url(text) else None


def is_mailto(text: str) -> bool:
    """Tell whether ``text`` is a ``mailto:`` address with one recipient (RFC 6068)."""
    address, _, query = text.removeprefix("mailto:").partition("?")
    plain = not re.search(r"[^!-~]|[<>\"\\]", query)
    return text.startswith("mailto:") and bool(_ADDRESS.match(address)) and plain


def unsubscribe_url(mail: Mail, recipient: str) -> str:
    """Return the address that takes ``recipient`` off the list; the sender's, if none is set."""
    if mail.unsubscribe:
        return mail.unsubscribe.replace("{email}", quote(recipient, safe=""))
    sender = parse_mailbox(mail.sender)
    return f"mailto:{sender[1]}?subject=unsubscribe" if sender else ""


def has_one_click_unsubscribe(mail: Mail) -> bool:
    """Tell whether one POST unsubscribes: the address must say who, or there is one recipient.

    RFC 8058, section 3.2.
    """
    alone = len(mail.recipients) == 1
    return mail.unsubscribe.startswith("https:") and (alone or "{email}" in mail.unsubscribe)


def analytics_site(analytics: Analytics) -> str:
    """Write the site's name as the service wants it; "" if it cannot be one."""
    name = analytics.id
    if analytics.provider == "goatcounter":
        if re.fullmatch(r"[A-Za-z0-9-]{1,63}", name):
            return f"https://{name}.goatcounter.com/count"
        return fields.valid_url(name)
    return name if IDENTIFIER.match(name) else ""


def services_context(
    subscribe: str, comments: Comments | None, analytics: Analytics | None
) -> dict[str, Any]:
    """Make what the theme's partials read under ``config.extra.services``; what is off is absent."""
    values: dict[str, Any] = {}
    if target := parse_subscription(subscribe):
        values["subscribe"] = target._asdict() | {"service": target.service}
    if comments:
        values["comments"] = {name: getattr(comments, name) for name in comments.__struct_fields__}
    if analytics:
        script, attribute = analytics.script_address, _ANALYTICS_SCRIPTS[analytics.provider][1]
        name = analytics_site(analytics)
        values["analytics"] = {
            "script": script,
            "attributes": {attribute: name},
            "service": urlsplit(name if name.startswith("https:") else script).hostname,
        }
    return values
