"""One deadline over a whole exchange: each step on the wire gets the time that is left, and no more.

A server that sends a byte a second, headers that never end or ``103`` for ever is never silent for long,
so a limit on silence alone would wait for it without end.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx


class Deadline:
    """When the exchange under way has to be over, in seconds of ``clock``.

    ``public_host``: a name that may not lead into the local network, "" where any may.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Set no limit yet."""
        self._clock = clock
        self.ends_at = float("inf")
        self.public_host = ""

    def is_over(self) -> bool:
        """Tell whether the time is up."""
        return self._clock() > self.ends_at

    def left_s(self, timeout: float | None) -> float:
        """Return the seconds for a step that may take ``timeout``; more than 0.

        Raises:
            httpcore.ReadTimeout: there is no time left.
        """
        left = self.ends_at - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole answer took too long")
        return left if timeout is None else min(left, timeout)


class _BoundedStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left_s(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left_s(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left_s = self._deadline.left_s(timeout)
        return _BoundedStream(
            self._stream.start_tls(ssl_context, server_hostname, left_s), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the base class says
        return self._stream.get_extra_info(info)


class _BoundedBackend(httpcore.SyncBackend):
    """Opens connections that keep to the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left_s = self._deadline.left_s(timeout)
        stream = super().connect_tcp(host, port, left_s, local_address, socket_options)
        peer = (stream.get_extra_info("server_addr") or ("",))[0]
        if host == self._deadline.public_host and not _is_public(peer):
            stream.close()
            raise httpcore.ConnectError("a redirect into the local network")
        return _BoundedStream(stream, self._deadline)


def _is_public(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_global
    except ValueError:
        return False


def bound_client(client: httpx.Client, deadline: Deadline) -> None:
    """Make all connections of a client, those through proxies too, keep to a deadline.

    Raises:
        RuntimeError: this version of httpx is built otherwise, so that nothing would be bounded.
    """
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - no public way keeps proxies
        if transport is None:  # hosts that NO_PROXY names use the client's own
            continue
        pool = getattr(transport, "_pool", None)
        if not hasattr(pool, "_network_backend"):
            raise RuntimeError("httpx has no connection pool where one was expected")
        pool._network_backend = _BoundedBackend(deadline)  # type: ignore[union-attr]  # noqa: SLF001
