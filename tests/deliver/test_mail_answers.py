"""What a mail server answers is said in its words, and one that is slow is waited for."""

from __future__ import annotations

import re

import pytest
from paper_digest.deliver.mail import smtp
from paper_digest.deliver.mail.exchange import Letter
from paper_digest.deliver.mail.smtp import MailError, SendResult, send_mails
from paper_digest.settings.services import Mail
from scripted_smtp import scripted_server

LETTER = Letter("ann@example.net", b"Subject: x\r\n\r\nx\r\n")
LOGIN = {"EHLO": "250-here\n250 AUTH PLAIN"}


def send(port: int, user: str = "") -> SendResult:
    mail = Mail(sender="papers@example.org", host="localhost", port=port, user=user)
    return send_mails([LETTER], mail, "secret")


@pytest.mark.parametrize("code", [421, 451, 500, 554])
@pytest.mark.parametrize("command", ["CONNECT", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "."])
def test_an_answer_is_said_in_words_and_what_passes_is_tried_again(command: str, code: int) -> None:
    answers = {"STARTTLS": {"EHLO": "250-here\n250 STARTTLS"}, "AUTH": LOGIN}.get(command, {})
    with scripted_server({**answers, command: f"{code} so it is"}) as (port, _):
        if command in {"MAIL", "RCPT", "DATA", "."}:
            sent = send(port)
            (said,) = sent.refused or (sent.end_reason,)
            assert (code == 421) == bool(sent.end_reason)
            assert not sent.cut_reason
        else:
            with pytest.raises(MailError) as caught:
                send(port, "papers" if command == "AUTH" else "")
            said = str(caught.value)
    assert str(code) in said
    assert "(b'" not in said
    assert "', " not in said
    assert ("try again later" in said) == (code < 500)
    if command == "AUTH":
        assert ("password (5" in said) == (code >= 500)


def test_what_does_not_speak_smtp_is_said_without_a_number() -> None:
    with (
        scripted_server({"CONNECT": "HTTP/1.0 400 Bad Request"}) as (port, _),
        pytest.raises(MailError, match=r"the answer was “[^\"“-]*400 Bad Request”; check host"),
    ):
        send(port)


def test_a_log_in_by_ways_nobody_has_is_none() -> None:
    with (
        scripted_server({"EHLO": "250-here\n250 AUTH GSSAPI"}) as (port, _),
        pytest.raises(MailError, match="offers no login with a password; leave out user"),
    ):
        send(port, "papers")


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."])
def test_silence_is_no_cut(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.1)
    monkeypatch.setattr(smtp, "SENDING_SECONDS", 0.1)
    answers = LOGIN | {"AUTH": "235 in"}
    with scripted_server(answers, {command: 0.6}) as (port, _):
        try:
            sent = send(port, "papers")
            said = sent.cut_reason if command == "." else sent.end_reason
        except MailError as error:
            said = str(error)
    assert re.search(r"localhost:\d+ did not answer in time", said)


def test_a_server_that_looks_a_mail_over_for_long_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who gives up there does not know whether it arrived, and sends it again."""
    assert smtp.SENDING_SECONDS >= 600  # RFC 5321, 4.5.3.2.6
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.2)
    with scripted_server({}, {".": 0.6}) as (port, _):
        assert send(port) == SendResult(1)


def test_a_server_that_does_not_say_goodbye_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(smtp, "SENDING_SECONDS", 30)
    with scripted_server({}, {"QUIT": 1}) as (port, got):
        assert send(port) == SendResult(1)
    assert got[-1] == "QUIT"
