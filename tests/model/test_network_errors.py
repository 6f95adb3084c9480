"""What the network refuses is said in words that name who refused, never as a number of the system."""

from __future__ import annotations

import ast
import errno
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import paper_digest
import pytest
from paper_digest.model.machine_errors import error_words
from paper_digest.model.network_errors import asked_place, network_fault
from reserved_port import reserved_port

PLACE = "papers.example:443"
PACKAGE = Path(paper_digest.__file__).parent


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_error_of_the_system_has_words_and_no_number(number: int) -> None:
    error = OSError(number, os.strerror(number))
    fault = network_fault(error, PLACE)
    assert fault
    assert fault.cure
    for words in (fault.what, error_words(error), error_words(OSError(number, "x", "a/file"))):
        assert words
        assert "Errno" not in words
        assert str(number) not in words.replace(PLACE, "")
    assert PLACE in fault.what


@pytest.mark.parametrize("number", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_name_that_cannot_be_looked_up_is_named(number: int) -> None:
    fault = network_fault(socket.gaierror(number, "Name or service not known"), PLACE)
    assert fault
    assert "papers.example" in fault.what
    assert "Errno" not in fault.what


def test_what_is_no_error_of_the_network_is_none() -> None:
    assert network_fault(ValueError("x"), PLACE) is None
    assert network_fault(httpx.RemoteProtocolError("x"), PLACE) is None


@contextmanager
def _answering(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Listen on loopback and answer one connection; yields the port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def _reset(connection: socket.socket) -> None:
    connection.recv(10)
    # Closing with a linger of zero seconds sends RST (socket(7), SO_LINGER).
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def _plain(connection: socket.socket) -> None:
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def _fault_of(url: str) -> str:
    """Ask for an address that gives no answer, and return what is said of it."""
    with pytest.raises(httpx.HTTPError) as caught:
        httpx.get(url, trust_env=False)
    fault = network_fault(caught.value, asked_place(url))
    assert fault
    assert "Errno" not in fault.what + fault.cure
    return fault.what


def test_real_connections_that_fail_say_who_failed() -> None:
    with reserved_port() as port:
        assert _fault_of(f"http://127.0.0.1:{port}/") == f"connection refused by 127.0.0.1:{port}"
    with _answering(_reset) as port:
        assert (
            _fault_of(f"http://127.0.0.1:{port}/") == f"the connection was cut by 127.0.0.1:{port}"
        )
    with _answering(_plain) as port:
        assert "does not speak TLS as asked" in _fault_of(f"https://127.0.0.1:{port}/")
    assert "nowhere.invalid" in _fault_of("http://nowhere.invalid/")


def test_a_proxy_that_refuses_is_named_as_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    assert asked_place("http://papers.example/x") == "the proxy 127.0.0.1:3128"
    monkeypatch.setenv("no_proxy", "papers.example")
    assert asked_place("http://papers.example/x") == "papers.example:80"


#: Errors that carry a number of the system, as handlers name them.
_NUMBERED = {"OSError", "PermissionError", "ConnectionError", "HTTPError", "gaierror", "SSLError"}


def _quotes_of(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of handlers of such errors that print the error as Python does."""
    for handler in ast.walk(tree):
        if not isinstance(handler, ast.ExceptHandler) or not handler.name or not handler.type:
            continue
        kinds = {getattr(one, "id", getattr(one, "attr", "")) for one in ast.walk(handler.type)}
        if not kinds & _NUMBERED:
            continue
        for node in ast.walk(handler):
            if isinstance(node, ast.FormattedValue):
                printed = node.value
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"str", "repr"}:
                printed = node.args[0]
            else:
                continue
            if isinstance(printed, ast.Name) and printed.id == handler.name:
                yield node.lineno


def test_no_handler_prints_an_error_of_the_system_as_python_does() -> None:
    places = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in _quotes_of(ast.parse(path.read_text("utf-8")))
    ]
    assert places == []
    assert [*_quotes_of(ast.parse("try: f()\nexcept OSError as e: print(f'{e}')"))] == [2]


def test_errors_of_mail_are_errors_of_the_system_too() -> None:
    """What ``smtplib`` raises is an ``OSError`` without a number (docs.python.org, smtplib)."""
    fault = network_fault(smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), PLACE)
    assert fault
    assert PLACE in fault.what
    fault = network_fault(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version"), PLACE)
    assert fault
    assert "TLS" in fault.what
