"""A real HTTP server on loopback that answers as it is told, and a clock that tests can move."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.model.batch import Request

Reply = Callable[[BaseHTTPRequestHandler], None]

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
JSON = b'{"papers": []}'


class Quiet(ThreadingHTTPServer):
    """A server that does not mind guests who hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Report everything but a lost connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class BackgroundServer:
    """A server on a free port of loopback, in a thread of its own from the start."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self.http = Quiet(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Close the socket and wait for the thread."""
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


class Server(BackgroundServer):
    """Answers each path with its replies in order, the last one for ever; notes every call."""

    def __init__(self, name: str = "127.0.0.1") -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.connections: set[tuple[str, int]] = set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet for head and body, or each answer waits for an ACK

            def do_GET(self) -> None:
                outer.calls.append((self.path, dict(self.headers)))
                outer.connections.add(self.client_address)
                waiting = outer.replies[self.path]
                reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                with suppress(BrokenPipeError, ConnectionResetError):
                    reply(self)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        super().__init__(Handler)
        self.base = f"http://{name}:{self.http.server_port}"

    def on(self, path: str, *replies: Reply) -> Request:
        """Serve ``replies`` under ``path`` and return the request for it."""
        self.replies[path] = list(replies)
        return Request(self.base + path)


def send(
    data: bytes = JSON, status: int = 200, *, length: int | None = None, **headers: str
) -> Reply:
    """Make a reply; header names are written with underscores."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        for name, text in {"Content_Type": "application/json", **headers}.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(data)
        if length is not None:
            handler.close_connection = True

    return reply


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send one byte after the other, never falling silent for long."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.02)


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Move the clock and remember by how much."""
        self.slept.append(seconds)
        self.at += seconds

    @property
    def world(self) -> Environment:
        """The world of this clock; its chance is always a half."""
        return Environment(
            clock=lambda: self.at,
            now=lambda: START + timedelta(seconds=self.at - 1000),
            sleep=self.sleep,
            random=lambda: 0.5,
        )
