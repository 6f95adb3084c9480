"""Who got the mail of a period, in the public log: addresses hashed with a salt of that period.

The hash is slow (scrypt), so that an address can be compared with the log but the log cannot be searched
for the addresses of many people.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

from paper_digest.deliver.mail.log import SendingStep, append_step, read_steps

#: Cost of one hash (RFC 7914): about 20 ms and 8 MB.
_SCRYPT = {"n": 2**13, "r": 8, "p": 1, "dklen": 16}
_SALT_BYTES = 16


class RecipientLog:
    """The recipients that the mail of one period reached, now and in earlier runs."""

    def __init__(self, archive: Path, period: str) -> None:
        """Read the log.

        Raises:
            RecordError: a line cannot be read.
        """
        self._archive, self._period = archive, period
        reached = [s for s in read_steps(archive) if (s.period, s.state) == (period, "reached")]
        self._salt = reached[0].salt if reached else secrets.token_hex(_SALT_BYTES)
        self._hashes = {step.recipient for step in reached}

    def has_reached(self, address: str) -> bool:
        """Tell whether a server took this mail for an address."""
        return bool(self._hashes) and self._hash(address) in self._hashes

    def recorder(self, at: str) -> Callable[[str], None]:
        """Return what records, durably, that a mail was taken for an address; ``at`` is the run's time."""

        def record(address: str) -> None:
            step = SendingStep(
                self._period, "reached", at, salt=self._salt, recipient=self._hash(address)
            )
            append_step(self._archive, step)
            self._hashes.add(step.recipient)

        return record

    def _hash(self, address: str) -> str:
        # The part before the @ may tell capitals apart (RFC 5321, section 2.4); hardly any server does.
        data, salt = address.lower().encode(), bytes.fromhex(self._salt)
        return hashlib.scrypt(data, salt=salt, **_SCRYPT).hex()
