"""Sending the newsletter through a real SMTP server, once, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import msgspec
import pytest
from paper_digest.deliver.mail import log as mail_record
from paper_digest.deliver.mail.log import SendingStep
from paper_digest.deliver.mail.report import MailReport
from paper_digest.deliver.mail.send_due import Mailing
from paper_digest.deliver.mail.smtp import MailError
from paper_digest.model.errors import ConfigError, LockedError, RecordError
from paper_digest.model.paper import Author, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from reserved_port import reserved_port
from smtp_server import PASSWORD, USER, Server, hang_up, mail_server
from temporary_project import digest

DAY = date(2025, 11, 20)
NOW = datetime(2025, 11, 21, 13, 17, tzinfo=UTC)
SECRETS = {"DIGEST_SMTP_PASSWORD": PASSWORD}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive with three papers of a Thursday and one of the Wednesday."""
    put(tmp_path, *(paper(n, "2025-11-20") for n in (1, 2, 3)), paper(4, "2025-11-19"))
    return tmp_path


def paper(number: int, day: str) -> Paper:
    return Paper(
        id=f"arxiv:2511.{number:05}",
        title=f"Paper number {number}",
        announced=day,
        authors=(Author("Ada Lovelace"),),
        abstract=f"What paper {number} says.",
    )


def put(root: Path, *papers: Paper) -> None:
    Store(root / "archive").write(papers)


def settings(root: Path, at: int, **fields: object) -> None:
    """Write archive.yml for a server on this port."""
    mail = {
        "from": "Papers <papers@example.org>",
        "host": "localhost",
        "port": at,
        "to": "list@lists.example.org",
        "user": USER,
    } | fields
    config = {"title": "Our papers", "url": "https://papers.example.org/", "mail": mail}
    (root / "archive.yml").write_bytes(msgspec.json.encode(config))


def mailing(root: Path, server: Server | None = None, **environment: str) -> Mailing:
    trust = server.trust if server else None
    return Mailing(root, load_config(root), NOW, SECRETS | environment, trust)


def send(root: Path, server: Server | None = None, *, again: bool = False) -> MailReport:
    return mailing(root, server).send("day", DAY, again=again)


def states(root: Path) -> list[str]:
    """List the steps of the log, but for the single recipients."""
    steps = mail_record.read_steps(root / "archive")
    return [step.state for step in steps if step.state != "reached"]


def last(root: Path) -> SendingStep:
    return mail_record.last_steps(root / "archive")["2025-11-20"]


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_server_with_tls_and_an_account_gets_the_mail(archive: Path, tls: str) -> None:
    with mail_server(tls=tls) as server:
        settings(archive, server.port, tls=tls)
        told = send(archive, server)
    assert told.sentences == ["The mail of 2025-11-20 went to 1 recipient: " + subject()]
    assert told.problems == []
    (got,) = server.got
    assert got.covered
    assert got.known
    assert got.to == ["list@lists.example.org"]
    mail = message_from_bytes(got.data, policy=policy.default)
    assert mail["Subject"] == subject()
    assert mail["From"] == "Papers <papers@example.org>"
    assert states(archive) == ["begun", "sent"]
    assert last(archive).accepted == 1
    assert f"<{last(archive).message_id}>" == mail["Message-ID"]


def subject() -> str:
    return "20 November 2025: Paper number 1 and 2 more"


def test_what_arrives_is_what_write_writes(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        send(archive, server)
        mailing(archive).write_mail("day", DAY, archive / "out")
    written = (archive / "out" / "2025-11-20.eml").read_bytes()
    assert server.got[0].data == written
    assert b"\r\n" in written
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(map(len, written.split(b"\r\n"))) <= 998


def test_no_period_is_sent_twice(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        send(archive, server)
        told = send(archive, server)
        assert told.sentences == [
            "The mail of 2025-11-20 was sent at 2025-11-21T13:17:00+00:00; --again sends it to those it did not reach."
        ]
        assert len(server.got) == 1
        assert "reached all its recipients" in send(archive, server, again=True).sentences[0]
        mailing(archive, server).send("week", DAY)
    day, week = (message_from_bytes(got.data, policy=policy.default) for got in server.got)
    assert day["Message-ID"] != week["Message-ID"]
    assert states(archive) == ["begun", "sent"] * 3


def test_without_a_day_all_that_is_due_is_sent_and_then_nothing(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        mailing(archive, server).send("day", date(2025, 11, 19))
        put(archive, paper(5, "2025-11-21"), paper(6, "2025-11-18"))
        later = datetime(2025, 11, 24, 13, 17, tzinfo=UTC)
        monday = Mailing(archive, load_config(archive), later, SECRETS, server.trust)
        assert len(monday.send("day", None).sentences) == 2
        said = monday.send("day", None).sentences
    assert said == [
        "There are no papers of a day that is over and not yet mailed, so no mail is sent."
    ]
    assert list(mail_record.last_steps(archive / "archive")) == [
        "2025-11-19",
        "2025-11-20",
        "2025-11-21",
    ]


def test_a_period_without_papers_sends_nothing_and_leaves_no_record(archive: Path) -> None:
    settings(archive, 1)
    told = mailing(archive).send("day", date(2025, 11, 16))
    assert told == MailReport(["There are no papers of 2025-11-16, so no mail is sent."], [])
    assert states(archive) == []


def test_each_recipient_gets_a_mail_alone(archive: Path) -> None:
    readers = ("Ann <ann@example.net>", "bob@example.net")
    with mail_server() as server:
        leave = "https://lists.example.org/leave?who={email}"
        settings(archive, server.port, to=readers, unsubscribe=leave)
        send(archive, server)
    assert [got.to for got in server.got] == [["ann@example.net"], ["bob@example.net"]]
    assert b"bob" not in server.got[0].data
    assert b"ann@" not in server.got[1].data
    assert b"who=bob%40example.net" in server.got[1].data
    assert last(archive).accepted == 2


def test_recipients_and_password_come_from_the_environment(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port, to=[])
        hidden = mailing(archive, server, DIGEST_MAIL_TO="ann@example.net,\n bob@example.net\n")
        hidden.send("day", DAY)
    assert [got.to for got in server.got] == [["ann@example.net"], ["bob@example.net"]]
    assert b"example.net" not in (archive / "archive" / mail_record.LOG_FILE).read_bytes()
    with pytest.raises(ConfigError, match=r"names no recipient.*DIGEST_MAIL_TO"):
        mailing(archive).send("week", DAY)
    with pytest.raises(ConfigError, match="entry 2 is no address") as caught:
        mailing(archive, DIGEST_MAIL_TO="ann@example.net, bob").send("week", DAY)
    assert "ann@" not in str(caught.value)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("wrong", r"refuses the account or its password \(535\); .*DIGEST_SMTP_PASSWORD"),
        ("", "needs the password of papers; set DIGEST_SMTP_PASSWORD"),
        ("pässword", "ASCII"),
    ],
)
def test_a_wrong_password_sends_nothing_and_can_be_mended(
    archive: Path, password: str, said: str
) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        with pytest.raises(MailError, match=said):
            mailing(archive, server, DIGEST_SMTP_PASSWORD=password).send("day", DAY)
        assert states(archive) == ["begun", "failed"]
        assert last(archive).said
        send(archive, server)
    assert len(server.got) == 1
    assert states(archive)[2:] == ["begun", "sent"]


def test_without_tls_no_password_leaves_this_machine(archive: Path) -> None:
    # 127.0.0.2 is as far away as a test can go: it is not one of the names of this machine.
    with mail_server(tls="none", host="127.0.0.2") as server:
        settings(archive, server.port, host="127.0.0.2")
        with pytest.raises(MailError, match=r"offers no TLS \(STARTTLS\).*; use port 465"):
            send(archive, server)
    assert server.got == []
    assert last(archive).state == "failed"


def test_to_this_machine_a_test_may_speak_without_tls(archive: Path) -> None:
    with mail_server(tls="none") as server:
        settings(archive, server.port, user="")
        send(archive)
    assert not server.got[0].covered


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_of_another_name_is_refused(archive: Path, tls: str) -> None:
    with mail_server(tls=tls, name="elsewhere.example.org") as server:
        settings(archive, server.port, tls=tls)
        with pytest.raises(MailError, match="certificate that is not valid: Hostname mismatch"):
            send(archive, server)
    assert server.got == []
    assert last(archive).state == "failed"


def test_a_certificate_nobody_vouches_for_is_refused(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        with pytest.raises(MailError, match="certificate that is not valid"):
            send(archive)
    assert server.got == []


def test_tls_from_the_start_where_the_server_has_none_is_told(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port, tls="implicit")
        with pytest.raises(
            MailError, match=r"does not speak TLS as asked.*587 \(STARTTLS\) or 465"
        ):
            send(archive, server)


def test_a_server_that_is_not_there_is_told(archive: Path) -> None:
    with reserved_port() as port:
        settings(archive, port, host="127.0.0.1")
        with pytest.raises(
            MailError, match=r"cannot be reached: connection refused by .*:\d+; check host and port"
        ):
            send(archive)
    assert states(archive) == ["begun", "failed"]


def test_a_server_without_log_in_is_told(archive: Path) -> None:
    with mail_server(tls="none") as server:
        settings(archive, server.port)
        with pytest.raises(MailError, match="offers no login with a password; leave out user"):
            send(archive)


def test_a_refused_recipient_is_told_without_the_address(archive: Path) -> None:
    with mail_server() as server:
        server.refused["ann@example.net"] = "550 no mailbox ann@example.net here"
        settings(archive, server.port, to=["ann@example.net", "bob@example.net"])
        told = send(archive, server)
        said = "a…@example.net was refused: 550 no mailbox a…@example.net here"
        again = "digest email --period day --date 2025-11-20 --again"
        assert told.problems == [f"{said}; once that is mended, run {again}"]
        assert (last(archive).accepted, last(archive).refused) == (1, 1)
        assert last(archive).state == "sent"
        assert "ann@" not in last(archive).said
        send(archive, server)
        assert [got.to for got in server.got] == [["bob@example.net"]]
        server.refused.clear()
        send(archive, server, again=True)
    assert [got.to for got in server.got] == [["bob@example.net"], ["ann@example.net"]]


def test_if_all_recipients_are_refused_the_next_run_may_try(archive: Path) -> None:
    with mail_server() as server:
        server.refused["list@lists.example.org"] = "451 greylisted"
        settings(archive, server.port)
        with pytest.raises(MailError, match=r"l…@lists.example.org was refused: 451.*later"):
            send(archive, server)
        assert last(archive).state == "failed"
        server.refused.clear()
        send(archive, server)
    assert len(server.got) == 1


def test_a_connection_cut_in_the_middle_asks_the_operator(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port, to=["ann@example.net", "bob@example.net"])
        server.on_data = lambda session: hang_up(session) if server.got else None
        with pytest.raises(MailError, match=r"connection was cut.*known to be sent: 1; .*--again"):
            send(archive, server)
        assert last(archive).state == "cut"
        assert last(archive).accepted == 1
        before = len(server.got)
        with pytest.raises(
            MailError, match=r"was begun at .*it is not known.*--date 2025-11-20 --again"
        ):
            send(archive, server)
        with pytest.raises(MailError, match="it is not known"):
            mailing(archive, server).send("day", None)
        assert len(server.got) == before
        server.on_data = lambda _: None
        send(archive, server, again=True)
    assert [got.to for got in server.got[before:]] == [["bob@example.net"]]
    assert last(archive).state == "sent"


@pytest.mark.parametrize("count", range(4))
def test_again_reaches_only_those_left(archive: Path, count: int) -> None:
    """The connection is cut after ``count`` mails, and one recipient is refused."""
    names = ["Ann@example.net", "bob@example.net", "cid@example.net", "dot@example.net"]
    with mail_server() as server:
        settings(archive, server.port, to=[*names, "eve@example.net"])
        server.refused["eve@example.net"] = "451 greylisted"
        server.on_data = lambda session: hang_up(session) if len(server.got) >= count else None
        with pytest.raises(MailError, match="--again"):
            send(archive, server)
        server.on_data = lambda _: None
        send(archive, server, again=True)
        server.refused.clear()
        send(archive, server, again=True)
        told = send(archive, server, again=True)
    assert told.sentences == [
        "The mail of 2025-11-20 has reached all its recipients, so none is sent."
    ]
    got = [recipient for mail in server.got for recipient in mail.to]
    assert got[count] == got[count + 1]  # of the mail that was cut nobody knows
    assert got[:count] + got[count + 1 :] == [*names, "eve@example.net"]


def test_the_log_names_nobody_and_hashes_each_period_anew(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port, to=["ann@example.net", "bob@example.net"])
        send(archive, server)
        mailing(archive, server).send("week", DAY)
    reached = [s for s in mail_record.read_steps(archive / "archive") if s.state == "reached"]
    assert len({step.recipient for step in reached}) == 4
    assert len({step.salt for step in reached}) == 2
    log = (archive / "archive" / "mail.jsonl").read_text("utf-8")
    assert "ann" not in log
    assert "example.net" not in log


def test_a_mail_nobody_decided_about_holds_up_no_other(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        undecided = SendingStep("2025-11-19", "begun", "2025-11-20T13:17:00+00:00")
        mail_record.append_step(archive / "archive", undecided)
        told = mailing(archive, server).send("day", None)
    assert len(told.sentences) == 1
    assert "2025-11-20 went to 1" in told.sentences[0]
    assert "the mail of 2025-11-19: was begun" in told.problems[0]


def test_a_run_killed_while_it_sends_is_told_by_the_next(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "from paper_digest.cli.main import main; main()", "email"]
    command += ["--date", "2025-11-20", "--root", str(archive)]
    with mail_server() as server:
        settings(archive, server.port)
        server.authority.cert_pem.write_to_path(str(archive / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(archive / "authority.pem"))
        monkeypatch.setenv("DIGEST_SMTP_PASSWORD", PASSWORD)
        run = subprocess.Popen(command)
        server.on_data = lambda _: os.kill(run.pid, signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL
        assert states(archive) == ["begun"]
        server.on_data = lambda _: None
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.returncode == 2
        assert "it is not known whether it arrived" in told.stderr
        again = subprocess.run([*command, "--again"], capture_output=True, text=True, check=False)
        assert again.returncode == 0, again.stderr
        assert again.stdout.startswith("The mail of 2025-11-20 went to 1 recipient")
    assert states(archive) == ["begun", "begun", "sent"]


def test_a_claim_is_sent_once(archive: Path) -> None:
    with mail_server() as server:
        settings(archive, server.port)
        mailing(archive, server).claim("day", DAY)
        assert server.got == []
        with pytest.raises(MailError, match="it is not known"):
            mailing(archive, server).claim("day", DAY)
        mailing(archive, server).send_claimed()
        with pytest.raises(MailError, match="has no open claim"):
            mailing(archive, server).send_claimed()
        mailing(archive, server).claim("day", DAY, again=True)
        assert "has reached all" in mailing(archive, server).send_claimed().sentences[0]
    assert len(server.got) == 1
    assert states(archive) == ["begun", "sent"] * 2


def test_a_claim_that_could_not_be_sent_is_void(archive: Path) -> None:
    settings(archive, 1)
    mailing(archive).claim("day", DAY)
    with pytest.raises(MailError, match="cannot be reached"):
        mailing(archive).send_claimed()
    assert states(archive) == ["begun", "failed"]


def test_a_claim_whose_papers_were_hidden_since_is_void_and_they_are_mailed_when_they_are_back(
    archive: Path,
) -> None:
    """It stayed begun for ever, with exit code 0 and no word; what was shown again was "not known whether sent"."""
    override = archive / "archive" / "overrides" / "all.yml"
    override.parent.mkdir(exist_ok=True)
    with mail_server() as server:
        settings(archive, server.port)
        mailing(archive, server).claim("day", DAY)
        hiding = (
            f"- {{id: '{paper.id}', hide: true}}\n"
            for paper in Store(archive / "archive").read_all()
        )
        override.write_text("".join(hiding), "utf-8")
        [said] = mailing(archive, server).send_claimed().sentences
        assert said == "The mail of 2025-11-20 has no papers any more, so none is sent."
        with pytest.raises(MailError, match="has no open claim"):
            mailing(archive, server).send_claimed()
        assert server.got == []
        override.unlink()
        mailing(archive, server).claim("day", DAY)
        mailing(archive, server).send_claimed()
    assert len(server.got) == 1
    assert states(archive) == ["begun", "failed", "begun", "sent"]


def test_two_runs_at_once_send_once(archive: Path) -> None:
    settings(archive, 1)
    with Store(archive / "archive").lock(), pytest.raises(LockedError):
        send(archive)


def test_a_record_broken_by_hand_stops_sending(archive: Path) -> None:
    settings(archive, 1)
    (archive / "archive" / mail_record.LOG_FILE).write_text('{"period":"2025-11-20","st', "utf-8")
    with pytest.raises(RecordError, match=r"mail.jsonl:1: is no record of a mail"):
        send(archive)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from": "papers"}, r"archive.yml:1: mail.from is no address"),
        ({"from": "a@b.org, c@d.org"}, "mail.from is no address"),
        ({"from": "P <a@b.org>\nBcc: x@y.org"}, "mail.from is no address"),
        ({"from": "=?utf-8?q?x=0Ay?= <a@b.org>"}, "mail.from is no address"),
        ({"to": ["ann@example.net", "bob"]}, "mail.to is no address: 'bob'"),
        ({"to": "ann@bücher.example"}, "mail.to is no address"),
        ({"host": "smtp example"}, "mail.host is no host"),
        ({"port": 0}, "mail.port is no port"),
        ({"limit": 51}, "mail.limit is not between 1 and 50"),
        ({"unsubscribe": "leave"}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "mailto:a@b.org,c@d.org"}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "https://b.org/\r\nBcc: x@y.org"}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "http://"}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "https://{email}"}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "https://."}, "mail.unsubscribe is no address"),
        ({"unsubscribe": "https://b.org:99999/"}, "mail.unsubscribe is no address"),
        (
            {"unsubscribe": "https://b.org/" + "x" * 900 + "?to={email}"},
            "mail.unsubscribe is too long",
        ),
        ({"period": "month"}, "cannot be 'month'"),
        ({"password": "x"}, "has an unknown key password"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, fields: dict[str, object], said: str) -> None:
    settings(tmp_path, 587, **fields)
    with pytest.raises(ConfigError, match=said):
        load_config(tmp_path)


def test_the_port_says_how_tls_begins(tmp_path: Path) -> None:
    for port, tls, implicit in (
        (587, "auto", False),
        (465, "auto", True),
        (2465, "implicit", True),
    ):
        settings(tmp_path, port, tls=tls)
        mail = load_config(tmp_path).mail
        assert mail
        assert mail.implicit_tls is implicit


def test_the_command_line(archive: Path) -> None:
    (archive / "archive.yml").write_text("title: Our papers\n", "utf-8")
    off = digest(archive, "email")
    assert off.returncode == 2
    assert "archive.yml: has no mail:; write mail:" in off.stderr
    assert digest(archive, "email", "--claim").returncode == 0
    settings(archive, 1)
    out = archive / "out"
    for words, stem in (((), "2025-11-20"), (("--period", "week"), "2025-W47")):
        made = digest(archive, "email", "--date", "2025-11-20", *words, "--write", str(out))
        assert made.returncode == 0, made.stderr
        mail = message_from_bytes((out / f"{stem}.eml").read_bytes(), policy=policy.default)
        assert mail["To"] == "list@lists.example.org"
    assert states(archive) == []
    assert digest(archive, "email", "--again").returncode == 2
    both = digest(archive, "email", "--claim", "--write", str(out))
    assert "exclude one another" in both.stderr
    failed = digest(archive, "email", "--date", "2025-11-20")
    assert failed.returncode == 2
    assert failed.stderr.startswith("error: localhost:1: ")
    assert "Traceback" not in failed.stderr
