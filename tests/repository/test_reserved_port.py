"""A port that a test holds for a program of its own is nobody else's meanwhile."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from reserved_port import reserved_port


def test_a_held_port_is_silent_nobody_elses_and_free_for_a_server() -> None:
    with reserved_port() as port, ExitStack() as others:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        for _ in range(500):
            other = others.enter_context(socket.create_server(("127.0.0.1", 0)))
            assert other.getsockname()[1] != port
        with (
            HTTPServer(("127.0.0.1", port), BaseHTTPRequestHandler),
            socket.create_connection(("127.0.0.1", port)),
        ):
            pass
