"""The newsletter as a mail: its headers and both its parts, made by the standard library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any, NamedTuple

from paper_digest.deliver.newsletter.html import render_html
from paper_digest.deliver.newsletter.issue import Issue
from paper_digest.deliver.newsletter.text import render_text
from paper_digest.model.errors import ConfigError
from paper_digest.model.ids import hash_text
from paper_digest.settings import services
from paper_digest.settings.services import Mail

#: The environment variable that holds the recipients where archive.yml, which is public, does not.
RECIPIENTS_VARIABLE = "DIGEST_MAIL_TO"

#: Headers that hold addresses: a program reads them, and does not undo what RFC 2047 encodes.
_VERBATIM = ("list-", "message-id")


class Recipient(NamedTuple):
    """A recipient: as the operator wrote it, and the bare address."""

    as_written: str
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


def list_recipients(
    mail: Mail, environment: Mapping[str, str], *, required: bool = True
) -> list[Recipient]:
    """List the recipients, each once: those of archive.yml, else those of the environment.

    Raises:
        ConfigError: one is no address; or there is none, and one is ``required``.
    """
    from_environment = environment.get(RECIPIENTS_VARIABLE, "").replace("\n", ",").split(",")
    result: dict[str, Recipient] = {}
    for number, written in enumerate(
        mail.recipients or filter(None, map(str.strip, from_environment)), 1
    ):
        split = services.parse_mailbox(written)
        if split is None:
            cure = "write addresses of the form user@example.org, with commas between them"
            raise ConfigError(RECIPIENTS_VARIABLE, f"its entry {number} is no address", cure)
        # By hand or by two lists that overlap, one reader is written twice: as the log compares them.
        result.setdefault(split[1].lower(), Recipient(written, split[1]))
    if required and not result:
        cure = f"write to: under mail: in archive.yml, or set {RECIPIENTS_VARIABLE}"
        raise ConfigError("archive.yml", "names no recipient of mail", cure)
    return list(result.values())


def build_message(
    issue: Issue, mail: Mail, recipient: Recipient | None, now: datetime
) -> EmailMessage:
    """Make the mail of an issue for one recipient; the same arguments make the same bytes.

    Args:
        issue: what stands in it.
        mail: the settings, checked when they were read.
        recipient: whom it goes to; ``None`` for a mail addressed to nobody.
        now: the time of sending, with its zone.
    """
    unsubscribe_url = services.unsubscribe_url(mail, recipient.address if recipient else "")
    email = EmailMessage(_POLICY)
    email["From"] = _header_address(mail.sender, issue.title)
    if recipient:
        email["To"] = _header_address(recipient.as_written, "")
    email["Subject"] = issue.subject
    email["Date"] = format_datetime(now)
    email["Message-ID"] = message_id(issue, mail)
    email["List-Id"] = f"<{issue.period}.digest.{_domain(mail)}>"
    if issue.home_url.isascii():
        email["List-Archive"] = f"<{issue.home_url}>"
    email["List-Unsubscribe"] = f"<{unsubscribe_url}>"
    if services.has_one_click_unsubscribe(mail):
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(render_text(issue, unsubscribe_url), cte="quoted-printable")
    email.add_alternative(
        render_html(issue, unsubscribe_url), subtype="html", cte="quoted-printable"
    )
    # "=_" stands in no quoted-printable text (RFC 2045, section 6.7).
    email.set_boundary(f"=_{_hash(issue)}")
    return email


def message_id(issue: Issue, mail: Mail) -> str:
    """Return the id of the mail of a period: always the same, so mail servers can drop a copy."""
    return f"<{issue.period_name}.{_hash(issue)}@{_domain(mail)}>"


def _hash(issue: Issue) -> str:
    return hash_text(f"{issue.home_url} {issue.period_name}", 8)


def _header_address(written: str, otherwise: str) -> Address:
    display, bare = services.parse_mailbox(written) or ("", written)
    display = (display or otherwise).replace("=?", "= ?")
    user, _, domain = bare.rpartition("@")
    return Address(display, user, domain)


def _domain(mail: Mail) -> str:
    return mail.sender.rstrip("> ").rpartition("@")[2].lower()
