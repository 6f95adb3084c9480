"""The newsletter as a mail: its headers and both its parts, made by the standard library."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any, NamedTuple

from paper_digest.deliver.newsletter.html import html
from paper_digest.deliver.newsletter.issue import Issue
from paper_digest.deliver.newsletter.text import text
from paper_digest.model.errors import ConfigError
from paper_digest.settings import services
from paper_digest.settings.services import Mail

#: The environment variable that holds the recipients where archive.yml, which is public, does not.
RECIPIENTS = "DIGEST_MAIL_TO"

#: Headers that hold addresses: a program reads them, and does not undo what RFC 2047 encodes.
_VERBATIM = ("list-", "message-id")


class Recipient(NamedTuple):
    """Whom a mail goes to: as the operator wrote it, and the bare address."""

    written: str
    address: str


class _Policy(EmailPolicy):
    """The standard's policy for SMTP, which would break or encode a long address, but for those."""

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - as the base class has it
        """Write a header, an address on one line; RFC 5322 allows 998 characters."""
        if name.lower().startswith(_VERBATIM):
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - as the base class has it
        """Do as ``fold``, for a generator of bytes."""
        if name.lower().startswith(_VERBATIM):
            return self.fold(name, value).encode("ascii")
        return bytes(super().fold_binary(name, value))


_POLICY = _Policy(linesep=SMTP.linesep, raise_on_defect=True)


def recipients(
    mail: Mail, environment: Mapping[str, str], *, needed: bool = True
) -> list[Recipient]:
    """List the recipients: those of archive.yml, else those of the environment.

    Raises:
        ConfigError: one is no address; or there is none, and one is ``needed``.
    """
    named = environment.get(RECIPIENTS, "").replace("\n", ",").split(",")
    found = []
    for number, written in enumerate(mail.recipients or filter(None, map(str.strip, named)), 1):
        split = services.parse_mailbox(written)
        if split is None:
            cure = "write addresses of the form user@example.org, with commas between them"
            raise ConfigError(RECIPIENTS, f"its entry {number} is no address", cure)
        found.append(Recipient(written, split[1]))
    if needed and not found:
        cure = f"write to: under mail: in archive.yml, or set {RECIPIENTS}"
        raise ConfigError("archive.yml", "names no recipient of mail", cure)
    return found


def message(issue: Issue, mail: Mail, recipient: Recipient | None, now: datetime) -> EmailMessage:
    """Make the mail of an issue for one recipient; the same arguments make the same bytes.

    Args:
        issue: what stands in it.
        mail: the settings, which ``services.faults`` found nothing in.
        recipient: whom it goes to; ``None`` for a mail addressed to nobody.
        now: the time of sending, with its zone.
    """
    leave = services.unsubscribe_url(mail, recipient.address if recipient else "")
    made = EmailMessage(_POLICY)
    made["From"] = _address(mail.sender, issue.title)
    if recipient:
        made["To"] = _address(recipient.written, "")
    made["Subject"] = issue.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = message_id(issue, mail)
    made["List-Id"] = f"<{issue.period}.digest.{_domain(mail)}>"
    if issue.home.isascii():
        made["List-Archive"] = f"<{issue.home}>"
    made["List-Unsubscribe"] = f"<{leave}>"
    if services.has_one_click_unsubscribe(mail):
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text(issue, leave), cte="quoted-printable")
    made.add_alternative(html(issue, leave), subtype="html", cte="quoted-printable")
    # "=_" stands in no quoted-printable text (RFC 2045, section 6.7).
    made.set_boundary(f"=_{_hash(issue)}")
    return made


def message_id(issue: Issue, mail: Mail) -> str:
    """Return the id of the mail of a period: the same each time, so a second copy can be told."""
    return f"<{issue.name}.{_hash(issue)}@{_domain(mail)}>"


def _hash(issue: Issue) -> str:
    return hashlib.blake2b(f"{issue.home} {issue.name}".encode(), digest_size=8).hexdigest()


def _address(written: str, otherwise: str) -> Address:
    display, bare = services.parse_mailbox(written) or ("", written)
    display = (display or otherwise).replace("=?", "= ?")
    user, _, domain = bare.rpartition("@")
    return Address(display, user, domain)


def _domain(mail: Mail) -> str:
    return mail.sender.rstrip("> ").rpartition("@")[2].lower()
