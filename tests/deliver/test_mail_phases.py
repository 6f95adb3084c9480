"""A connection that ends before a mail is out leaves no doubt: the next run sends it. After that nobody knows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from paper_digest.deliver.mail import smtp
from paper_digest.deliver.mail.log import last_steps
from paper_digest.deliver.mail.recipient_log import RecipientLog
from paper_digest.deliver.mail.send_due import Mailing
from paper_digest.deliver.mail.smtp import MailError
from paper_digest.model.paper import Author, Claim, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from scripted_smtp import PLAIN, scripted_server

READERS = ["ann@example.net", "bob@example.net", "eve@example.net"]
DAY = date(2025, 11, 20)
CUT, SILENT = "", "silent"
#: How a connection ends, and no mail goes out by it.
ENDS = (CUT, SILENT, "421 going down", "x" * 9000)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    paper = Paper(
        id="arxiv:2511.00001",
        title="Kites",
        announced=DAY.isoformat(),
        authors=(Author("Ada Lovelace"),),
        claims=(Claim(source="feed", at=DAY.isoformat()),),
    )
    Store(tmp_path / "archive").write([paper])
    return tmp_path


def mailing(archive: Path, port: int) -> Mailing:
    (archive / "archive.yml").write_text(
        "title: Ours\nurl: https://papers.example.org/\n"
        f"mail: {{from: p@example.org, host: localhost, port: {port}, to: [{', '.join(READERS)}]}}\n"
    )
    now = datetime(2025, 11, 21, 13, 17, tzinfo=UTC)
    return Mailing(archive, load_config(archive), now, {})


@pytest.mark.parametrize("mails_before", [0, 2])
@pytest.mark.parametrize("end", ENDS, ids=["cut", "silent", "421", "no answer"])
@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "."])
def test_what_certainly_did_not_arrive_is_sent_by_the_next_run(
    archive: Path, monkeypatch: pytest.MonkeyPatch, command: str, end: str, mails_before: int
) -> None:
    if end == SILENT:
        monkeypatch.setattr(smtp, "SENDING_SECONDS", 1)
    is_certain = command != "." or end.startswith("421")
    answers = {command: [PLAIN[command]] * mails_before + [end]}
    with scripted_server(answers, silent=SILENT) as (port, got):
        with pytest.raises(MailError, match=f"sent: {mails_before}") as caught:
            mailing(archive, port).send("day", None)
        assert got.count(".") == mails_before + (command == ".")
        step = last_steps(archive / "archive")["2025-11-20"]
        assert step.state == ("failed" if is_certain else "cut")
        assert step.accepted == mails_before
        assert ("--again" in str(caught.value)) != is_certain
        assert not any(reader in step.said for reader in READERS)
        reached = RecipientLog(archive / "archive", "2025-11-20")
        assert [*map(reached.has_reached, READERS)] == [n < mails_before for n in range(3)]
        before = got.count(".")
        if not is_certain:
            with pytest.raises(MailError, match="it is not known whether it arrived"):
                mailing(archive, port).send("day", None)
            assert got.count(".") == before
        mailing(archive, port).send("day", None, again=not is_certain)
        assert got.count(".") == before + 3 - mails_before
    assert last_steps(archive / "archive")["2025-11-20"].state == "sent"


@pytest.mark.parametrize("answer", ["251 passed on", "250-taken\n250 it is", "299 what is this"])
def test_a_mail_that_a_server_says_it_took_is_sent(archive: Path, answer: str) -> None:
    """In whatever number: it was called refused, and went out again."""
    with scripted_server({".": answer}) as (port, got):
        (said,) = mailing(archive, port).send("day", None).sentences
        assert said.startswith("The mail of 2025-11-20 went to 3 recipients")
    assert got.count(".") == 3


@pytest.mark.parametrize("answer", ["100 wait", "354 go on", "hello", "bob@example.net is here"])
def test_what_is_no_answer_to_a_mail_leaves_open_whether_it_arrived(
    archive: Path, answer: str
) -> None:
    with (
        scripted_server({".": ["250 taken", answer]}) as (port, _),
        pytest.raises(MailError, match="known to be sent: 1"),
    ):
        mailing(archive, port).send("day", None)
    step = last_steps(archive / "archive")["2025-11-20"]
    assert step.state == "cut"
    assert "bob@" not in step.said
