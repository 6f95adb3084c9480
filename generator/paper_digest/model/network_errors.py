"""What the network refuses, in words with a cure: who refused, and what to look at."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_ON_THE_NETWORK = "see that this computer is on the network"
_CUT = ("the connection was cut by {place}", "a firewall or proxy may do so too")
_NO_WAY = ("no way leads to {place}", _ON_THE_NETWORK)

#: What went wrong and what to look at, by the number of the error (errno(3)).
_WORDS = {
    errno.ECONNREFUSED: (
        "connection refused by {place}",
        "see that its address is right, and that the service runs there",
    ),
    errno.ECONNRESET: _CUT,
    errno.ECONNABORTED: _CUT,
    errno.EPIPE: _CUT,
    errno.ETIMEDOUT: ("{place} did not answer in time", _ON_THE_NETWORK),
    errno.EHOSTUNREACH: _NO_WAY,
    errno.EHOSTDOWN: _NO_WAY,
    errno.ENETUNREACH: _NO_WAY,
    errno.ENETDOWN: _NO_WAY,
    errno.EADDRNOTAVAIL: _NO_WAY,
    errno.EACCES: ("this computer does not let programs reach {place}", "see its firewall"),
    errno.EPERM: ("this computer does not let programs reach {place}", "see its firewall"),
}
_NO_NAME = (
    "the network knows no computer called {host}",
    "see its spelling, and that this computer is on the network",
)
_NAMES_FAIL = ("the name {host} could not be looked up", _ON_THE_NETWORK)
#: Names that do not exist (getaddrinfo(3)); the second is not on every system.
_NO_NAME_CODES = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_NO_TLS = ("{place} does not speak TLS as asked ({reason})", "see whether it takes http:// alone")
_DEFAULT_PORTS = {"https": 443, "http": 80}


class NetworkFault(NamedTuple):
    """What the network refused, and what to look at; neither has a final stop."""

    what: str
    cure: str


def network_fault(error: BaseException, place: str) -> NetworkFault | None:
    """Say what an error of the network means; ``None`` where neither it nor its causes is one.

    Args:
        error: whatever a client of the network raised.
        place: who was asked, as ``HOST:PORT``.
    """
    fault = next((one for one in _causes(error) if isinstance(one, OSError)), None)
    if fault is None:
        return None
    reason = (fault.strerror or str(fault) or type(fault).__name__).lower()
    if isinstance(fault, socket.gaierror):
        what, cure = _NO_NAME if fault.errno in _NO_NAME_CODES else _NAMES_FAIL
    elif isinstance(fault, ssl.SSLError):
        reason = (getattr(fault, "reason", None) or "no reason given").replace("_", " ").lower()
        what, cure = _NO_TLS
    elif isinstance(fault, TimeoutError):
        what, cure = _WORDS[errno.ETIMEDOUT]
    else:
        fallback = ("the connection to {place} failed: {reason}", _ON_THE_NETWORK)
        what, cure = _WORDS.get(fault.errno or 0, fallback)
    host = place.rpartition(":")[0] or place
    return NetworkFault(what.format(place=place, host=host, reason=reason), cure)


def asked_place(address: str) -> str:
    """Say who is asked for a web address: ``HOST:PORT``, or the proxy that stands between."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
    proxy = urlsplit(getproxies().get(parts.scheme, ""))
    if proxy.hostname and not proxy_bypass(host):
        port = proxy.port or _DEFAULT_PORTS.get(proxy.scheme, 0)
        return f"the proxy {proxy.hostname}:{port}"
    return f"{host}:{port}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__
