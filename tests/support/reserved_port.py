"""A port of loopback that is one test's alone, before and while a program of its own listens there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserved_port() -> Iterator[int]:
    """Hold a port at which nobody answers until a program is asked to listen there.

    A port that was free a moment ago may be another test's now. This one stays bound, which keeps
    Linux from giving it to whoever asks for any port; a server that sets ``SO_REUSEADDR``, as
    Python's do, may still listen on it (socket(7): only a *listening* socket forbids that).
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
