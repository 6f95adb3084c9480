"""Sends mails over SMTP with TLS."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from paper_digest.deliver.mail.exchange import (
    ENDS_CONNECTION,
    Connection,
    Letter,
    TlsConnection,
    is_for_now,
    mask_address,
    one_line,
    plain_words,
    refusal_of,
)
from paper_digest.model.errors import DigestError
from paper_digest.model.network_errors import network_fault
from paper_digest.settings import services
from paper_digest.settings.services import Mail

#: Seconds to wait for a server that was sent nothing yet: the next run may try again.
TIMEOUT_SECONDS = 30.0

#: Seconds to wait while mails are sent (RFC 5321, 4.5.3.2.6): a server that looks a mail over for long
#: takes it all the same, and who gives up sends it again.
SENDING_SECONDS = 600.0

#: This machine, to which mail may go without TLS.
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})

#: The environment variable that holds the account's password.
PASSWORD_VARIABLE = "DIGEST_SMTP_PASSWORD"  # noqa: S105 - the name of a variable


#: What smtplib raises where a server has no log-in, or none that smtplib has.
_NO_LOGIN = frozenset({smtplib.SMTPNotSupportedError, smtplib.SMTPException})


class MailError(DigestError):
    """No mail was sent, and why."""


class SendResult(NamedTuple):
    """How it went.

    Attributes:
        accepted: mails the server took.
        refused: mails it did not take, in its words.
        cut_reason: why the connection ended when a mail was out and not answered, so that it is not
            known whether it arrived; "" if it did not.
        end_reason: why the connection ended when none was: the mails that are not counted did not arrive.
    """

    accepted: int
    refused: tuple[str, ...] = ()
    cut_reason: str = ""
    end_reason: str = ""


def send_mails(
    letters: Iterable[Letter],
    mail: Mail,
    password: str = "",
    context: ssl.SSLContext | None = None,
    on_accepted: Callable[[str], None] = lambda _: None,
) -> SendResult:
    """Send each mail to its recipient, one after the other, over one connection.

    Addresses are masked in what is returned: logs of a workflow are public.

    Args:
        letters: the mails.
        mail: server, account and sender.
        password: the account's; needed where ``mail.user`` is set.
        context: what the server's certificate is checked with; the system's, unless given.
        on_accepted: called with the recipient of each mail that the server took, before the next.

    Raises:
        MailError: before any mail was sent: no server, no TLS, a wrong password.
    """
    accepted, refused = 0, list[str]()
    _, sender = services.parse_mailbox(mail.sender) or ("", mail.sender)
    with _connection(mail, password, context or ssl.create_default_context()) as server:
        for letter in letters:
            server.is_mail_out = False
            try:
                refusal = refusal_of(server, sender, letter)
                if refusal is None:
                    accepted += 1
                    on_accepted(letter.recipient)
                    continue
            except (smtplib.SMTPException, OSError) as error:
                words, _ = _words_and_cure(error, mail, "")
                words = words.replace(letter.recipient, mask_address(letter.recipient))
                ended = ("", words) if not server.is_mail_out else (words, "")
                return SendResult(accepted, tuple(refused), *ended)
            code, words = refusal
            if code == ENDS_CONNECTION:
                return SendResult(accepted, tuple(refused), end_reason=words)
            refused.append(words)
    return SendResult(accepted, tuple(refused))


@contextmanager
def _connection(mail: Mail, password: str, context: ssl.SSLContext) -> Iterator[Connection]:
    """Open an encrypted connection and log in."""
    where = f"{mail.host}:{mail.port}"
    if mail.user and not password:
        cure = f"set {PASSWORD_VARIABLE} (in a workflow: a repository secret of that name)"
        raise MailError(where, f"needs the password of {mail.user}", cure)
    if not password.isascii():
        cure = "choose a password of ASCII characters"
        raise MailError(PASSWORD_VARIABLE, "has characters that SMTP's log-in cannot carry", cure)
    try:
        server = _opened(mail, context)
    except ssl.SSLCertVerificationError as error:
        what = f"has a certificate that is not valid: {error.verify_message}"
        raise MailError(where, what, "write the name in the certificate as host") from error
    except ssl.SSLError as error:
        what, _ = _words_and_cure(error, mail, "")
        raise MailError(where, what, "use port 587 (STARTTLS) or 465 (TLS)") from error
    except (smtplib.SMTPException, OSError) as error:
        what, cure = _words_and_cure(error, mail, "check host and port under mail: in archive.yml")
        raise MailError(where, f"cannot be reached: {what}", cure) from error
    try:
        if mail.user:
            _log_in(server, mail, password)
        _wait_for(server, SENDING_SECONDS)
        yield server
    finally:
        _wait_for(server, TIMEOUT_SECONDS)
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


def _wait_for(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _opened(mail: Mail, context: ssl.SSLContext) -> Connection:
    if mail.implicit_tls:
        return TlsConnection(mail.host, mail.port, timeout=TIMEOUT_SECONDS, context=context)
    server = Connection(mail.host, mail.port, timeout=TIMEOUT_SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        _start_tls(server, mail, context)
    except BaseException:
        server.close()
        raise
    return server


def _start_tls(server: smtplib.SMTP, mail: Mail, context: ssl.SSLContext) -> None:
    """Switch to TLS; raises ``MailError`` if the server offers none."""
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif mail.host not in LOOPBACK_HOSTS:
        what = "offers no TLS (STARTTLS), so anyone on the way could read the password"
        raise MailError(f"{mail.host}:{mail.port}", what, "use port 465, or another server")


def _log_in(server: smtplib.SMTP, mail: Mail, password: str) -> None:
    where = f"{mail.host}:{mail.port}"
    try:
        server.login(mail.user, password)
    except smtplib.SMTPAuthenticationError as error:
        cure = (
            f"check user in archive.yml and {PASSWORD_VARIABLE}; some services want an app password"
        )
        what = f"refuses the account or its password ({error.smtp_code})"
        if is_for_now(error.smtp_code):
            what, cure = f"cannot check the password now: {_answer(error)}", "try again later"
        raise MailError(where, what, cure) from error
    except (smtplib.SMTPException, OSError) as error:
        if type(error) in _NO_LOGIN:
            cure = "leave out user in archive.yml, or use the port for sending (587 or 465)"
            raise MailError(where, "offers no login with a password", cure) from error
        what, _ = _words_and_cure(error, mail, "")
        raise MailError(
            where, f"ended the connection at the login: {what}", "try again later"
        ) from error


def _words_and_cure(error: Exception, mail: Mail, cure: str) -> tuple[str, str]:
    """Say what ended a connection, and what to do: ``cure``, and what the network's own errors need."""
    place = f"{mail.host}:{mail.port}"
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error), "try again later" if is_for_now(error.smtp_code) else cure
    if isinstance(error, smtplib.SMTPServerDisconnected):
        # smtplib says so of an answer that does not come as well, which is no cut.
        if not isinstance(error.__context__, TimeoutError):
            return f"the connection was cut by {place}", cure or "try again later"
        error = error.__context__
    fault = network_fault(error, place)
    if fault is None:
        return one_line(error), cure
    return fault.what, f"{cure}; {fault.cure}" if cure else fault.cure


def _answer(error: smtplib.SMTPResponseException) -> str:
    """Return what a server answered; what is no answer of SMTP's has no number."""
    code = f"{error.smtp_code} " if error.smtp_code > 0 else ""
    return f"the answer was “{one_line(code + plain_words(error.smtp_error))}”"
