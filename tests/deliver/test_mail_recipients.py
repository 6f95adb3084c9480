"""Whom a mail goes to."""

from __future__ import annotations

import pytest
from paper_digest.deliver.newsletter.message import list_recipients
from paper_digest.settings.services import Mail


@pytest.mark.parametrize("from_settings", [True, False])
def test_a_reader_who_is_written_twice_gets_one_mail(from_settings: bool) -> None:  # noqa: FBT001 - a case
    written = ("Ann <ann@example.net>", "bob@example.net", "ann@example.net", "ANN@Example.net")
    mail = Mail(sender="p@example.org", host="h", to=written if from_settings else ())
    listed = list_recipients(mail, {"DIGEST_MAIL_TO": ", ".join(written)})
    assert [to.as_written for to in listed] == list(written[:2])
