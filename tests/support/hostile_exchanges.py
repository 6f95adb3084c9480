"""Exchanges with a server that means ill: where it goes wrong, and what is sent there, by number."""

from __future__ import annotations

import gzip
import random
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError

Reply = Callable[[socket.socket], None]

GOOD = b'{"boats": 3}'
_ODD_TEXTS = (
    b"",
    b"\xff\xfe",
    b"9" * 400,
    b"-1",
    b"1e999",
    b"\x00",
    b"boat" * 20_000,
    "ブート".encode(),
    b"Sun, 99 Nov 99999 99:99:99 GMT",
    b"Mon, 01 Jan 0001 00:00:00 +2400",
    b"(" * 5000,
    b'W/"\xe9"',
    b"../" * 999,
    b"%",
    b"'; drop table boats",
    b"inf",
)
_HEADERS = (
    b"Retry-After",
    b"ETag",
    b"Last-Modified",
    b"Content-Length",
    b"Content-Encoding",
    b"Content-Type",
    b"Transfer-Encoding",
    b"Location",
    b"Set-Cookie",
    b"Connection",
    b"X-Boat",
    b"Date",
)
_STATUSES = (b"200 OK", b"302 Found", b"304 Not Modified", b"429 Busy", b"503 Away", b"418 \xff")
_LOCATIONS = (
    b"/on",
    b"http://",
    b"http://[",
    b"file:///etc/passwd",
    b"ftp://a.example/",
    b"http://me:secret@localhost:1/",
    b"//",
    b"http://0x7f.1:1/",
    b"javascript:1",
    b"http://" + b"a" * 70_000,
    b"http://a.example:99999/",
    b"\xff",
    b"http://\xe2\x80\x8b/",
    b"?" * 9000,
)


def _body(chance: random.Random) -> tuple[bytes, bytes]:
    """Return an extra header, and a body that goes wrong in one of the known ways."""
    noise = chance.randbytes(chance.randint(0, 400))
    packed = gzip.compress(GOOD, mtime=0)
    return chance.choice(
        (
            (b"", b""),
            (b"", noise),
            (b"Content-Encoding: gzip\r\n", noise),
            (b"Content-Encoding: gzip\r\n", packed[: chance.randint(1, len(packed))]),
            (b"Content-Encoding: gzip\r\n", gzip.compress(b"", mtime=0) * 20_000),
            (b"Content-Encoding: gzip\r\n", gzip.compress(b"\0" * 3_000_000, mtime=0)),
            (b"Content-Encoding: br\r\n", noise),
            (b"Content-Encoding: deflate\r\n", zlib.compress(noise)),
            (b"Transfer-Encoding: chunked\r\n", b"fffffffffffffffff\r\n"),
            (b"Transfer-Encoding: chunked\r\n", b"1;" + b"a" * 70_000 + b"\r\nx\r\n0\r\n\r\n"),
            (b"Transfer-Encoding: chunked\r\n", b"-1\r\n"),
            (b"Content-Length: 5\r\nContent-Length: 6\r\n", b"boats"),
            (b"Content-Length: 99999999999999999999\r\n", b"boats"),
        )
    )


def hostile_reply(number: int) -> Reply:
    """Return the reply of one exchange; the same number gives the same one."""
    chance = random.Random(number)  # noqa: S311 - made-up faults, no secret
    status, header = chance.choice(_STATUSES), chance.choice(_HEADERS)
    odd = header + b": " + chance.choice(_ODD_TEXTS + _LOCATIONS) + b"\r\n"
    location = b"Location: " + chance.choice(_LOCATIONS) + b"\r\n"
    extra, body = _body(chance)
    head = b"HTTP/1.1 " + status + b"\r\n"
    whole = {
        "header": head + odd + b"\r\n" + GOOD,
        "body": b"HTTP/1.1 200 OK\r\n" + extra + b"\r\n" + body,
        "redirect": b"HTTP/1.1 302 Found\r\n" + location + b"Content-Length: 0\r\n\r\n",
        "noise": chance.randbytes(chance.randint(0, 2000)),
        "many headers": head + b"X: y\r\n" * 30_000 + b"\r\n",
        "mixed": head + odd + location + extra + b"\r\n" + body,
    }
    dripped = {
        "1xx": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        "status": (b"", b"H"),
        "headers": (head, b"X: y\r\n"),
        "slow body": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", b"x"),
        "silence": (b"", b""),
    }
    kind = chance.choice((*whole, *dripped))
    if kind in whole:
        data = whole[kind]
        cut = chance.choice((len(data), len(data), chance.randint(0, len(data))))
        return lambda connection: connection.sendall(data[:cut])
    first, rest = dripped[kind]

    def drip(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            time.sleep(0.01)
            connection.sendall(rest)
            if not rest and not connection.recv(1):
                return

    return drip


@contextmanager
def hostile_server() -> Iterator[str]:
    """Serve the reply of each number under ``/number``; gives the address before the number."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(20)
                path = connection.recv(65_536).split(b" ")[1].strip(b"/?.")
                hostile_reply(int(path) if path.isdigit() else 0)(connection)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def run_exchange(fetcher: HttpFetcher, url: str) -> tuple[str, float]:
    """Ask once; return how it ended ("answer", "problem") and the seconds it took.

    Anything but an answer or a ``SourceError`` goes through: that is the fault looked for.
    """
    start = time.monotonic()
    try:
        fetcher.get(Request(url))
    except SourceError as error:
        if "secret" in str(error) or len(error.what) > 300:
            raise AssertionError(f"says too much: {error}") from error
        return "problem", time.monotonic() - start
    return "answer", time.monotonic() - start
