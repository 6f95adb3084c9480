"""The log of sent mails (``archive/mail.jsonl``), so that no period is sent twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from paper_digest.model.errors import RecordError
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import append_line
from paper_digest.store.json_lines import read_lines

LOG_FILE = "mail.jsonl"

SendingState = Literal["begun", "reached", "sent", "failed", "cut"]


class SendingStep(StrictStruct, frozen=True):
    """One step of sending one mail; holds no reader's address, because the archive is public.

    Attributes:
        period: an ISO day, or an ISO week as ``2025-W47``.
        state: ``begun`` is written before the first mail and ``sent`` after the last; ``reached``
            after each that a server took; ``failed`` says that none but these went out, ``cut`` that
            the last one may have.
        at: ISO time (UTC).
        message_id: the mails' id, without angle brackets.
        accepted: mails the server took. ``refused``: mails it did not take.
        papers: where a server took any: how many papers of the period the mail counted; 0 in logs of earlier versions.
        said: what went wrong, in words.
        salt, recipient: of ``reached``: whom, hashed with that salt (``recipient_log``).
    """

    period: str
    state: SendingState
    at: str
    message_id: str = ""
    accepted: int = 0
    refused: int = 0
    papers: int = 0
    said: str = ""
    salt: str = ""
    recipient: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether mails may have gone out that were not counted."""
        return self.state in {"begun", "cut"}


def last_steps(archive: Path) -> dict[str, SendingStep]:
    """Return the last step of each period by its name, in the order of those steps.

    What single recipients got is no step of its own. Raises as ``read_steps`` does.
    """
    steps: dict[str, SendingStep] = {}
    for sending in read_steps(archive):
        if sending.state != "reached":
            steps.pop(sending.period, None)
            steps[sending.period] = sending
    return steps


def read_steps(archive: Path) -> Iterator[SendingStep]:
    """Yield all lines of the log.

    Raises:
        RecordError: naming file, line and cure, if a line cannot be read.
    """
    path = archive / LOG_FILE
    for number, line in read_lines(path):
        try:
            yield msgspec.json.decode(line, type=SendingStep)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            # A guess here could send a mail twice, so the line is not passed over.
            cure = "correct or delete the line"
            raise RecordError(
                f"{path}:{number}", f"is no record of a mail: {error}", cure
            ) from error


def append_step(archive: Path, sending: SendingStep) -> None:
    """Append a step to the log, durably."""
    append_line(archive / LOG_FILE, msgspec.json.encode(sending))


def append_void(archive: Path, periods: Iterable[str], now: datetime) -> None:
    """Log that claims came to nothing, as all papers of their periods were hidden since.

    Open they would be uncertain for ever, and papers that come in none.
    """
    for period in periods:
        at = now.isoformat(timespec="seconds")
        append_step(archive, SendingStep(period, "failed", at, said="it has no papers any more"))
