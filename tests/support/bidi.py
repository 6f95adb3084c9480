"""Firefox driven by WebDriver BiDi (W3C) over a plain WebSocket (RFC 6455): no driver in between."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import struct
import subprocess
from pathlib import Path
from typing import Any

_LISTENING = re.compile(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")
_TEXT_FRAME, _MASKED, _TWO_BYTES, _EIGHT_BYTES = 0x81, 0x80, 126, 127
_TIMEOUT_S = 120


class Firefox:
    """A headless Firefox with one tab; ``close`` ends it."""

    def __init__(self, program: str, profile: Path) -> None:
        options = ["--headless", "--no-remote", "--profile", str(profile)]
        self._process = subprocess.Popen(
            [program, *options, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1"},
        )
        assert self._process.stderr
        ports = (_LISTENING.search(line) for line in self._process.stderr)
        port = int(next(match for match in ports if match)[1])
        self._socket = socket.create_connection(("127.0.0.1", port), _TIMEOUT_S)
        self._file = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            "GET /session HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        )
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        while self._file.readline().strip():
            pass
        self._last_id = 0
        self.send("session.new", capabilities={})
        self._tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command and return its result; an error fails."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": params}
        data, mask = json.dumps(message).encode(), os.urandom(4)
        size = (
            bytes((_TEXT_FRAME, _MASKED | len(data)))
            if len(data) < _TWO_BYTES
            else struct.pack("!BBH", _TEXT_FRAME, _MASKED | _TWO_BYTES, len(data))
        )
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        self._socket.sendall(size + mask + masked)
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._last_id:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def _message(self) -> bytes:
        data = b""
        while True:
            head, size = self._file.read(2)
            if size == _TWO_BYTES:
                (size,) = struct.unpack("!H", self._file.read(2))
            elif size == _EIGHT_BYTES:
                (size,) = struct.unpack("!Q", self._file.read(8))
            data += self._file.read(size)
            if head & 0x80:
                return data

    def goto(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - any plain value of JavaScript
        """Return what a promise of a plain value gives."""
        target = {"context": self._tab}
        answer = self.send(
            "script.evaluate", expression=expression, target=target, awaitPromise=True
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
