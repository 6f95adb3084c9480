"""Over weeks of made-up runs no paper is forgotten: it is in a mail, or its mail waits, or a run says why not."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from paper_digest.deliver.mail import send_due
from paper_digest.deliver.mail.exchange import Letter
from paper_digest.deliver.mail.log import last_steps
from paper_digest.deliver.mail.send_due import Mailing
from paper_digest.deliver.mail.smtp import MailError, SendResult
from paper_digest.deliver.newsletter import Period, period_name, recent_periods
from paper_digest.model.paper import Author, Claim, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store

FIRST_DAY = date(2025, 11, 3)
DAYS = 18
READERS = ["a@example.org", "b@example.org"]


class MadeServer:
    """Takes mails, refuses them or hangs up, and remembers which papers each reader got."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.is_well = chance, False
        self.got: dict[str, set[int]] = {reader: set() for reader in READERS}

    def send(
        self,
        letters: Iterable[Letter],
        _mail: object,
        _password: str,
        _context: object,
        on_accepted: Callable[[str], None],
    ) -> SendResult:
        """Do as ``send_mails`` does, in one of four moods."""
        mood = (
            "well"
            if self.is_well
            else self.chance.choice(["well", "well", "refuses", "cuts", "ends"])
        )
        accepted = 0
        for letter in letters:
            if mood == "refuses":
                return SendResult(0, ("all were refused",))
            if mood == "cuts" and self.chance.random() < 0.5:
                return SendResult(accepted, (), "the connection was cut")
            if mood == "ends" and self.chance.random() < 0.5:
                return SendResult(accepted, end_reason="421 going down")
            message = message_from_bytes(letter.data, policy=policy.default)
            body = message.get_body(("plain",))
            assert body is not None
            numbers = re.findall(r"^Number (\d+)\s*$", body.get_content(), re.MULTILINE)
            self.got[letter.recipient] |= set(map(int, numbers))
            accepted += 1
            on_accepted(letter.recipient)
        return SendResult(accepted)


def paper(number: int, filed: date, came: date) -> Paper:
    at = came.isoformat()
    return Paper(
        id=f"arxiv:2511.{number:05}",
        title=f"Number {number}",
        announced=filed.isoformat(),
        authors=(Author("Ada Lovelace"),),
        claims=(Claim(source="feed", at=at),),
    )


def run(root: Path, kind: Period, now: datetime, again: date | None = None) -> tuple[str, str]:
    """Send what is due, or one period again; return what the run said, and its error."""
    mailing = Mailing(root, load_config(root), now, {})
    try:
        report = mailing.send(kind, again, again=bool(again))
    except MailError as error:
        return "", str(error)
    return "\n".join([*report.sentences, *report.problems]), ""


@pytest.mark.parametrize("kind", ["day", "week"])
@pytest.mark.parametrize("seed", [2, 3, 5, 6, 7])
def test_no_history_of_runs_forgets_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, kind: Period
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own dice
    server = MadeServer(chance)
    monkeypatch.setattr(send_due, "send_mails", server.send)
    (tmp_path / "archive.yml").write_text(
        "title: Ours\nurl: https://papers.example.org/\n"
        f"mail: {{from: p@example.org, host: localhost, to: [{', '.join(READERS)}], limit: 50}}\n"
    )
    filed: dict[int, date] = {}
    for offset in range(DAYS):
        today = FIRST_DAY + timedelta(offset)
        now = datetime(today.year, today.month, today.day, 13, 41, tzinfo=UTC)
        for _ in range(chance.randrange(3)):
            number = len(filed) + 1
            filed[number] = today - timedelta(chance.choice([0, 0, 0, 1, 2, 4]))
            record = paper(number, filed[number], today)
            Store(tmp_path / "archive").write([record])
        server.is_well = offset >= DAYS - 3
        if today.isoweekday() > 5 and not server.is_well:
            continue
        said, error = run(tmp_path, kind, now)
        while (again := re.search(r"--date (\S+) --again", said + error)) and (
            server.is_well or chance.random() < 0.5
        ):
            run(tmp_path, kind, now, date.fromisoformat(again[1]))
            said, error = run(tmp_path, kind, now)
    said, error = run(tmp_path, kind, now)
    assert not error
    late = {name: int(n) for n, name in re.findall(r"([\d,]+) of (2025-\w+(?:-\d\d)?)", said)}
    first_tried = min(last_steps(tmp_path / "archive"))  # what came before is no reader's
    missed: Counter[str] = Counter()
    for number, day in filed.items():
        name = period_name(kind, day)
        is_due = first_tried <= name < period_name(kind, today)
        if is_due and not all(number in got for got in server.got.values()):
            missed[name] += 1
    recent = set(recent_periods(missed, kind, today))
    assert {name: n for name, n in missed.items() if name in recent} == late, said
