"""An SMTP server that answers each command as a test says: with any code, slowly, or not at all."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

#: What a server without any extension answers; "." is the end of a mail.
PLAIN = {
    "CONNECT": "220 here",
    "EHLO": "250 here",
    "MAIL": "250 OK",
    "RCPT": "250 OK",
    "DATA": "354 go on",
    ".": "250 taken",
    "RSET": "250 OK",
    "QUIT": "221 bye",
}


@contextmanager
def scripted_server(
    answers: Mapping[str, str | Sequence[str]],
    pauses: Mapping[str, float] | None = None,
    silent: str = "-",
) -> Iterator[tuple[int, list[str]]]:
    """Run a server; yields its port and the list of commands that it got.

    Args:
        answers: by command, what is answered otherwise than by ``PLAIN``; "" cuts the connection. Several are
            answered one after the other, over all connections, and then what ``PLAIN`` says.
        pauses: by command, seconds until the answer.
        silent: an answer that is never given, though the connection stays.
    """
    got: list[str] = []
    script = PLAIN | {verb: one for verb, one in answers.items() if isinstance(one, str)}
    queues = {verb: [*some] for verb, some in answers.items() if not isinstance(some, str)}

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            verb = "CONNECT"
            while True:
                time.sleep((pauses or {}).get(verb, 0))
                queue = queues.get(verb)
                answer = queue.pop(0) if queue else script.get(verb, "500 unknown")
                if answer == silent:
                    self.rfile.readline()
                if answer in {"", silent}:
                    return
                self.wfile.write(answer.replace("\n", "\r\n").encode() + b"\r\n")
                if verb == "QUIT" or answer.startswith("421"):
                    return
                if verb == "DATA" and answer.startswith("354"):
                    while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                        pass
                    verb = "."
                elif line := self.rfile.readline():
                    verb = line.split()[0].decode().upper()
                else:
                    return
                got.append(verb)

    class Scripted(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: a client that gave up is what some tests ask for."""

    with Scripted(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1], got
        finally:
            server.shutdown()
            thread.join()
