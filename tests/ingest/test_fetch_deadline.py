"""An exchange ends when its time is over, wherever the server dawdles."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from paper_digest.ingest.fetch.body import BrokenBodyError, read_body
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#: For each place to dawdle: what is sent at once, and what is sent over and over.
_DAWDLERS = {
    "no byte": (b"", b""),
    "status line": (b"", b"H"),
    "headers": (_HEAD, b"X-Boat: 1\r\n"),
    "one header": (_HEAD + b"X-Boat: ", b"a"),
    "1xx": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </boat.css>\r\n\r\n"),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": (_HEAD + b"Content-Length: 9000000\r\n\r\n", b"x"),
    "chunks": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "chunk size": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailers": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"X-Boat: 1\r\n"),
    "until closed": (_HEAD + b"\r\n", b"x"),
    "gzip": (_HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"", mtime=0)),
}


@contextmanager
def raw_server(reply: Callable[[socket.socket], None]) -> Iterator[int]:
    """Serve each connection by ``reply``, which gets the socket once a request has come."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65_536)
                reply(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def _dawdle(first: bytes, rest: bytes) -> Callable[[socket.socket], None]:
    def reply(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            time.sleep(0.01)
            connection.sendall(rest)

    return reply


def _ask(url: str, folder: Path, **more: float) -> str:
    manners = Politeness(interval_s=0.0, max_tries=1, **{"answer_timeout_s": 0.4, **more})  # type: ignore[arg-type]
    with (
        HttpFetcher(manners, folder, environment=Environment(sleep=lambda _: None)) as fetcher,
        pytest.raises(SourceError) as caught,
    ):
        fetcher.get(Request(url))
    return str(caught.value)


@pytest.mark.parametrize("place", _DAWDLERS)
def test_a_server_that_dawdles_anywhere_is_left(tmp_path: Path, place: str) -> None:
    with raw_server(_dawdle(*_DAWDLERS[place])) as port:
        assert "the answer came too slowly" in _ask(f"http://127.0.0.1:{port}/", tmp_path)


def test_a_server_that_dawdles_in_the_handshake_is_left(tmp_path: Path) -> None:
    with raw_server(_dawdle(b"\x16\x03\x03\x40\x00", b"\x00")) as port:
        assert "no answer" in _ask(f"https://127.0.0.1:{port}/", tmp_path)


def test_redirects_share_the_time_of_one_exchange(tmp_path: Path) -> None:
    def reply(connection: socket.socket) -> None:
        time.sleep(0.15)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /on\r\nContent-Length: 0\r\n\r\n")

    with raw_server(reply) as port:
        said = _ask(f"http://127.0.0.1:{port}/", tmp_path, max_redirects=99)
    assert "the answer came too slowly" in said


def test_unpacking_ends_with_the_time() -> None:
    chunks = iter([gzip.compress(b"boat" * 9999)])
    looks: list[bool] = []

    def is_late() -> bool:
        looks.append(True)
        return len(looks) > 1

    with pytest.raises(BrokenBodyError, match="too long to unpack"):
        read_body(chunks, "gzip", 10**6, is_late)


@pytest.mark.parametrize("encoding", ["\xff", "boat", "gzip;q=\x01", "🛶", "gzip, gzip", ","])
def test_an_encoding_that_nobody_knows_is_no_header(encoding: str) -> None:
    for data in (b"[]", gzip.compress(b"[]")):
        assert read_body([data], encoding, 99, lambda: False) == b"[]"
