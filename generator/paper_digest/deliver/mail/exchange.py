"""One mail over an open connection: taken, refused, or nobody knows."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: The answer after which a server hangs up (RFC 5321, 3.8).
ENDS_CONNECTION = 421


class Letter(NamedTuple):
    """One mail: the bare address of its one recipient, and its bytes with CRLF line ends."""

    recipient: str
    data: bytes


class Connection(smtplib.SMTP):
    """A connection that knows whether the mail being sent is out: only then may it have arrived (RFC 5321, 4.1.1.4)."""

    is_mail_out = False

    def send(self, s: ReadableBuffer | str) -> None:
        """Send a command, or a mail with the dot that ends it."""
        super().send(s)
        self.is_mail_out |= not isinstance(s, str)


class TlsConnection(Connection, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


def refusal_of(server: Connection, sender: str, letter: Letter) -> tuple[int, str] | None:
    """Send a mail; returns the number and the words of a refusal, ``None`` where it was taken.

    Raises:
        smtplib.SMTPException: the connection ended, or what was answered to the mail is neither.
    """
    answer: bytes | str
    try:
        server.sendmail(sender, [letter.recipient], letter.data)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = error.recipients[letter.recipient]
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        code, answer = error.smtp_code, error.smtp_error
        if server.is_mail_out and code // 100 == 2:  # noqa: PLR2004 - taken, whatever the rest says (RFC 5321, 4.2.1)
            return None
        if server.is_mail_out and code // 100 not in {4, 5}:
            raise
    else:
        return None
    return code, _refusal(letter.recipient, code, answer)


def _refusal(recipient: str, code: int, words: bytes | str) -> str:
    """Return a server's refusal, with the recipient's address masked."""
    masked = mask_address(recipient)
    later = " (try again later)" if is_for_now(code) else ""
    return f"{masked} was refused: {code} {one_line(plain_words(words)).replace(recipient, masked)}{later}"


def mask_address(address: str) -> str:
    """Hide an address's user but not its host: ``a…@example.org``."""
    return f"{address[:1]}…{address[address.rfind('@') :]}"


def is_for_now(code: int) -> bool:
    """Tell whether a server refuses for the moment alone (RFC 5321, 4.2.1)."""
    return 400 <= code < 500  # noqa: PLR2004 - see above


def plain_words(words: bytes | str) -> str:
    """Return what a server answered as text: smtplib gives it as bytes, and its own words as text."""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def one_line(words: object) -> str:
    """Return words without line breaks, as many as a message has place for."""
    return " ".join(str(words).split())[:300]
