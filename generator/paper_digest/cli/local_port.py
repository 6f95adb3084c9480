"""Whether a port of this computer is free, so that a busy one is one line and no traceback."""

from __future__ import annotations

import errno
import socket

from paper_digest.model.errors import DigestError
from paper_digest.model.machine_errors import error_words


class PortError(DigestError):
    """A port cannot be listened on."""


def check_port(port: int) -> None:
    """See that ``localhost`` can be listened on at a port.

    Raises:
        PortError: another program uses it, or this user may not.
    """
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError as error:
        place = f"localhost:{port}"
        if error.errno == errno.EADDRINUSE:
            what, cure = "another program uses this port", f"give another: --port {_other(port)}"
        elif error.errno == errno.EACCES:
            what, cure = "ports below 1,024 are for administrators", "give another: --port 8000"
        else:
            what, cure = f"cannot be listened on: {error_words(error)}", ""
        raise PortError(place, what, cure) from error


def _other(port: int) -> int:
    return port + 1 if port < 65535 else 8000  # noqa: PLR2004 - the last port there is
