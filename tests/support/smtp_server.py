"""A real SMTP server on this machine, with TLS and log-in, that keeps what it is sent."""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "papers", "correct horse"


class Got(NamedTuple):
    """One mail as it came: whom it is for, whether over TLS and from a known account, its bytes."""

    to: list[str]
    covered: bool
    known: bool
    data: bytes


class Server:
    """What a test may ask of the server, and tell it to do."""

    def __init__(self, authority: trustme.CA) -> None:
        self.authority = authority
        self.got: list[Got] = []
        self.refused: dict[str, str] = {}
        self.on_data: Callable[[SMTP], None] = lambda _: None
        self.on_taken: Callable[[str], None] = lambda _: None
        self.port = 0

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client checks the server's certificate with."""
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient or refuse it."""
        del server, session, options
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail, or do what the test says."""
        self.on_data(server)
        covered = bool(server.transport and server.transport.get_extra_info("sslcontext"))
        known = bool(session.authenticated)
        assert isinstance(envelope.content, bytes)
        for recipient in envelope.rcpt_tos:
            self.on_taken(recipient)
        self.got.append(Got(list(envelope.rcpt_tos), covered, known, envelope.content))
        return "250 OK"


def login(
    _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    """Know one account."""
    assert mechanism in {"LOGIN", "PLAIN"}
    assert isinstance(data, LoginPassword)
    right = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


def hang_up(server: SMTP) -> None:
    """Cut the connection without a word."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class AnyPort(Controller):
    """Listens on a port that the system chose, so that no other test can take it first."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(
    *, tls: str = "starttls", host: str = "127.0.0.1", name: str = "localhost"
) -> Iterator[Server]:
    """Run a server; ``tls`` is "starttls", "implicit" or "none", ``name`` what its certificate says."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    handler = Server(authority)
    options: dict[str, Any] = {
        "starttls": {
            "tls_context": context,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": login,
        },
        "implicit": {"ssl_context": context, "auth_require_tls": False, "authenticator": login},
        "none": {},
    }[tls]
    controller = AnyPort(handler, hostname=host, port=0, ready_timeout=120, **options)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop(no_assert=True)


class ServerApart:
    """A server in a process of its own: its port, and the file that gets a line for each mail."""

    def __init__(self, place: Path) -> None:
        """Start it; files are written into the folder ``place``."""
        self.got, self._authority = place / "got", place / "authority.pem"
        self.got.touch()
        reading, writing = os.pipe()
        self._process = os.fork()
        if not self._process:
            os.setsid()
            self._serve(writing)
        with os.fdopen(reading) as lines:
            os.close(writing)
            self.port = int(lines.readline())

    def trust(self) -> ssl.SSLContext:
        """Return what a client checks the server's certificate with."""
        return ssl.create_default_context(cafile=str(self._authority))

    def stop(self) -> None:
        """End it."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def _serve(self, writing: int) -> NoReturn:
        with mail_server() as server:
            server.authority.cert_pem.write_to_path(str(self._authority))
            server.on_taken = self._note
            os.write(writing, f"{server.port}\n".encode())
            os.close(writing)
            while True:
                signal.pause()

    def _note(self, recipient: str) -> None:
        with self.got.open("a", encoding="utf-8") as file:
            file.write(f"{recipient}\n")
